"""Rules for sums of money, percentages and measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import Form, Noun, Number, noun_of, read_number
from audiogen.narration.languages.european.parts import (
    GAP,
    SIGN,
    TO,
    first_words,
    rule,
    spread,
    stop_after,
    word_before,
)
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audiogen.narration.languages.european.language import Language


class Measures:
    """The units, magnitudes and currencies of a language, by their written forms."""

    def __init__(self, language: Language) -> None:
        """Read the tables `units`, `magnitudes` and `currencies` of *language*."""
        table = language.numbers
        self.units = spread(table["units"])
        self.magnitudes = spread(table["magnitudes"])
        self.currencies = {form: names for forms, names in table["currencies"].items() for form in forms.split(", ")}
        #: Signs and codes that may stand before the sum; words ("грн", "zł") only stand after it.
        self.leading = [form for form in self.currencies if not form[0].isalpha() or form.isupper() or "$" in form]

    def unit(self, written: str) -> Noun:
        """Return the noun of a written unit; KeyError if it is unknown."""
        return noun_of(self.units[written])

    def magnitude(self, written: str) -> Noun:
        """Return the noun of a written magnitude; one that is written as a plural word stays a plural."""
        noun = noun_of(self.magnitudes[written])
        # A magnitude in words keeps its number: "1,5 milhões" is as right as "1,5 milhão".
        return Noun(noun.gender, (written, written)) if written == noun.many and len(noun.forms) == 2 else noun

    def currency(self, written: str) -> tuple[Noun, Noun | None]:
        """Return the nouns of a currency and of its hundredth; the latter is None if it has none."""
        names = self.currencies[written]
        return noun_of(names[0]), noun_of(names[1]) if len(names) > 1 else None


def signed(language: Language, match: re.Match[str]) -> str:
    """Return the sign in the group `sign` in words with a space after it, or ""."""
    sign = match["sign"]
    spoken: str = language.numbers["signs"][sign.replace("−", "-").replace("–", "-")] + " " if sign else ""
    return spoken


def number_in(language: Language, match: re.Match[str], group: str = "amount") -> Number:
    """Parse the number in a group of the match."""
    return read_number(match[group], language.grouping)


def amount(language: Language, match: re.Match[str], noun: Noun) -> str:
    """Return the number or range of the match, with the noun that it counts, in words."""
    last = number_in(language, match, "until" if match["until"] else "amount")
    form = language.context(match, last.whole)
    spoken = language.counted(last, noun, language.range_form(form) if match["until"] else form)
    if match["until"]:
        first = language.quantity(number_in(language, match), Form(language.range_form(form).case, noun.gender))
        spoken = language.range(first, spoken, form)
    return signed(language, match) + spoken


def _sum(measures: Measures) -> Callable[[Language, re.Match[str]], str | None]:
    """Return the callback for sums of money."""

    def say(language: Language, match: re.Match[str]) -> str | None:
        currency, hundredth = measures.currency(match["currency"])
        stop = stop_after(match, language.openers)
        if match["magnitude"]:
            magnitude = amount(language, match, measures.magnitude(match["magnitude"]))
            return language.many_of(magnitude, currency) + _per_of_price(measures, language, match) + stop
        number = number_in(language, match)
        if hundredth and len(number.decimals) == 2 and not match["until"]:
            spoken = signed(language, match) + _with_cents(language, match, number, currency, hundredth)
            return spoken + _per_of_price(measures, language, match) + stop
        return amount(language, match, currency) + _per_of_price(measures, language, match) + stop

    return say


def _per(measures: Measures, language: Language, match: re.Match[str]) -> str:
    """Return the part of a measure after the slash in words: "l/m²", "€/kg", "l/100 km"; "" if there is none."""
    if "rate" in match.re.groupindex and match["rate"]:
        return f" {language.numbers['per']} "
    return f" {language.per(measures.unit(match['per']))}" if "per" in match.re.groupindex and match["per"] else ""


def _per_of_price(measures: Measures, language: Language, match: re.Match[str]) -> str:
    """Return the part of a price after the slash ("€/kg") in words.

    Some languages use another preposition for prices than for measures.
    """
    spoken, preposition = _per(measures, language, match), language.numbers.get("per_of_price")
    return spoken.replace(f" {language.numbers['per']} ", f" {preposition} ", 1) if preposition else spoken


def _with_cents(language: Language, match: re.Match[str], number: Number, currency: Noun, hundredth: Noun) -> str:
    """Return a sum with hundredths in words: "drei Euro fünfzig", "три гривні п'ятдесят копійок"."""
    cents = Number(int(number.decimals))
    form = language.context(match, number.whole)
    whole = language.counted(Number(number.whole), currency, form)
    if not cents.whole:
        return whole
    if not number.whole:
        return language.counted(cents, hundredth, form)
    template: str = language.numbers["cents"]
    return template.format(
        whole=whole, cents=language.counted(cents, hundredth, form), figure=language.cardinal(cents.whole, form)
    )


def _measure(measures: Measures) -> Callable[[Language, re.Match[str]], str | None]:
    """Return the callback for numbers with a unit."""

    def say(language: Language, match: re.Match[str]) -> str | None:
        unit = measures.unit(match["unit"])
        if match["unit"] == "m" and _LENGTH.fullmatch(match["amount"]) and "length" in language.numbers:
            return _length(language, match, unit)
        if match["magnitude"]:
            spoken = language.many_of(amount(language, match, measures.magnitude(match["magnitude"])), unit)
        else:
            spoken = amount(language, match, unit)
        return spoken + _per(measures, language, match) + stop_after(match, language.openers)

    return say


#: Metres and centimetres, as heights and jumps are written.
_LENGTH = re.compile(r"[1-9],[1-9]\d")


def _length(language: Language, match: re.Match[str], metre: Noun) -> str:
    """Return a length such as "1,80 m" in metres and centimetres: "ein Meter achtzig"."""
    number = number_in(language, match)
    whole = language.counted(Number(number.whole), metre, language.context(match, number.whole))
    template: str = language.numbers["length"]
    return signed(language, match) + template.format(whole=whole, figure=language.cardinal(int(number.decimals)))


#: Units that are read as such without a number before them: "Millionen km²".
_ALONE = re.compile(r".*[²³/].*|km|kg|kWh|MWh|GWh|TWh|MW|GW|км|кг|кВт|°[CFС]")


def _unit_alone(measures: Measures) -> Callable[[Language, re.Match[str]], str | None]:
    """Return the callback for units without a number: singular after "per" and a slash, otherwise plural."""

    def say(language: Language, match: re.Match[str]) -> str:
        unit = measures.unit(match["unit"])
        if match["slash"]:
            return f" {language.per(unit)}"
        return language.one_of(unit) if word_before(match) in language.numbers["one_of"].split() else unit.many

    return say


def _magnitude(measures: Measures) -> Callable[[Language, re.Match[str]], str | None]:
    """Return the callback for numbers with a magnitude ("5 Mio.")."""

    def say(language: Language, match: re.Match[str]) -> str | None:
        return amount(language, match, measures.magnitude(match["magnitude"])) + stop_after(match, language.openers)

    return say


def _percent(language: Language, match: re.Match[str]) -> str:
    """Return a percentage in words."""
    return amount(language, match, language.percent)


def sums(language: Language) -> Iterator[Rule]:
    """Yield the rules for sums of money."""
    measures = Measures(language)
    number, magnitudes = language.number, choice(measures.magnitudes)
    until = rf"(?:{TO}(?P<until>{number}))?"
    magnitude = rf"(?:{GAP}(?P<magnitude>{magnitudes})(?!\w))?"
    leading = choice(measures.leading)
    say = _sum(measures)
    yield rule(
        "sum behind its currency",
        [*first_words(measures.leading), "-", "−", "+"],
        rf"""(?P<sign>[-−+])?(?P<currency>{leading}){GAP}(?P<amount>{number}){until}{magnitude}(?![\d])
        (?:[ ]?/[ ]?(?P<per>{choice(measures.units)})(?!\w))?""",
        say,
        language,
    )
    # "3 M de euros", "5 M d'€".
    of = rf"(?:[ ](?:de[ ]|di[ ]|d['’][ ]?)|{GAP})" if language.numbers.get("of") else GAP
    magnitude_of = rf"(?:{GAP}(?P<magnitude>{magnitudes})(?!\w){of}|{GAP})"
    yield rule(
        "sum before its currency",
        [DIGIT, "-", "−", "–", "+", "±"],
        rf"""{SIGN}(?P<amount>{number}){until}{magnitude_of}(?P<currency>{choice(measures.currencies)})(?![\w])
        (?:[ ]?/[ ]?(?P<per>{choice(measures.units)})(?!\w))?""",
        say,
        language,
    )


def measures(language: Language) -> Iterator[Rule]:
    """Yield the rules for percentages, units and magnitudes."""
    known = Measures(language)
    signs = [DIGIT, "-", "−", "–", "+", "±"]
    longer = choice(form for form in known.magnitudes if len(form) > 1)
    start = rf"{SIGN}(?P<amount>{language.number})(?:{TO}(?P<until>{language.number}))?"
    magnitude = rf"(?:{GAP}(?P<magnitude>{longer})(?!\w))?"
    units = choice(known.units)
    yield rule("percent", signs, rf"{start}{GAP}(?P<magnitude>)%(?!\w)", _percent, language)
    yield rule(
        "measure",
        signs,
        rf"""{start}{magnitude}[ -]?(?P<unit>{units})
        (?: /(?P<per>{units}){language.after_unit} | (?P<rate>/)(?=\d) | {language.after_unit} )""",
        _measure(known),
        language,
    )
    alone = [form for form in known.units if _ALONE.fullmatch(form)]
    pattern = rf"(?P<slash>/)?(?P<unit>{choice(alone)})(?![\w²³/-]|\.\w|[ ]?\d)"
    yield rule("unit alone", [*first_words(alone), "/"], pattern, _unit_alone(known), language)
    yield rule("magnitude", signs, rf"{start}{GAP}(?P<magnitude>{longer})(?!\w)", _magnitude(known), language)
