"""The disclosure that the voice is synthetic: the sentence, and its machine-readable kind."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from audiogen.model import Synthesis

#: IPTC NewsCodes, digital source type: http://cv.iptc.org/newscodes/digitalsourcetype/
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"

#: Source type of a text by people, by the kind of voice. Rules alone are "purely by an algorithm not based on any
#: sampled training data"; recordings joined by an algorithm are a composite of captured elements.
_SOURCE_TYPES = {
    Synthesis.RULES: "algorithmicMedia",
    Synthesis.RECORDINGS: "compositeSynthetic",
    Synthesis.TRAINED: "trainedAlgorithmicMedia",
}


def disclosure(language: str, custom: str = "") -> str:
    """Return the disclosure: *custom*, or audiogen's own sentence in *language*, or else that in English.

    >>> disclosure("en-GB")
    'This audio is created with AI assistance.'
    """
    if custom:
        return custom
    known = sentences()
    return known.get(language.partition("-")[0].lower(), known["en"])


def sentence_language(sentence: str, language: str) -> str:
    """Return the language of a disclosure's *sentence*: English if it is the default for another *language*.

    >>> [sentence_language(disclosure(tag), tag) for tag in ("ar", "de", "en-GB")], sentence_language("…", "ar")
    (['en', 'de', 'en-GB'], 'ar')
    """
    stands_in = sentence == sentences()["en"] and language.partition("-")[0].lower() != "en"
    return "en" if stands_in else language


def source_type(kinds: set[Synthesis]) -> str:
    """Return the IPTC digital source type of audio by voices of these *kinds*, as a full address.

    Audio by a trained voice and others is a composite with trained parts.

    >>> source_type({Synthesis.TRAINED}).rpartition("/")[2]
    'trainedAlgorithmicMedia'
    """
    if Synthesis.TRAINED in kinds and len(kinds) > 1:
        return f"{_IPTC}compositeWithTrainedAlgorithmicMedia"
    return _IPTC + _SOURCE_TYPES[max(kinds, key=list(Synthesis).index)]


@cache
def sentences() -> dict[str, str]:
    """Return audiogen's own sentences by language, from `disclosures.toml`."""
    text = resources.files("audiogen").joinpath("disclosures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
