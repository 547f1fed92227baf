"""Rules for fractions of a unit: "1/4 kg", "½ l", "2 1/2 Std.", "3/4 ore".

The table `part_of` in a language's `numbers.toml` holds templates for them. A template may contain `{part}` ("drei
Viertel"), `{whole}` (the whole number), `{stem}` (the whole number as the first part of a word), `{counted}` (the whole
number with its unit), and forms of the unit: `{one}`, `{many}`, `{some}` (one or many, depending on the fraction) and
`{of}` (the form after a fraction). A template may be a table by gender. `half` and `other` are for a fraction alone,
`whole_half` and `whole_other` for one after a whole number. Without `whole_half`, the language says halves like
decimals.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from audiogen.narration.languages.european.forms import Form, Noun, Number, noun_of
from audiogen.narration.languages.european.parts import spread, stop_after
from audiogen.narration.patterns import VULGAR, choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from audiogen.narration.languages.european.language import Language

#: Minimum length, in letters, of a unit's full name that these rules match.
_SHORTEST = 3


def _nouns(language: Language) -> dict[str, Noun]:
    """Return the nouns that a fraction may precede, by written form.

    They are the units, abbreviated and in full, and the nouns of the table `part_of`.
    """
    short = {form: noun_of(text) for form, text in spread(language.numbers["units"]).items() if form[-1:].isalpha()}
    short |= {form: noun_of(text) for form, text in spread(language.numbers["units"]).items() if form[-1:] == "."}
    full = {
        form: noun
        for noun in short.values()
        for form in noun.forms
        if form.isalpha() and len(form) >= _SHORTEST and form not in short
    }
    special = {form: noun_of(text) for form, text in spread(language.numbers["part_of"]["nouns"]).items()}
    return {**full, **short, **special}


def _template(table: dict[str, Any], key: str, noun: Noun) -> str:
    """Return the template *key* of the table `part_of` for the gender of *noun*."""
    found = table[key]
    spoken: str = found if isinstance(found, str) else found.get(noun.gender, found["m"])
    return spoken


def _filled(language: Language, template: str, part: str, noun: Noun, whole: int) -> str:
    """Fill in the template of a fraction with *part*, *whole* and the forms of *noun*."""
    table = language.numbers["part_of"]
    vowels = table.get("elided_before", "")
    spoken = template.format(
        part=table["parts"].get(part) or language.numbers["fractions"][part],
        whole=language.cardinal(whole, Form(gender=noun.gender)),
        stem=language.cardinal(whole, Form(gender="n")),
        counted=language.counted(Number(whole), noun),
        one=noun.one,
        many=noun.many if len(noun.forms) < 3 else noun.forms[3],
        of=noun.forms[min(3, len(noun.forms) - 1)],
        some=noun.one if part.startswith("1/") else noun.many,
    )
    before = spoken.removesuffix(noun.one).removesuffix(" ")
    if noun.one[0] in vowels and spoken.endswith(f" {noun.one}") and before[-3:] in (" de", " di"):
        return f"{before[:-1]}'{noun.one}"
    return spoken


def part_of_unit(language: Language, match: re.Match[str], part: str, noun: Noun) -> str | None:
    """Return the fraction *part* ("1/4") of the unit *noun* in words, with the match's whole number if it has one."""
    table = language.numbers["part_of"]
    whole = int(match["whole"] or 0)
    if not whole:
        if part == "1/2" and (spoken := language.half_of(match, noun)):
            return spoken
        return _filled(language, _template(table, "half" if part == "1/2" else "other", noun), part, noun, 0)
    if part != "1/2":
        return _filled(language, _template(table, "whole_other", noun), part, noun, whole)
    if "whole_half" not in table or (whole == 1 and "one_and_half" in language.numbers):
        return language.counted(Number(whole, "5"), noun, Form(gender=noun.gender))
    return _filled(language, _template(table, "whole_half", noun), part, noun, whole)


def _say(nouns: dict[str, Noun]) -> Callable[[Language, re.Match[str]], str | None]:
    """Return the callback for fractions of a unit; *nouns* are the units by written form."""

    def say(language: Language, match: re.Match[str]) -> str | None:
        sign = match["sign"]
        part = "{}/{}".format(*VULGAR[sign]) if sign else f"{match['numerator']}/{match['denominator']}"
        if part not in language.numbers["fractions"]:
            return None
        spoken = part_of_unit(language, match, part, nouns[match["unit"]])
        return spoken + stop_after(match, language.openers) if spoken else None

    return say


def parts_of_units(language: Language) -> Iterator[Rule]:
    """Yield the rule for fractions of a unit; those with "of", as "1/2 de litre", belong to the rules for fractions."""
    nouns = _nouns(language)
    signs = "".join(sign for sign, part in VULGAR.items() if "{}/{}".format(*part) in language.numbers["fractions"])
    whole = rf"(?:(?P<whole>\d{{1,3}})(?:[ ](?=\d/)|[ ]?(?=[{signs}])))?"
    part = rf"(?:(?P<numerator>\d)[/⁄](?P<denominator>[2-9]|10)|(?P<sign>[{signs}]))"
    pattern = rf"{whole}{part}[ -]?(?P<unit>{choice(nouns)}){language.after_unit}"
    # After the figures of its trigger: a slash, a sign of a fraction, a space before either.
    yield Rule("part of a unit", [DIGIT, *signs], pattern, partial(_say(nouns), language), "/ o x _0 _o")
