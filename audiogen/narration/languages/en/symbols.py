"""Rules for symbols: a word for those that stand for one, a pause for punctuation, nothing for decoration."""

from __future__ import annotations

import re
import unicodedata

from audiogen.narration.data import load_table, pairs
from audiogen.narration.languages.en.measures import SIGNED, UNIT_AFTER, sign_of, unit_after
from audiogen.narration.languages.en.numbers import fraction, number
from audiogen.narration.languages.en.parts import NUMBER, stop_after
from audiogen.narration.late import late
from audiogen.narration.patterns import TAG, VULGAR, search_before
from audiogen.narration.rewriting import DIGIT, JOINED, SYMBOL, Rule

_DATA = load_table(__file__, "symbols.toml")
SPOKEN_SYMBOLS = pairs(_DATA["said"]["lines"])
#: Pairs of alternatives with a slash between them.
ALTERNATIVES = frozenset(_DATA["alternatives"]["pairs"].split())
#: Names of Greek letters, for those that stand alone.
GREEK = pairs(_DATA["greek"]["lines"])
_OPENING, _CLOSING, _DASHES = "([{", ")]}", "–—―•·|-"


def _symbol(match: re.Match[str]) -> str:
    """Return the word of a symbol with spaces around it; "" if it has none."""
    text, start, end = match.string, match.start(), match.end()
    if unicodedata.category(match[0])[0] == "M":  # a vowel sign or accent of another script
        return match[0]
    bullet = match[0] in "→⇒➔➜" and not text[:start].strip()
    spoken = "" if bullet or _FOOTNOTE.search(text, max(0, start - 4), end) else SPOKEN_SYMBOLS.get(match[0], "")
    before = " " if spoken[:1].isalpha() and start and not text[start - 1].isspace() else ""
    after = " " if spoken[:1].isalpha() and end < len(text) and text[end].isalnum() else ""
    if not spoken:
        return (
            " "
            if start and end < len(text) and text[start - 1].isalnum() and text[end].isalnum() and match[0] in "_*^|\\"
            else ""
        )
    return f"{before}{spoken}{after}"


#: A raised digit after a word or punctuation is a footnote mark; after a single letter it is a power.
_FOOTNOTE = late(r"(?:[^\W\d_]{3}|[.,;:!?\"')\]])[²³¹]\Z")


def _pause(match: re.Match[str]) -> str:
    """Return a comma for brackets and dashes; "" or a space beside other punctuation and at the ends of the text."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 1]
    if not before or not after:
        return ""
    if before[-1] in ",;:?!([{–—" or after in ",.;:?!)]}":
        return " " if match[0][-1].isspace() else ""
    if before[-1] in ".\"'" and after.isupper():
        abbreviated = match[0][0] in _DASHES and _ABBREVIATED.search(text, max(0, start - 12), start)
        return ", " if abbreviated else " "
    return ", "


#: An abbreviation before a dash: "Washington, D.C. — The mayor".
_ABBREVIATED = late(r"\b(?:etc|Inc|Corp|Ltd|Co|Jr|Sr|[ap]\.m|[A-Z]\.[A-Z])\.\s?\Z")
_UNIT_OF = {"$": "dollar", "€": "euro", "£": "pound"}


def _slash(match: re.Match[str]) -> str:
    """Return " or " for a slash between alternatives, "slash " at the beginning of a path, otherwise a space."""
    before = search_before(match, _WORD_BEFORE)
    after = _WORD_BEHIND.match(match.string, match.end())
    if before and after and f"{before[0]}/{after[0]}".lower() in ALTERNATIVES:
        return " or "
    path = not match.start() and match.string[match.end() : match.end() + 1].isalnum()
    return "slash " if path else " "


_WORD_BEFORE, _WORD_BEHIND = late(r"[A-Za-z]+\Z"), late(r"[A-Za-z]+")


def _with_fraction(match: re.Match[str]) -> str:
    """Return a whole number with a vulgar fraction, and its unit, in words."""
    part = fraction(*VULGAR[match["part"]]).replace("one half", "a half")
    return f"{number(match['whole'])} and {part}{unit_after(match, 1)}"


def _power(match: re.Match[str]) -> str:
    """Return a power such as "10³" or "2^8" in words."""
    exponent = int((match["exponent"] or match["plain"]).translate(_SUPERSCRIPTS))
    power = {2: "squared", 3: "cubed"}.get(exponent) or f"to the power of {number(str(exponent))}"
    return f"{number(match['base'])} {power}"


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def _scientific(match: re.Match[str]) -> str | None:
    """Return "6.02 × 10^23" or "3.2e-8" in words; None for names such as "3E" and "5e"."""
    written = match["exponent"] or match["plain"] or match["power"]
    if match["letter"] == "E" and "." not in match["amount"] and written[0] not in "+-":
        return None
    exponent = number(written.translate(_SUPERSCRIPTS).replace("−", "-"))
    return f"{sign_of(match)}{number(match['amount'])} times ten to the power of {exponent}"


#: The beginning of scientific notation; a quick check before the full pattern is tried.
_SCIENTIFIC = late(rf"[-−–+±]?\s?(?:{NUMBER}|\.\d+)(?:\s?[x×·⋅*]\s?10|[eE][-+−\d])")


def _function(match: re.Match[str]) -> str:
    """Return "f(x)", "f'(x)", "sin(2x)" or "sin x" in words."""
    name = _FUNCTIONS.get(match["name"], match["name"])
    primes = " prime" * len(match["primes"])
    variable = match["bare"] or match["variable"]
    spoken = re.sub(r"\d+", lambda figures: f"{number(figures[0])} ", variable).strip()
    return f"{name}{primes}{' ' if match['bare'] else ' of '}{spoken}"


_FUNCTIONS = {"sin": "sine", "cos": "cosine", "tan": "tangent", "ln": "natural log", "log": "log"}
_VARIABLE = r"\d{0,3}[a-rt-z](?:,\s?[a-z])*"

RULES = (
    Rule(
        "function",
        ["f", "g", "h"],
        rf"(?P<bare>(?!))?(?P<name>[fgh])(?P<primes>['′]{{0,2}})\((?P<variable>{_VARIABLE}|\d)\)(?!\w)",
        _function,
    ),
    Rule(
        "named function",
        [*_FUNCTIONS],
        rf"""(?P<name>sin|cos|tan|ln|log)(?P<primes>)
        (?:\((?P<variable>{_VARIABLE})\)|[ ](?P<bare>\d{{0,3}}[xyztn]))(?![\w'-])""",
        _function,
    ),
    Rule("plus or minus", ["+"], r"\+/[-–]\s?(?=[\d.])", lambda m: "plus or minus "),
    Rule(
        "number and fraction",
        [DIGIT],
        rf"(?P<whole>\d+)\s?(?P<part>[{''.join(VULGAR)}])" + UNIT_AFTER,
        _with_fraction,
        "x _o",
    ),
    Rule(
        "scientific notation",
        [DIGIT, "-"],
        rf"""{SIGNED} (?: \s?[x×·⋅*]\s?10(?: (?P<exponent>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+) | (?:\^|\*\*)(?P<plain>[-−]?\d{{1,3}}) )
        | (?P<letter>[eE])(?P<power>[-+−]?\d{{1,3}}) ) (?!\w|\.\d)""",
        _scientific,
        may=lambda text, start: _SCIENTIFIC.match(text, start),
    ),
    Rule(
        "part of a unit",
        VULGAR,
        rf"(?P<part>[{''.join(VULGAR)}])" + UNIT_AFTER.removesuffix("?"),
        lambda m: fraction(*VULGAR[m["part"]]) + unit_after(m, 0),
    ),
    Rule("power", [DIGIT], r"(?P<base>\d+)(?:(?P<exponent>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\^(?P<plain>-?\d+))", _power, "x o"),
    Rule("greek letter", GREEK, rf"[{''.join(GREEK)}](?!\w)", lambda m: GREEK[m[0]]),
    Rule("minus in brackets", ["("], r"\([–—](?=\d+(?:\.\d+)?%?\))", lambda m: ", minus "),
)

#: Endings that editors add in brackets: "they want[ed] it".
_ENDINGS = "s|es|d|ed|ing|er|ly|n't"

#: Rules for the symbols that no other rule matched.
LAST_RULES = (
    Rule("et cetera", ["&"], r"&c\b\.?", lambda m: "et cetera" + stop_after(m)),
    Rule(
        "changed beginning", ["["], r"\[(?P<letter>[^\W\d_])\](?P<rest>[a-z][\w'-]*)", lambda m: m["letter"] + m["rest"]
    ),
    Rule("changed ending", ["["], rf"(?<=[a-z])\[(?P<ending>{_ENDINGS})\](?!\w)", lambda m: JOINED + m["ending"]),
    Rule(
        "footnote mark",
        ["["],
        r"\[\s?(?:\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}|[a-z]|citation[ ]needed|note[ ]\d+)\s?\]",
        lambda m: "",
    ),
    Rule("tag", ["<"], TAG, lambda m: m["name"]),
    Rule("dots", ["."], r"\.(?:[ ]?\.)+", lambda m: "..."),
    Rule("stop out of place", ["."], r"\.(?=[A-Za-z])", lambda m: ". "),
    Rule("number sign", ["#"], r"\#[ ]?(?=\d)", lambda m: "number "),
    Rule("sharp", ["#"], r"(?<=\b[A-G])\#(?!\w)", lambda m: " sharp"),
    Rule(
        "times",
        ["*"],
        r"\*\s?(?=\d)",
        lambda m: "times " if re.search(r"\d\s?\Z", m.string[max(0, m.start() - 3) : m.start()]) else "",
    ),
    Rule("dollars without number", ["$"], r"\${2,}", lambda m: ""),
    Rule("rate", ["/"], r"/(?P<sign>[$€£])(?!\d)", lambda m: f" per {_UNIT_OF[m['sign']]}"),
    Rule("slash", ["/"], r"/", _slash),
    Rule(
        "pause",
        [*_OPENING, *_CLOSING, *_DASHES],
        r"[()\[\]{}–—―•·|-](?:[ ]*(?:[()\[\]{}–—―•·|]|-(?![\d.$€£])))*[ ]*",
        _pause,
    ),
    Rule("symbol", [SYMBOL], r"\S", _symbol),
)
