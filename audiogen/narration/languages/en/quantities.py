"""Rules for numbers that count or compare: fractions, ranges, scores, ratios, ordinals, magnitudes, cardinals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.en.measures import SEATS, SIGNED, UNIT_AFTER, sign_of, unit_after
from audiogen.narration.languages.en.money import MAGNITUDES
from audiogen.narration.languages.en.numbers import cardinal, digits, fraction, halves, number, ordinal
from audiogen.narration.languages.en.parts import NUMBER, TO, word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re


def _range(match: re.Match[str]) -> str:
    """Return a range of numbers, or a ratio, in words with "to"; "50-50" without it."""
    if match["first"] == match["last"] == "50":
        return "fifty fifty"
    return f"{number(match['first'])} to {number(match['last'])}"


def _verses(match: re.Match[str]) -> str:
    """Return a chapter and a range of verses in words."""
    return f"{number(match['chapter'])} {number(match['first'])} to {number(match['last'])}"


def _record(match: re.Match[str]) -> str:
    """Return wins, losses and draws ("10-2-1") in words."""
    return f"{number(match['wins'])}, {number(match['losses'])} and {number(match['draws'])}"


def _average(match: re.Match[str]) -> str | None:
    """Return a batting average (".304") in words; None without a word of batting before it."""
    return halves(match["digits"]) if word_before(match) in _BATTING else None


_BATTING = words("hit hits hitting batted batting bats bat slugging slugged average a to averaging")


def _lines(match: re.Match[str]) -> str:
    """Return the height of a video ("1080p") in words: "ten eighty P"."""
    return f"{halves(match['lines'])} P"


#: Nouns after a calibre in hundredths or thousandths of an inch.
_CALIBRE = (
    r"(?:[ -]cal(?:ib(?:er|re))?\b|[ ](?:ACP|BMG|Magnum|Winchester|Remington|Lapua|Special|Auto|Colt|Luger|Long[ ]Rifle"
    r"|rifle|pistol|revolver))"
)


def say_calibre(figures: str) -> str:
    """Return the calibre of a gun in words.

    >>> say_calibre("50"), say_calibre("308"), say_calibre("223")
    ('fifty', 'three oh eight', 'two twenty-three')
    """
    return halves(figures)


def plural(words: str) -> str:
    """Return the plural of *words*, which end in a number word or a letter.

    >>> plural("F sixteen"), plural("F one fifty"), plural("B fifty-six"), plural("F thirty-five A")
    ('F sixteens', 'F one fifties', 'B fifty-sixes', "F thirty-five A's")
    """
    if len(words) > 1 and words[-2] in " -":
        return words + "'s"
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def _legal_ordinal(match: re.Match[str]) -> str | None:
    """Return "42d" and "the 2d", spellings of American courts and old books, as ordinals; otherwise None."""
    if len(match["number"]) < 2 and word_before(match) not in ("the", "and"):
        return None
    return ordinal(int(match["number"]))


def _ordinal(match: re.Match[str]) -> str:
    """Return "21st" as an ordinal; "12st", which is none, as a weight in stones."""
    value = int(match["number"].replace(",", ""))
    if match["ending"].lower() == "st" and (value % 10 != 1 or value % 100 == 11):
        return f"{cardinal(value)} stone"
    return ordinal(value) + (match["more"] or "")


def _several(match: re.Match[str]) -> str:
    """Return "44s" as a plural ("two 44s"), or as seconds after words of time ("he won in 44s")."""
    spoken = cardinal(int(match["number"]))
    timed = word_before(match) in _WORDS_BEFORE_SECONDS and len(match["number"]) > 1 and match["number"][1] != "0"
    return f"{spoken} seconds" if timed else plural(spoken)


_WORDS_BEFORE_SECONDS = words("in within after under inside exactly just of by")


def _pressure(match: re.Match[str]) -> str | None:
    """Return a blood pressure ("120/80") in words; None if the text does not mention blood pressure."""
    context = match.string[max(0, match.start() - 60) : match.end() + 12]
    return f"{cardinal(int(match['high']))} over {cardinal(int(match['low']))}" if _BLOOD.search(context) else None


_BLOOD = late(r"(?i:blood pressure|systolic|mm ?Hg|hypertens)")

_MANY = {"10s": "tens", "100s": "hundreds", "1000s": "thousands", "1,000s": "thousands", "1,000,000s": "millions"}
#: Denominators of numbers with a slash that are fractions.
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100))


def _mixed(match: re.Match[str]) -> str | None:
    """Return a whole number with a fraction ("5 3/8") in words; None if it is not one."""
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if not 0 < numerator < denominator or denominator not in _DENOMINATORS:
        return None
    part = fraction(numerator, denominator).replace("one half", "a half")
    return f"{number(match['whole'])} and {part}{unit_after(match, 1)}"


_WITH_SLASH = late(r"\d+[ -]\d{1,2}[/⁄]")


def _fraction(match: re.Match[str]) -> str | None:
    """Return a fraction in words; None if the denominator or the value is unlikely for a fraction."""
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if denominator not in _DENOMINATORS or numerator > 2 * denominator:
        return None
    return fraction(numerator, denominator) + unit_after(match, 0)


#: Letters that are also those of seats and flats.
_SEAT_LETTERS = frozenset(("B", "K", "M", "T"))
_AMBIGUOUS = frozenset(("mm", "MM", "m", "b", "t", "thousand"))


def _magnitude(match: re.Match[str]) -> str | None:
    """Return a number with the letter of a magnitude ("5K") in words; None if the letter has another meaning."""
    after = word_after(match)
    counted = after.islower() and after.endswith("s") and after not in ("was", "is", "has", "starts", "raises")
    if match[0] in ("4K", "8K"):  # pictures, rather than thousands
        return None
    if match["magnitude"].isupper() and word_after(match)[:1].isupper():  # "221B Baker Street"
        return None
    if match[0] in ("5K", "10K") and word_before(match) in ("a", "the", "this", "their", "annual") and not counted:
        return f"{number(match['amount'])} K"  # a race
    if match[0] == "3M" and not word_after(match)[:1].islower():  # the company
        return None
    if match["magnitude"] in _SEAT_LETTERS and word_before(match) in SEATS:  # "Flat 3B"
        return None
    return f"{sign_of(match)}{number(match['amount'])} {MAGNITUDES[match['magnitude']]}"


def _multiple(match: re.Match[str]) -> str:
    """Return "3x" as "three times", or as "three x" in an equation."""
    if _OPERATED.match(match.string, match.end()):  # "3x + 2"
        return f"{number(match['amount'])} x"
    return f"{number(match['amount'])} times"


_OPERATED = late(r"\s?[+=]\s?\w|\s[-−]\s\w")


def _cardinal(match: re.Match[str]) -> str:
    """Return a plain number with its sign in words; a number with leading zeros digit by digit."""
    amount = match["amount"]
    whole = amount.partition(".")[0]
    if len(whole) == 2 and whole[0] == "0" and word_before(match) in _PARTS_OF_WORKS:
        return cardinal(int(whole))
    if len(whole) > 1 and whole[0] == "0" and "." not in amount:
        return sign_of(match) + digits(amount)
    return sign_of(match) + number(amount) + (" plus" if match["plus"] else "")


#: Words after which the leading zero of "05" is silent.
_PARTS_OF_WORKS = words(
    "chapter chapters episode episodes part season lesson unit step volume track section round level exercise figure "
    "table page day week stage act scene verse module"
)


def _digits(match: re.Match[str]) -> str:
    """Return digits as a number; seven digits or more one by one."""
    return cardinal(int(match[0])) if len(match[0]) < 7 else digits(match[0])


RULES = (
    Rule(
        "mixed number",
        [DIGIT],
        r"(?P<whole>\d+)[ -](?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?:ths|rds|nds|th|rd)?(?![\w/])"
        + UNIT_AFTER,
        _mixed,
        "_0 -",
        lambda text, start: _WITH_SLASH.match(text, start),
    ),
    Rule(
        "fraction",
        [DIGIT],
        r"(?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?:ths|rds|nds|th|rd)?(?![\w/])" + UNIT_AFTER,
        _fraction,
        "/",
    ),
    Rule("many", [DIGIT], rf"{choice(_MANY)}(?=\s(?:of|more)\b)", lambda m: _MANY[m[0]], "x ,"),
    Rule("several", [DIGIT], r"(?P<number>\d{1,2})s(?!\w)", _several, "x"),
    Rule("blood pressure", [DIGIT], r"(?P<high>\d{2,3})/(?P<low>\d{2,3})(?![\w/])", _pressure, "/"),
    Rule("calibre", ["."], rf"\.(?P<digits>\d{{2,3}})(?={_CALIBRE})", lambda m: say_calibre(m["digits"])),
    Rule("lines of a picture", [DIGIT], r"(?P<lines>480|720|1080|1440|2160)p(?!\w)", _lines, "x"),
    Rule("batting average", ["."], r"\.(?P<digits>\d{3})(?!\w)", _average),
    Rule(
        "ordinal",
        [DIGIT],
        r"(?P<number>\d{1,3}(?:,\d{3}){1,300}|(?!\d{1001})\d+)(?P<ending>(?i:st|nd|rd|th))(?P<more>s)?(?!\w)",
        _ordinal,
        "x ,",
    ),
    Rule("ordinal of lawyers", [DIGIT], r"(?P<number>\d*[23])d(?=\s[A-Za-z])", _legal_ordinal, "x"),
    Rule(
        "more or less",
        [DIGIT],
        rf"(?P<amount>{NUMBER})-(?P<more>plus|odd|strong)(?!\w)",
        lambda m: f"{number(m['amount'])} {m['more']}",
        "- , .",
    ),
    Rule("multiple", [DIGIT], rf"(?P<amount>{NUMBER})(?:x|×)(?!\w)", _multiple, "x . , o"),
    Rule(
        "magnitude",
        [DIGIT, "-", "±", "+"],
        rf"{SIGNED}\s?(?P<magnitude>{choice(MAGNITUDES.keys() - _AMBIGUOUS)})(?!\w|\.\w)",
        _magnitude,
        "x . , _a _A",
    ),
    Rule(
        "verses", [DIGIT], rf"(?P<chapter>\d{{1,3}}):(?P<first>\d{{1,3}}){TO}(?P<last>\d{{1,3}})(?![\d:])", _verses, ":"
    ),
    Rule("ratio", [DIGIT], rf"(?P<first>{NUMBER}):(?P<last>{NUMBER})(?!\w)", _range, ": . ,"),
    Rule("record", [DIGIT], r"(?P<wins>\d{1,3})[-–](?P<losses>\d{1,3})[-–](?P<draws>\d{1,3})(?![\w-])", _record, "-"),
    Rule("from to", [DIGIT], rf"(?P<first>{NUMBER}){TO}(?P<last>{NUMBER})(?![\w])(?!-\d)", _range, "- . , _o"),
)

#: Rules for the digits that no other rule matched.
LAST_RULES = (
    Rule("cardinal", [DIGIT, "-", "±", "+", "."], rf"{SIGNED}(?P<plus>\+(?!\s?\d))?(?![\d])", _cardinal),
    Rule("digits", [DIGIT], r"\d+", _digits),
)
