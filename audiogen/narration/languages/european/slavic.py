"""Grammar of the Slavic languages: nouns after numbers, cases by the context, years as ordinals."""

from __future__ import annotations

import re
from functools import cached_property

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number
from audiogen.narration.languages.european.government import CaseGovernment
from audiogen.narration.languages.european.parts import (
    after_numerals,
    name_before,
    stop_after,
    word_before,
    words_after,
)

#: Cases in the order of the tables of endings.
CASES = "ngdail"


class Slavic(CaseGovernment):
    """A Slavic language; the table `grammar` of its numbers holds its cases and genders."""

    #: Changes of a genitive that becomes the first part of a word: pattern and replacement.
    prefix_changes: tuple[tuple[str, str], ...] = ()

    # Agreement

    def noun_form(self, noun: Noun, number: int, case: str) -> str | None:
        """Return the form of a noun after *number* in *case*; None if the data has no such form."""
        form = self.plural(number)
        if case == "a" and form == 0:
            return self.accusative(noun)
        if case in "na":
            return noun.forms[form]
        if case == "g":
            return noun.forms[3] if form == 0 else noun.many
        return self.oblique(noun, case) if form else None

    def oblique(self, noun: Noun, case: str) -> str | None:
        """Return the plural of a noun in the dative, instrumental or locative; None if its endings are unknown."""
        if len(noun.forms) > 4:
            return noun.forms[4 + "dil".index(case)]
        first, _, rest = noun.forms[1].partition(" ")
        if first == noun.forms[2].partition(" ")[0] == noun.forms[0].partition(" ")[0]:
            return noun.forms[0]
        if rest and not rest.startswith(tuple(self._grammar["noun_tails"].split())):
            return None
        stem, last = first[:-1], first[-1]
        soft = last in self._grammar["soft_vowels"] and not stem.endswith(tuple(self._grammar["hard_stems"]))
        ending = self._grammar["soft" if soft else "hard"].split()["dil".index(case)]
        return f"{stem}{ending} {rest}".rstrip()

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words; halves by their own words: "чотири з половиною мільярди"."""
        if number.decimals:
            return self._parts_of(number, noun, form)
        counted = self.noun_form(noun, number.whole, form.case)
        case = form.case if counted else "n"
        counted = counted or noun.forms[self.plural(number.whole)]
        return f"{self.cardinal(number.whole, Form(case, noun.gender))} {counted}"

    def _parts_of(self, number: Number, noun: Noun, form: Form) -> str:
        """Return a decimal number and its noun in words; halves by their own words."""
        table = self._grammar
        case = "g" if form.case == "g" else "n"
        halves = self.halves(number, Form(case, noun.gender))
        if not halves:
            return f"{self.decimal(number, form)} {noun.forms[3]}"
        if number.whole == 1:
            return f"{halves} {noun.many if case == 'g' and 'one_and_half_g' in table else self.half_noun(noun)}"
        counted = noun.many if case == "g" else noun.forms[self.plural(number.whole)]
        return f"{halves} {noun.forms[3] if 'half' in table else counted}"

    def halves(self, number: Number, form: Form) -> str | None:
        """Return a number that ends in one half in words ("півтора", "чотири з половиною"); None for any other."""
        table = self._grammar
        if number.decimals.rstrip("0") != "5":
            return None
        if number.whole > 1:
            return f"{self.cardinal(number.whole, form)} {table['and_half']}"
        if number.whole == 1:
            of_case = table.get("one_and_half_g") if form.case == "g" else None
            return str(of_case or table["one_and_half_f" if form.gender == "f" else "one_and_half"])
        half: str | None = table.get("half")
        return half

    def quantity(self, number: Number, form: Form = PLAIN) -> str:
        """Return a number in words; before a noun, halves have their own words: "півтора року"."""
        case = "g" if form.case == "g" else "n"
        return (form.gender and self.halves(number, Form(case, form.gender))) or super().quantity(number, form)

    def one_of(self, noun: Noun) -> str:
        """Return the form of the noun after "per", the accusative: "на тонну"."""
        return self.accusative(noun)

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Return a fraction in words, in the case of its preposition: "до однієї восьмої"; None for an unlisted one."""
        if written not in self.numbers["fractions"]:
            return None
        after, half = words_after(match), self._grammar.get("half_of")
        final = any(word.lower().startswith(("фін", "фин", "fina")) for word in after[:1])
        case = self._case_of_fraction(word_before(match), final=final)
        if half and case in "na" and written == "1/2" and not match["whole"] and after and after[0].islower():
            return str(half)
        part, whole = (int(figures) for figures in written.split("/"))
        noun = self.numbers.get("part_nouns", {}).get(str(whole))
        if noun and not final and (case != "n" or whole > 2):
            forms = noun.split("|")
            spoken = forms[CASES.index(case) + (0 if part == 1 else len(CASES))]
            return spoken if whole == 2 else f"{self.cardinal(part, Form(case, 'f'))} {spoken}"
        if case in "na" and (part > 1 or not final):
            return super().fraction(match, written)
        ordinal = Form(case, "f") if part == 1 else Form(case, "p")
        return f"{self.cardinal(part, Form(case, 'f'))} {self.ordinal(whole, ordinal)}"

    def _case_of_fraction(self, before: str, *, final: bool) -> str:
        """Return the case of a fraction after a word; that of a final is the place a match leads to: "в 1/4 финала"."""
        case = self.prepositions.get(before, "n")
        if final and case == "?":
            return "a"
        cases: dict[str, str] = self._grammar["fraction_cases"]
        return cases.get(before, {"?": "l", "gi": "g"}.get(case, case))

    def half_noun(self, noun: Noun) -> str:
        """Return the form of the noun after "one and a half": the genitive singular."""
        return noun.forms[3]

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Return a decimal number in words: tenths to thousandths by name, longer decimals digit by digit."""
        decimals = number.decimals.rstrip("0") or "0"
        if len(decimals) > 3:
            return f"{self.cardinal(number.whole)} {self.numbers['comma']} {self.digits(number.decimals)}"
        if not int(decimals):
            return self.cardinal(number.whole, form)
        case = "g" if form.case == "g" else "n"
        names = self._grammar["parts_g" if case == "g" else "parts"][len(decimals) - 1].split("|")
        name = names[min(self.plural(int(decimals)), len(names) - 1)]
        return self.join_parts(number.whole, f"{self.cardinal(int(decimals), Form(case, 'f'))} {name}", case)

    def join_parts(self, number: int, parts: str, case: str) -> str:
        """Join the whole number and the words of its decimals: "дві цілих і п'ять десятих"."""
        one, many = self._grammar["whole_g" if case == "g" else "whole"].split("|")
        return f"{self.cardinal(number, Form(case, 'f'))} {one if self.plural(number) == 0 else many} {parts}"

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words, in its case and gender; groups of people by collectives: "двоє"."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        if form.gender == "c" and self._together:
            if form.case in "na" and str(number) in self._together:
                return self._together[str(number)]
            form = Form(form.case, "m")
        return self.inflected(number, form)

    @cached_property
    def _together(self) -> dict[str, str]:
        """The collective numerals by number."""
        table: dict[str, str] = self.numbers.get("together", {})
        return table

    def inflected(self, number: int, form: Form) -> str:
        """Return a number in words in a case and gender; each language implements it."""
        raise NotImplementedError(self.tag)

    def accusative(self, noun: Noun) -> str:
        """Return the accusative singular of a noun; feminine nouns in -a have their own."""
        first, _, rest = noun.forms[0].partition(" ")
        endings = self._grammar["accusative"].split()
        changes = dict(zip(endings[::2], endings[1::2], strict=True))
        if noun.gender == "f" and first[-1] in changes:
            first = first[:-1] + changes[first[-1]]
        return f"{first} {rest}".rstrip()

    # Ranges

    def range_form(self, form: Form) -> Form:
        """Return the form of the ends of a range: the genitive where no preposition governs them."""
        return Form("g", form.gender) if form.case == "n" else form

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Return a range in words: "від п'яти до семи"; in another case than the nominative "п'яти-семи"."""
        if form.case != "n":
            return f"{first}-{last}"
        return f"{self._grammar['from']} {first} {self._grammar['to']} {last}"

    # Dates

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words: in the genitive; after "на" and "по" in the accusative."""
        known = word_before(match) in self._grammar["day_object"].split()
        return self.ordinal(day, Form("a" if known else "g", self._grammar["day_gender"]))

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words ("шостого-восьмого"); a preposition between them governs the second."""
        gender = self._grammar["day_gender"]
        spoken = self.ordinal(first, Form("g", gender))
        preposition = match["preposition"] if "preposition" in match.re.groupindex else None
        if not preposition:
            return f"{spoken}-{self.ordinal(last, Form('g', gender))}"
        case = "a" if preposition in self._grammar["day_object"].split() else "g"
        return f"{spoken} {preposition} {self.ordinal(last, Form(case, gender))}"

    def date_of(self, match: re.Match[str], days: str, month: int, year: int | None) -> str:
        """Return a date in words, its year as an ordinal in the genitive; the word for year is included if written."""
        spoken = f"{days} {self.month_names[month - 1]}"
        if year is None:
            return spoken
        spoken = f"{spoken} {self.year(year, Form('g', 'm'))}"
        word = match["yearword"]
        if not word:
            return spoken
        return f"{spoken} {self.calendar['year_forms']['g']}{stop_after(match, self.openers)}"

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], hour_word: str) -> str | None:
        """Return a range of times in words: "з дев'ятої до вісімнадцятої"."""
        start, *others = self._grammar["hours_from"].split()
        lead = "" if word_before(match) in (start, *others) else f"{start} "
        return f"{lead}{self.hour_from(*first)} {self.numbers['to']} {self.hour_from(*last)}"

    def hour_from(self, hour: int, minute: int) -> str:
        """Return the time at which something begins or ends in words, in the genitive; each language implements it."""
        raise NotImplementedError(self.tag)

    def prefix_form(self, number: int) -> str | None:
        """Return a number as the first part of a word: "десятирічний", "двадцятип'ятирічний"; None above 1000."""
        if not 0 < number < 1000:
            return str(self._grammar["thousand"]) if number == 1000 else None
        spoken = self.inflected(number, Form("g")).replace(" ", "")
        for genitive, joined in self.prefix_changes:
            spoken = re.sub(genitive, joined, spoken)
        return spoken

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words, an ordinal: "дві тисячі двадцять четвертий"."""
        return self.ordinal(number, Form(form.case, "m"))

    def year_form(self, match: re.Match[str], written: str) -> Form | None:
        """Return the form of a year by the written word for year; if that is abbreviated, by the preposition."""
        case: str | None = self.calendar["year_words"].get(written)
        before = word_before(match)
        if case == "ld":
            return Form("d" if self.governed(before) == "d" else "l", "m")
        if case != "?":
            return Form(case, "m") if case else None
        return Form("l" if before in self.calendar["in_year"].split() else "g", "m")

    # Roman numerals

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return the number of a century, a war or a ruler in words; otherwise None."""
        behind, before = after_numerals(match).lower(), name_before(match)
        table: dict[str, str] = self.words["numbered"]
        if behind in table:
            form = self.form_of(match, table[behind])
            # Each of "XIX та XX століть" is one.
            return self.ordinal(value, Form(form.case, self.calendar["century_gender"]) if form.gender == "p" else form)
        if before.lower() in table:
            return self.ordinal(value, self.form_of(match, table[before.lower()]))
        if before[:1].isupper() and not before.isupper():
            ruler = self.ruler(before) or (self.declined_name(before) if len(match["numeral"]) > 1 else None)
            return self.ordinal(value, ruler).capitalize() if ruler else None
        if len(match["numeral"]) > 1 and len(behind) > 3 and (not before or before.lower() in self.prepositions):
            return self.ordinal(value, self.singular(self.prepositions.get(before.lower(), "n"), behind))
        return None

    def form_of(self, match: re.Match[str], text: str) -> Form:
        """Return the form that *text* from a table describes, such as "n n" (case and gender).

        Of two possible cases ("g/l m") the preposition before *match* selects one; if it selects neither, the first.
        """
        cases, gender = text.split()
        case = self.governed(word_before(match))
        if len(cases) == 1:
            return Form(cases, gender)
        if case == "?" and "l" in cases:
            case = "l"
        return Form(case if case in cases else cases[0], gender)

    def ruler(self, name: str) -> Form | None:
        """Return the gender and case of a ruler's name by its ending; None if it is not a ruler's name."""
        for gender in "mf":
            for ending, case in self.words["rulers"][f"endings_{gender}"].items():
                stem = name.removesuffix(ending)
                if name.endswith(ending) and stem in self._rulers[gender]:
                    return Form(case, gender)
        return None

    def declined_name(self, name: str) -> Form | None:
        """Return the case of an unlisted name by its ending, as that of a man; None for a foreign word."""
        if not re.search(self.words["rulers"]["letters"], name):
            return None
        endings: dict[str, str] = self.words["rulers"]["endings_m"]
        ending = max((ending for ending in endings if name.endswith(ending)), key=len)
        return Form(endings[ending], "m")

    @cached_property
    def _rulers(self) -> dict[str, frozenset[str]]:
        """The stems of rulers' names by gender, "m" and "f"."""
        return {gender: words(self.words["rulers"][gender]) for gender in "mf"}
