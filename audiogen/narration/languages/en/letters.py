"""Rules for initialisms and acronyms: which are spelled, which are words, and which are capitals for emphasis."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.numbers import digits
from audiogen.narration.languages.en.parts import STARTERS, stop_after, word_after
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import WORD, Rule

_DATA = load_table(__file__, "initialisms.toml")
ACRONYMS = words(_DATA["said"])
SPELLED = words(_DATA["spelled"])
OTHER = pairs(_DATA["other"]["lines"])
#: English words that are not acronyms, even in capitals.
PLAIN = words(_DATA["plain"]["words"])

#: Pairs of consonants that a word may begin with.
_ONSETS = words("BL BR CH CL CR DR DW FL FR GL GN GR KN KR PH PL PR QU RH SC SH SK SL SM SN SP SQ ST SW TH TR TW WH WR")
#: Pairs of consonants that a word may end with.
_CODAS = words(
    "CH CK CT FF FT LD LF LK LL LM LP LS LT MP MS ND NG NK NS NT NTH PS PT RB RC RD RF RG RK RL RM RN RP "
    "RS RT RTH SH SK SM SP SS ST "
    "TCH TH TS TZ WN WS X"
)


def spell(letters: str) -> str:
    """Return the letters with spaces between them, so that engines spell them.

    >>> spell("FBI")
    'F B I'
    """
    return " ".join(letters)


def pronounceable(letters: str) -> bool:
    """Return whether an unlisted acronym of four letters or more reads like an English word.

    >>> [pronounceable(name) for name in ("UNIDO", "HMAS", "GLONASS", "SPDM", "USPTO", "UNWTO")]
    [True, False, True, False, False, False]
    """
    onset, *inner, coda = re.split("[AEIOUY]+", letters) if re.search("[AEIOUY]", letters) else [letters, letters]
    if len(letters) < 4 or (len(onset) > 1 and onset not in _ONSETS) or (len(coda) > 1 and coda not in _CODAS):
        return False
    if (
        len(letters) == 4
        and letters[0] in "AEIOUY"
        and letters[-1] in "AEIOUY"
        and any(len(part) > 1 for part in inner)
    ):
        return False
    if len(letters) < _MIN_NAME_LENGTH and (_OFFICE.match(letters) or not all(map(_divides, inner))):
        return False
    return len(letters) >= _MIN_WORD_LENGTH or (
        all(len(part) < 4 for part in inner) and not re.search("[AEIOUY]{3}|Q(?!U)|[VJHWY]$", letters)
    )


def _divides(cluster: str) -> bool:
    """Return whether three consonants can be split into the end and the beginning of syllables.

    So can "NDR", but not "NWT". Clusters of other lengths always can.
    """
    return len(cluster) != 3 or any(
        (cut < 2 or cluster[:cut] in _CODAS) and (3 - cut < 2 or cluster[cut:] in _ONSETS) for cut in (1, 2)
    )


#: Offices of the United States: "USPTO", "USCIS".
_OFFICE = late("US[B-DF-HJ-NP-TV-Z]")


def say_initialism(letters: str) -> str:
    """Return a word in capitals as it is spoken: from the table `OTHER`, as a word, or spelled."""
    if letters in OTHER:
        return OTHER[letters]
    if letters in ACRONYMS:
        return letters
    if letters in PLAIN:
        return letters.capitalize()
    if letters in SPELLED or not pronounceable(letters):
        return spell(letters)
    return letters if len(letters) < _MIN_WORD_LENGTH else letters.capitalize()


#: Minimum length of unlisted words in capitals that are read as words: most are names or emphasis ("LONDON").
_MIN_WORD_LENGTH = 5
#: Minimum length at which any cluster of consonants is accepted in them ("WASHINGTON").
_MIN_NAME_LENGTH = 7


def say_mixed(text: str) -> str:
    """Return a run of letters or digits of an address or code in words.

    Digits are said one by one, unpronounceable letters are spelled.

    >>> say_mixed("abc"), say_mixed("sm"), say_mixed("103"), say_mixed("nvidia"), say_mixed("BBC")
    ('abc', 'S M', 'one zero three', 'nvidia', 'B B C')
    """
    if not text.isalpha():
        parts = re.findall(r"\d+|[A-Za-z]+", text)
        return " ".join(digits(part) if part.isdecimal() else say_mixed(part) for part in parts) or text
    if text.isupper():
        return say_initialism(text)
    vowel = re.search("[aeiouyAEIOUY]", text)
    if (
        ((len(text) <= 2 and text.lower() not in _SHORT_WORDS) or not vowel)
        and len(text) > 1
        and text.upper() not in ACRONYMS
    ):
        return spell(text.upper())
    return text


_SHORT_WORDS = words("an as at be by do go he if in is it me my no of on or so to up us we")


def _initialism(match: re.Match[str]) -> str | None:
    """Return an initialism with its plural or possessive ending as it is spoken."""
    letters, ending = match["letters"], match["ending"] or ""
    spoken = say_initialism(letters)
    # "S U Vs" would be read as "S U vee-ess": an apostrophe makes the letter and its ending one.
    if ending in ("s", "s'") and " " in spoken and len(spoken.rpartition(" ")[2]) == 1:
        ending = "'s"
    return spoken + ending


def _dotted(match: re.Match[str]) -> str:
    """Return initials with points, such as "U.S.A.", spelled."""
    letters = match["letters"].replace(".", "").replace(" ", "").upper()
    ending = "'s" if match["ending"] else stop_after(match)
    return spell(letters) + ending


def _joined(match: re.Match[str]) -> str:
    """Return "R&D" and similar pairs as "R and D"."""
    first, last = match["first"], match["last"]
    return f"{spell(first)} and {spell(last)}{match['ending'] or ''}"


def _initial(match: re.Match[str]) -> str | None:
    """Return the letter of a person's initial without its full stop.

    None if no name, title or initial comes before it.
    """
    if word_after(match) in STARTERS:
        return None
    return match["letter"] if search_before(match, _NAME_BEFORE) else None


def _other(match: re.Match[str]) -> str | None:
    """Return the spoken form of a word in the table `OTHER`; None for another word."""
    spoken = OTHER.get(match[0])
    return spoken if spoken is not None else None


#: The text before a person's initial: its start, a name, a title or another initial.
_NAME_BEFORE = late(
    r"(?:\A|[A-Z][\w'-]*\.?\s|[.?!,;:(\[\"']\s?|\s(?:and|by|to|of|with|from|for|that|de|von|van)\s)[\"'(]*\Z"
)

RULES = (
    Rule("other", {form.lower() for form in OTHER}, r"[A-Za-z]+(?!\w)", _other),
    Rule(
        "letters and letters",
        [WORD],
        r"(?P<first>[A-Z]{1,3})\s?&\s?(?P<last>[A-Z]{1,2})(?P<ending>'s)?(?!\w)",
        _joined,
        "& _o",
    ),
    Rule(
        "dotted letters",
        [WORD],
        r"(?P<letters>(?:[A-Z]\.[ ]?){2,3}(?<=\.)(?=[ ][A-Z][a-z])|(?:[A-Z]\.[ ]){1,4}[A-Z]\.(?![\w.])"
        r"|(?:[A-Za-z]\.){2,}[A-Z]?(?!\w)|(?:[A-Z]\.){2,}(?=s\b))(?P<ending>'?s(?!\w))?",
        _dotted,
        ". end",
    ),
    Rule(
        "doctorate",
        ["ph"],
        r"Ph\.\s?D\.?(?P<ending>'?s)?(?!\w)",
        lambda m: "P H D" + ("'s" if m["ending"] else stop_after(m)),
    ),
    Rule("initial", [WORD], r"(?P<letter>[A-Z])\.(?=\s[A-Z])", _initial, "end"),
    Rule("initialism", [WORD], r"(?P<letters>[A-Z]{2,})(?P<ending>'s|s'|s)?(?![^\W_])", _initialism),
    Rule(
        "mixed case",
        [WORD],
        r"(?:[a-z]{1,3}|[A-Z][a-z]+)?(?P<letters>[A-Z]{2,})(?P<ending>'?s)?(?!\w)",
        lambda m: _mixed(m),
    ),
)


def _mixed(match: re.Match[str]) -> str | None:
    """Return "ChatGPT" or "mRNA" with its capitals spelled; None if the word can be read as it is, like "BioNTech"."""
    letters = match["letters"]
    front = match[0][: match.start("letters") - match.start()]
    if not front or pronounceable(letters) or letters in ACRONYMS:
        return None
    return f"{front if len(front) > 2 else spell(front.upper())} {spell(letters)}" + ("'s" if match["ending"] else "")


def _introduced(match: re.Match[str]) -> str | None:
    """Return "" for "(WSJ)" after "The Wall Street Journal", which has just been spoken; otherwise None."""
    named = match.string[max(0, match.start() - 120) : match.start()]
    return "" if stands_for(match["letters"], re.findall(r"[^\W_][\w'-]*", named)) else None


def stands_for(letters: str, named: list[str]) -> bool:
    """Return whether *letters* are the initials of the last words of *named*; short function words may be left out.

    >>> stands_for("OSCE", "the Organization for Security and Cooperation in Europe".split())
    True
    """
    left = len(letters)
    for word in reversed(named):
        if not left:
            return True
        if word[0].upper() == letters[left - 1].upper():
            left -= 1
        elif word.lower() not in _SMALL:
            return False
    return not left


_SMALL = words("a an and at by for from in of on the to with de des du la et und der")

ARTICLE_RULES = (Rule("introduced initialism", ["("], r"\((?P<letters>[A-Z][A-Za-z]*[A-Z])s?\)", _introduced),)


def unshout(text: str) -> str:
    """Return a headline in capitals as a normal sentence of the same length; initialisms stay as they are.

    A headline that is not in capitals is returned as it is.

    >>> unshout("FBI RAIDS HOME OF EX-MAYOR")
    'FBI Raids Home of Ex-Mayor'
    """
    found = [word for word, _ in _UPPERCASE_WORD.findall(text) if len(word) > 1]
    if len(found) < 2 or not any(
        word in PLAIN or (len(word) > 4 and word not in ACRONYMS and word not in SPELLED) for word in found
    ):
        return text
    return _UPPERCASE_WORD.sub(_normal_case, text)


_UPPERCASE_WORD = late(r"(?<![\w.'])(?<!\d-)(?<!\b[A-Z]-)([^\W\d_]+)('[^\W\d_]+)?(?![\d_]|\.[^\W\d_]\b)")
#: Initialisms that are also words: in a headline in capitals they are words.
_AMBIGUOUS = words(
    "IT WHO AM OR IN ME AIDS ICE CARE SEAT DREAM START SALT CARES PATRIOT CAT EVA ADA VAR ACORN PAC SAGE NICE "
    "SEAL SEALS SAT PIN RAM STEM"
)


def _normal_case(match: re.Match[str]) -> str:
    """Return one word of a headline in normal case."""
    return _normal_case_word(match[1], first=match.start() == 0) + (match[2] or "").lower()


def _normal_case_word(word: str, *, first: bool) -> str:
    """Return a word in lower case, capitalised if it is *first* or not a short plain word.

    Initialisms stay as they are.
    """
    if word in PLAIN or word in _AMBIGUOUS:
        return word.capitalize() if first or len(word) > 2 else word.lower()
    consonants = len(word) < 6 and not re.search("[AEIOUY]", word) and word not in _ABBREVIATED
    if word in ACRONYMS or word in SPELLED or consonants or len(word) == 1 or not word.strip("IVX"):
        return word
    return word[0] + word[1:].lower()


_ABBREVIATED = words("MR MRS MS DR ST LT SGT GOV SEN REP GEN JR SR VS NO")
