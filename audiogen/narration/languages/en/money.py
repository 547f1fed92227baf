"""Rules for money: signs and codes, magnitudes, cents, ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.numbers import cardinal, number
from audiogen.narration.languages.en.parts import DETERMINERS, NUMBER, TO, stop_after, word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "currencies.toml")
SIGNS = {form: spoken.split(", ") for form, spoken in pairs(_DATA["signs"]["lines"]).items()}
CODES = {form: spoken.split(", ") for form, spoken in pairs(_DATA["codes"]["lines"]).items()}
PER = pairs(load_table(__file__, "units.toml")["per"]["lines"])
#: Magnitudes by every form: "bn" is a billion.
MAGNITUDES = {form: name for name, forms in _DATA["magnitudes"].items() for form in forms.split()} | {
    "lakh crore": "lakh crore"
}

_LEADING = [sign for sign in SIGNS if sign not in ("zł", "Kč", "kr")]
#: A possible sign or code; a dictionary decides, because a pattern of all currencies takes long to compile.
_SIGN = f"(?:(?:U\\.S\\.|[A-Z]{{1,2}})?[$¥]|[{''.join(sign for sign in SIGNS if len(sign) == 1 and sign not in '$¥')}])"
_CURRENCY = rf"(?:{_SIGN}|[A-Z]{{2,3}}|KSh|Ksh|Rs|Rp)"
_MAGNITUDE = rf"(?:[\s-]?(?P<magnitude>{choice(MAGNITUDES)})(?!\w|\.\w))?"
_AMOUNT = rf"(?P<amount>{NUMBER}|\.\d+)"
#: Words that cannot be the noun after "a $5 …".
_NOT_NOUNS = words(_DATA["bought"]["not_nouns"])


def currency(written: str) -> list[str] | None:
    """Return the singular, the plural, and both forms of the hundredth of a currency.

    None for an unknown sign or code.
    """
    return SIGNS.get(written) or CODES.get(written)


def money(amount: str, magnitude: str | None, names: list[str], attributive: bool = False) -> str:
    """Return a sum in words.

    *magnitude* is a key of `MAGNITUDES` or None, *names* come from `currency`, and *attributive* tells whether the sum
    precedes the thing that it pays for ("a two dollar coin").

    >>> money("4.5", "bn", SIGNS["$"]), money("5.50", None, SIGNS["£"]), money("0.01", None, SIGNS["$"])
    ('four point five billion dollars', 'five pounds and fifty pence', 'one cent')
    """
    one, many, cent, _ = names
    whole, _, decimals = amount.replace(",", "").partition(".")
    if magnitude:
        return f"{number(amount)} {MAGNITUDES[magnitude]} {one if attributive else many}"
    if len(decimals) == 3 and decimals.endswith("0"):
        decimals = decimals[:2]
    if len(decimals) == 2 and cent:
        return _with_cents(int(whole or 0), int(decimals), names, number(amount.partition(".")[0] or "0"))
    if attributive or (not decimals.strip("0") and whole and int(whole) == 1):
        return f"{number(amount if decimals.strip('0') else amount.partition('.')[0])} {one}"
    return f"{number(amount)} {many}"


def _with_cents(whole: int, hundredths: int, names: list[str], spoken_whole: str) -> str:
    """Return a sum with hundredths in words."""
    one, many, cent, cents = names
    small = f"{cardinal(hundredths)} {cent if hundredths == 1 else cents}"
    large = f"{spoken_whole} {one if whole == 1 else many}"
    if not hundredths:
        return large
    return f"{large} and {small}" if whole else small


def attributive(match: re.Match[str]) -> bool:
    """Return whether a sum precedes the thing that it pays for: "a $5 bill", "a $4.5bn package", "$5-a-day"."""
    if match.string[match.end() : match.end() + 1] == "-":
        return not match.string.startswith("-plus", match.end())
    if match["magnitude"] and _buys_next_noun(match.string, match.end()):
        return True
    before, after = word_before(match), word_after(match)
    owned = before.endswith(("'s", "s'")) and before not in _CONTRACTIONS
    if not owned and before not in DETERMINERS:
        return False
    return (after.islower() and after not in _NOT_NOUNS) or (
        after[:1].isupper() and (owned or before in _SINGULAR_DETERMINERS)
    )


#: Contractions with "is", which are not possessives.
_CONTRACTIONS = words("it's that's there's here's what's he's she's who's where's let's this's")
#: Determiners after which a sum belongs even to a capitalised noun; not so in "the $5 Jones paid".
_SINGULAR_DETERMINERS = words("a an another every each")


def _buys_next_noun(text: str, end: int) -> bool:
    """Return whether one of the next three words is a thing that money pays for.

    An example is "Senate passes $95B Ukraine aid bill". The search ends at punctuation and at words that cannot stand
    in between.
    """
    for word in text[end : end + 60].split()[:3]:
        plain = word.rstrip(".,;:!?\"')").lower().removesuffix("'s")
        if plain in _PURCHASES or plain.removesuffix("s") in _PURCHASES:
            return True
        if plain != word.lower() or plain in _NOT_NOUNS:
            return False
    return False


#: Nouns that follow a sum without an article in headlines.
_PURCHASES = words(_DATA["bought"]["words"])


def _sum(match: re.Match[str]) -> str | None:
    """Return a sum with its sign, magnitude and rate ("-$5+/month") in words; None for "COP28"."""
    sign = "minus " if match["sign"] else ""
    names = currency(match["currency"])
    if names is None or (match["currency"] == "COP" and len(match["amount"]) < 3 and not match["magnitude"]):
        return None  # "COP28" is a conference
    return (
        sign
        + money(match["amount"], match["magnitude"], names, attributive(match))
        + _plus(match)
        + (f" per {PER[match['per']]}{stop_after(match)}" if match["per"] else "")
    )


def _plus(match: re.Match[str]) -> str:
    """Return " plus" if the sum has a "+" after it."""
    return " plus" if match["plus"] else ""


def _sums_from_to(match: re.Match[str]) -> str | None:
    """Return a range of sums in words, the currency once if both have the same magnitude ("$2-3bn").

    None if it is not one.
    """
    if match["word"] and (match["first_magnitude"] or not match["magnitude"]):
        return None
    names = currency(match["currency"])
    if names is None or (match["again"] and currency(match["again"]) is None):
        return None
    first, last = match["first"], match["amount"]
    magnitude, other = match["magnitude"], match["first_magnitude"]
    if (other and other != magnitude) or ("." in first + last and not magnitude):
        return f"{money(first, other, names)} to {money(last, magnitude, names, attributive(match))}"
    return f"{number(first)} to {money(last, magnitude, names, attributive(match))}"


def _sums_before_noun(match: re.Match[str]) -> str | None:
    """Return the sums of "a $2 or $3 cookie" with the currency once; None if they do not precede a noun."""
    names = currency(match["currency"])
    if names is None or not attributive(match):
        return None
    first = number(match["first"]) + (f" {MAGNITUDES[match['first_magnitude']]}" if match["first_magnitude"] else "")
    return f"{first} {match['word']} {money(match['amount'], match['magnitude'], names, attributive=True)}"


#: A sum and a conjunction before another sum; a quick check before the full pattern is tried.
_AND_SUM = late(r"\D{1,4}[\d.,]+(?:[ -]?[A-Za-z]+)? (?:or|and|to) \D{1,4}\d")

_UNTIL = late(r"\D{1,9}[\d.,]+ ?[A-Za-z]*(?:\s?[-–—]|\sto\s)")


def _sum_before_currency(match: re.Match[str]) -> str | None:
    """Return a sum before its sign or code ("5 €", "20bn USD") in words; None for an unknown code."""
    names = currency(match["currency"])
    return money(match["amount"], match["magnitude"], names) if names else None


#: Numbers before "p" that are the height of a video in lines: "1080p".
_VIDEO_HEIGHTS = frozenset(("480", "720", "1080", "1440", "2160"))


def _cents(match: re.Match[str]) -> str | None:
    """Return cents or pence ("5¢", "20p") in words; None for the height of a video ("1080p")."""
    if match["amount"] in _VIDEO_HEIGHTS and match["sign"] == "p":
        return None
    one, many = ("cent", "cents") if match["sign"] in "¢c" else ("penny", "pence")
    spoken = f"{number(match['amount'])} {one if match['amount'] == '1' else many}"
    return spoken + (f" per {PER[match['per']]}" if match["per"] else "")


_STARTS = {sign[0].lower() for sign in _LEADING if not sign[0].isalpha()}
_WORDS = {sign.split("$")[0].lower().rstrip("¥.") for sign in _LEADING if sign[0].isalpha()} | {
    c.lower() for c in CODES
}

RULES = (
    Rule(
        "name of a campaign",
        ["fight"],
        r"Fight\sfor\s\$15(?!\w|[.,]\d)(?!\s(?:an?|per|million|billion)\b)",
        lambda m: "Fight for fifteen",
    ),
    Rule(
        "sums before a noun",
        [*_STARTS, *_WORDS, "u"],
        rf"""(?P<currency>{_CURRENCY})[ ]?(?P<first>{NUMBER}) (?:[ -]?(?P<first_magnitude>{choice(MAGNITUDES)})(?!\w))?
        [ ](?P<word>or|and|to)[ ](?P=currency)[ ]?{_AMOUNT} {_MAGNITUDE} (?![\d,.]\d)""",
        _sums_before_noun,
        may=lambda text, start: _AND_SUM.match(text, start),
    ),
    Rule(
        "sums from to",
        [*_STARTS, *_WORDS, "u"],
        rf"""(?P<currency>{_CURRENCY})(?:(?<=\b[RB][sp])\.|\.(?!\d))?[ ]? (?P<first>{NUMBER})
        [ ]?(?P<first_magnitude>{choice(MAGNITUDES)}(?!\w))? (?:{TO}|(?P<word>\sto\s))
        (?P<again>{_CURRENCY})?[ ]?{_AMOUNT} {_MAGNITUDE} (?![\d,.]\d)""",
        _sums_from_to,
        may=lambda text, start: _UNTIL.match(text, start),
    ),
    Rule(
        "sum",
        [*_STARTS, *_WORDS, "-", "u"],
        rf"""(?P<sign>[-−])?(?P<currency>{_CURRENCY})(?:(?<=\b[RB][sp])\.|\.(?!\d))?[ ]?[-−]?{_AMOUNT} {_MAGNITUDE}
        (?:\s(?:dollars?|euros?|pounds?)\b)? (?P<plus>\+)?(?!\d) (?:/(?P<per>{choice(PER)})(?!\w))?""",
        _sum,
    ),
    Rule(
        "sum before its currency",
        [DIGIT],
        rf"(?P<amount>{NUMBER}){_MAGNITUDE}\s?(?P<currency>{_CURRENCY}|zł|Kč|kr)(?![\w])(?!\d)",
        _sum_before_currency,
        "x . , _a _A _o o -",
    ),
    Rule(
        "cents",
        [DIGIT],
        rf"""(?P<amount>{NUMBER})[ ]?(?P<sign>¢|(?<=\d)c(?=\s(?:a|an|per|each|off|to)\b)|(?<=\d)p(?!\w|\.\w)|p(?![\w.]))
        (?:/(?P<per>{choice(PER)})(?!\w))?""",
        _cents,
        ". , x _a _o o",
    ),
)
