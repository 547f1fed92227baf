"""The disclosure that the voice is synthetic: the sentence, and its machine-readable kind."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from audiogen.model import Synthesis

#: IPTC NewsCodes, digital source type: http://cv.iptc.org/newscodes/digitalsourcetype/
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"

#: What a voice of each kind makes of a text that people wrote. Rules alone are "purely by an algorithm not based on any
#: sampled training data"; recordings joined by an algorithm are a composite of captured elements.
_SOURCE_TYPES = {
    Synthesis.RULES: "algorithmicMedia",
    Synthesis.RECORDINGS: "compositeSynthetic",
    Synthesis.TRAINED: "trainedAlgorithmicMedia",
}


def disclosure(language: str, custom: str = "") -> str:
    """Return the sentence in *language*: the show's *custom* one if there is one; English if ours lacks the language.

    >>> disclosure("en-GB")
    'This audio is created with AI assistance.'
    """
    if custom:
        return custom
    known = sentences()
    return known.get(language.partition("-")[0].lower(), known["en"])


def sentence_language(sentence: str, language: str) -> str:
    """Return the language of a disclosure's *sentence*: English if ours stands in for a *language* that lacks one.

    >>> [sentence_language(disclosure(tag), tag) for tag in ("ar", "de", "en-GB")], sentence_language("…", "ar")
    (['en', 'de', 'en-GB'], 'ar')
    """
    stands_in = sentence == sentences()["en"] and language.partition("-")[0].lower() != "en"
    return "en" if stands_in else language


def source_type(kinds: set[Synthesis]) -> str:
    """Return the IPTC digital source type of audio made by voices of these *kinds*, as a full address.

    Where a trained voice speaks beside others, the whole is a composite with trained parts.

    >>> source_type({Synthesis.TRAINED}).rpartition("/")[2]
    'trainedAlgorithmicMedia'
    """
    if Synthesis.TRAINED in kinds and len(kinds) > 1:
        return f"{_IPTC}compositeWithTrainedAlgorithmicMedia"
    return _IPTC + _SOURCE_TYPES[max(kinds, key=list(Synthesis).index)]


@cache
def sentences() -> dict[str, str]:
    """Return our sentence by language, for shows without one of their own."""
    text = resources.files("audiogen").joinpath("disclosures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
