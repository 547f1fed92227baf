"""Rules for numbers without a known unit: ranges, scores, fractions, sizes, telephone numbers and plain numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import Form, Number
from audiogen.narration.languages.european.parts import GAP, SIGN, TO, rule
from audiogen.narration.languages.european.quantities import Measures, number_in, signed
from audiogen.narration.patterns import END, VULGAR, choice, search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audiogen.narration.languages.european.language import Language


def _range(language: Language, match: re.Match[str]) -> str | None:
    """Return a range of numbers in words; "50-50" is two numbers without "to"."""
    first, last = number_in(language, match), number_in(language, match, "until")
    form = language.context(match, last.whole)
    if first == last == Number(50):
        return f"{language.quantity(first)} {language.quantity(last)}"  # "50-50"
    inner = language.range_form(form)
    return language.range(language.quantity(first, inner), language.quantity(last, inner), form)


def _score(language: Language, match: re.Match[str]) -> str:
    """Return the score of a match, or a ratio such as "2:1", in words."""
    return language.score(int(match["first"]), int(re.sub(r"\D", "", match["last"])))


def _fraction(language: Language, match: re.Match[str]) -> str | None:
    """Return a fraction in words if the table `fractions` has it.

    Otherwise its two numbers one after the other ("24/7").
    """
    written = f"{int(match['numerator'])}/{int(match['denominator'])}"
    known = language.fraction(match, written)
    whole = match["whole"]
    if known and whole:
        return _half(language, whole, known)
    if known:
        return known
    if int(match["numerator"]) <= int(match["denominator"]) in (10, 20, 100) and "out_of" in language.numbers:
        written = written.replace("/", f" {language.numbers['out_of']} ")
        return re.sub(r"\d+", lambda figures: language.cardinal(int(figures[0])), written)
    parts = [language.quantity(Number(int(part))) for part in (whole, match["numerator"]) if part]
    return " ".join([*parts, language.quantity(Number(int(match["denominator"])))])


def _vulgar(language: Language, match: re.Match[str]) -> str:
    """Return a vulgar fraction such as "½", with the whole number before it, in words."""
    part = "{}/{}".format(*VULGAR[match["part"]])
    known: str = language.fraction(match, part) or language.numbers["fractions"][part]
    whole = match["whole"]
    return _half(language, whole, known) if whole else known


_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def _power(language: Language, match: re.Match[str]) -> str | None:
    """Return "10⁻³" or "2⁸" in words; None for other bases, where the raised figure may be a footnote mark."""
    raised = match["raised"].translate(_POWERS)
    number = raised.lstrip("+-")
    if not number or (match["base"] not in ("2", "10") and raised[0] != "-"):
        return None
    from audiogen.narration.structure import power_words  # few texts have powers

    words = power_words(language.tag)
    if words is None:
        return None
    sign = f"{words['minus']} " if raised[0] == "-" else ""
    spoken = words["power"].replace("#", sign + language.cardinal(int(number)))
    return f"{language.cardinal(int(match['base']))} {spoken}"


def _half(language: Language, whole: str, known: str) -> str:
    """Join a whole number and the words of its fraction: "2 ½" becomes "zwei und ein halb".

    Languages with a template `halves` say halves by it.
    """
    halves: str | None = language.numbers.get("halves")
    if halves and known == language.numbers["fractions"]["1/2"]:
        return halves.format(whole=language.cardinal(int(whole), Form(gender="m")))
    return f"{language.cardinal(int(whole))} {language.numbers['and']} {known}"


def _size(measures: Measures) -> Callable[[Language, re.Match[str]], str]:
    """Return the callback for sizes such as "2 x 3 m"."""

    def say(language: Language, match: re.Match[str]) -> str:
        last = number_in(language, match, "until")
        unit = measures.unit(match["unit"]) if match["unit"] else None
        spoken = language.counted(last, unit) if unit else language.quantity(last)
        return f"{language.quantity(number_in(language, match))} {language.numbers['by']} {spoken}"

    return say


def _cardinal(language: Language, match: re.Match[str]) -> str:
    """Return a plain number in words, with its sign; a number with leading zeros digit by digit."""
    written = match["amount"]
    if written[0] == "0" and written.isdecimal() and len(written) > 1:
        return signed(language, match) + language.digits(written)
    number = number_in(language, match)
    plus = f" {language.numbers['signs']['+']}" if match["plus"] else ""
    # What parts are counted of stands as after two: "1,5 года".
    form = language.context(match, 2 if number.decimals else number.whole)
    return signed(language, match) + language.quantity(number, form) + plus


def _digits(language: Language, match: re.Match[str]) -> str:
    """Return the digits of the match one by one."""
    return language.digits(match[0])


#: What tells of a telephone number, somewhere before one that could be millions.
_CALL = re.compile(
    r"(?i:\bt[eé]l|phone|hotline|infolin|numero verde|llam|lig[au]e|chiam|appel|bel(?:len)?\b|zadzwo)[^;!?]{0,60}\Z"
)


def _freephone(language: Language, match: re.Match[str]) -> str | None:
    """Return a number such as 800 123 456 by its figures after what tells of a call; it may be millions otherwise."""
    if not search_before(match, _CALL):
        return None
    return ", ".join(language.figures(group) for group in match["groups"].split())


def _telephone(language: Language, match: re.Match[str]) -> str:
    """Return a telephone number, an account number or a code in words, group by group."""
    spoken = ", ".join(language.figures(group) for group in re.findall(r"\d+", match["groups"]))
    return f"{language.numbers['signs']['+']} {spoken}" if match["plus"] else spoken


def telephones(language: Language) -> Iterator[Rule]:
    """Yield the rule for telephone numbers: with a leading plus or zero, or of four groups that are not thousands."""
    yield rule(
        "telephone number",
        [DIGIT, "+"],
        r"""(?:(?P<plus>\+)(?=(?:[ ()-]{0,2}\d){9})(?![\d ]+[ ]000(?!\d))|(?![1-9]\d{0,2}(?:[ ]\d{3})+(?![ -]?\d)))
        (?P<groups>(?<=\+)\d[\d ()-]{6,}\d|0\d{0,4}(?:[ ]\d{2,5}){2,}|0\d{1,4}[ /-]\d{5,}|\d{2,4}(?:[ ]\d{2,4}){3,}
        |0\d{1,3}-\d{2,4}(?:[ ]\d{2,4}){1,3}|0[89]00-\d{4}
        |0\d(?:[.]\d\d){4}|[08][ -]?\(?\d{2,3}\)?[ -]?\d{3}-\d\d-\d\d)
        (?!\w|[.,]\d)""",
        _telephone,
        language,
    )
    sums = choice(Measures(language).currencies)
    freephone = rf"(?P<groups>[89]0[0-9][ ]\d{{3}}[ ]\d{{3}})(?![ ]?(?:\d|%|{sums}(?!\w)))"
    yield rule("freephone number", [DIGIT], freephone, _freephone, language)


def figures(language: Language) -> Iterator[Rule]:
    """Yield the rules for the numbers that no other rule matched; the last rule matches every remaining digit."""
    number = language.number
    known = Measures(language)
    size = rf"(?P<amount>{number}){GAP}[x×х]{GAP}(?P<until>{number})(?:{GAP}(?P<unit>{choice(known.units)}))?(?!\w)"
    yield rule("power", [DIGIT], r"(?P<base>\d{1,4})(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]+)(?!\w)", _power, language)
    yield rule("size", [DIGIT], size, _size(known), language)
    signs = "".join(sign for sign, part in VULGAR.items() if "{}/{}".format(*part) in language.numbers["fractions"])
    vulgar = rf"(?:(?P<whole>\d{{1,15}})[ ]?)?(?P<part>[{signs}])"
    yield rule("vulgar fraction", [DIGIT, *signs], vulgar, _vulgar, language)
    yield rule(
        "fraction",
        [DIGIT],
        r"(?:(?P<whole>\d{1,3})[ ])?(?P<numerator>\d{1,4})[/⁄](?P<denominator>\d{1,4})(?![\w/])",
        _fraction,
        language,
    )
    scale = r"(?<=\b1:)\d{1,3}(?:[. ]\d{3}){1,2}(?!\d)|(?<=\b1:)\d{4,7}"
    score = rf"(?P<first>\d{{1,3}}):(?P<last>{scale}|\d{{1,3}}){END}"
    yield rule("score", [DIGIT], score, _score, language)
    yield rule("range", [DIGIT], rf"(?P<amount>{number}){TO}(?P<until>{number})(?!\w)(?!-\d)", _range, language)
    yield rule(
        "number",
        [DIGIT, "-", "−", "–", "+", "±"],
        rf"{SIGN}(?P<amount>{number})(?P<plus>\+(?!\d))?",
        _cardinal,
        language,
    )
    yield rule("digits", [DIGIT], r"\d+", _digits, language)
