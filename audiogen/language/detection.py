"""The language of a text: by its script, by its commonest words where they leave no doubt, else by n-grams.

The words take a tenth of a millisecond; the classifier of n-grams (py3langid) takes a second to load, and is asked
only where script and words leave doubt. `docs/languages.md` has what was measured.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audiogen.language.scripts import LANGUAGES, script_of, written_in

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = Path(__file__).with_name("words.toml")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?(?:[-_.,;\s]|$)")
#: Letters that text in Japanese, Chinese and Korean cannot do without.
_COMMON_LETTERS = re.compile("[のにはをたがでとしれさ的一是不了在人有我他這这中大来來上国國이다는을에의가를]")
#: How much of a text is looked at to choose among encodings, in characters.
_REACH = 60_000
#: How much of it tells its language.
_LOOKED_AT = 20_000
#: In so many pieces.
_PIECES = 5
#: How much of it the classifier reads: what it says changes no more behind that.
_READ = 4_000
#: Share of a text's words that are among its language's commonest, from which on they are believed: 0.2 to 0.4 is
#: usual. Over a language that is not on the list none was seen clear of its second (docs/languages.md).
_CLEAR = 0.18
#: How far the second language must lie behind, as a share of the first, and the fewest words that can tell.
_BEHIND = 0.7
_FEW = 30
#: Words that tell nothing, where their script does not: names and labels.
_NOTHING = 3
#: Least probability by which the classifier is believed, and by which it is believed against a page's declaration.
SURE = 0.8
VERY_SURE = 0.97
#: Languages that the classifier may name. Those it was taught from little text (creoles, dialects, the dead) take
#: words of lists and names for their own.
_KNOWN = [
    "af", "am", "ar", "as", "az", "ba", "be", "bg", "bn", "br", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo",
    "es", "et", "eu", "fa", "fi", "fo", "fr", "fy", "ga", "gd", "gl", "gu", "ha", "he", "hi", "hr", "ht", "hu", "hy",
    "id", "ig", "is", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ku", "ky", "la", "lb", "lo", "lt", "lv", "mg",
    "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no", "oc", "om", "or", "pa", "pl", "ps", "pt", "qu",
    "ro", "ru", "rw", "si", "sk", "sl", "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl",
    "tr", "tt", "ug", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zu",
]  # fmt: skip
#: What the classifier calls otherwise than BCP 47's readers do.
_TAGS = {"no": "nb"}
#: Tags of one language, or of languages so near that only a declaration can tell them apart.
_ALIKE = tuple(
    map(frozenset, ({"nb", "nn", "no"}, {"hr", "bs", "sr", "sh"}, {"id", "ms"}, {"zh", "cmn", "yue"}, {"tl", "fil"}))
)


class Guess(NamedTuple):
    """What a text seems to be in: a BCP 47 tag, and how likely it is, 0 to 1."""

    language: str = ""
    probability: float = 0.0


def detect(text: str) -> str:
    """Name the language of *text* as a BCP 47 tag; "" if nothing tells.

    >>> detect("The harbour was frozen and the ferries did not leave for a week.")
    'en'
    >>> detect("Порт замерз, і пороми не виходили в море цілий тиждень.")
    'uk'
    """
    guess = guess_language(text)
    return guess.language if guess.probability >= SURE else ""


def choose_language(declared: str, text: str) -> str:
    """Choose the language of a page: the language detected in its text if that is certain, else the declared one.

    A site's template often declares another language than the article's. A declared tag that agrees keeps its region
    ("pt-BR"); one whose script is not that of the text is ignored.

    >>> choose_language("en", "Hamnen var frusen och färjan gick inte på en vecka, men nu är alla glada igen.")
    'sv'
    >>> choose_language("pt-BR", "O porto estava gelado e os barcos não saíram durante uma semana.")
    'pt-BR'
    """
    guess = guess_language(text)
    if not declared:
        return guess.language if guess.probability >= SURE else ""
    if guess.probability >= VERY_SURE and not same_language(declared, guess.language):
        return guess.language
    script = script_of(_sample(text, _LOOKED_AT))
    if script and script not in written_in(declared):
        return guess.language if guess.probability >= SURE else ""
    return declared


def tag_of(declared: str) -> str:
    """Read the first tag of what a page declares; "" if it is none.

    >>> tag_of("pt_BR"), tag_of("EN"), tag_of("de-DE, en"), tag_of("English")
    ('pt-BR', 'en', 'de-DE', '')
    """
    found = _TAG.match(declared)
    if not found:
        return ""
    language, region = found.groups()
    return language.lower() + (f"-{region.upper()}" if region else "")


def same_language(one: str, other: str) -> bool:
    """Return whether two tags name one language, whatever their regions.

    >>> same_language("no", "nb"), same_language("pt-BR", "pt"), same_language("pt", "es")
    (True, True, False)
    """
    first, second = (tag.split("-")[0].lower() for tag in (one, other))
    return first == second or any({first, second} <= group for group in _ALIKE)


def guess_language(text: str) -> Guess:
    """Guess the language of *text*, as likely as it is."""
    text = _sample(text, _LOOKED_AT)
    script = script_of(text)
    if script in LANGUAGES:
        return Guess(LANGUAGES[script], 1.0)
    words = [word.casefold() for word in _WORD.findall(text)]
    if not script or len(words) < _NOTHING:
        return Guess()
    return _clear(words) or classify(text)


def _clear(words: list[str]) -> Guess | None:
    """Take the language whose commonest words are a good share of all, none other's nearly as many."""
    if len(words) < _FEW:
        return None
    (best, most), (_, second) = word_counts(words).most_common(2)
    clear = most >= _CLEAR * len(words) and second <= _BEHIND * most
    return Guess(best, 1.0) if clear else None


def word_counts(words: list[str]) -> Counter[str]:
    """Count by language how many of the *words*, in small letters, are among its commonest."""
    seen = Counter(words)
    return Counter({tag: sum(map(seen.__getitem__, common & seen.keys())) for tag, common in common_words().items()})


def classify(text: str) -> Guess:
    """Ask the classifier; what stands in capitals is read in small letters, for its n-grams are of prose."""
    sample = _sample(text, _READ)
    found, probability = _classifier()(sample.lower() if sample.isupper() else sample)
    return Guess(_TAGS.get(found, found), probability)


def _sample(text: str, most: int) -> str:
    """Take at most so many characters, in pieces from all over the text: pages begin and end with what is no prose."""
    if len(text) <= most:
        return text
    size, step = most // _PIECES, len(text) // _PIECES
    return " ".join(text[start : start + size] for start in range(0, step * _PIECES, step))


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    """Load py3langid; return a function that guesses the language of a text and its probability."""
    # 0.9 seconds of one core and 120 MB, once in a process.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN)

    @lru_cache(maxsize=1024)
    def of(text: str) -> tuple[str, float]:
        best, *others = identifier.rank(text)[:5]
        return str(best[0]), float(best[1] + sum(odds for tag, odds in others if same_language(tag, best[0])))

    return of


def likeness(text: str) -> float:
    """Measure how much *text* is like any language at all, to choose among encodings.

    Han letters count by the commonest of them, for any bytes can be read as some Han letters.
    """
    text = text[:_REACH]
    counts = Counter(word.casefold() for word in _WORD.findall(text))
    scores = (_score(counts, words) for words in common_words().values())
    return max(*scores, float(len(_COMMON_LETTERS.findall(text))))


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Load the commonest words by language."""
    return {tag: frozenset(words.split()) for tag, words in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}


def _score(counts: Counter[str], words: frozenset[str]) -> float:
    """Add up a language's words in the text; many different ones tell more than one that comes often."""
    return sum(math.pow(min(counts[word], 50), 0.75) for word in words & counts.keys())
