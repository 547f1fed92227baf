"""What the Slavic languages share: agreement with numbers, cases read off the words around them, ordinal years."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from audiogen.narration.continental.forms import LONGEST, PLAIN, Form, Noun, Number
from audiogen.narration.continental.language import Language
from audiogen.narration.continental.parts import name_before, stop_after, word_before, words_after
from audiogen.narration.data import words

#: Cases in the order of the tables of endings.
CASES = "ngdail"


class Slavic(Language):
    """A Slavic language; its cases and genders are in the table `grammar` of its numbers."""

    # Agreement

    def plural(self, number: int) -> int:
        """Tell which form of a noun follows: 0 one, 1 few, 2 many."""
        if number % 10 == 1 and number % 100 != 11:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2

    def noun_form(self, noun: Noun, number: int, case: str) -> str | None:
        """Give the form of a noun behind its number; None where the data has none for the case."""
        form = self.plural(number)
        if case == "a" and form == 0:
            return self.accusative(noun)
        if case in "na":
            return noun.forms[form]
        if case == "g":
            return noun.forms[3] if form == 0 else noun.many
        return self.oblique(noun, case) if form else None

    def oblique(self, noun: Noun, case: str) -> str | None:
        """Make the dative, instrumental or locative plural of a noun by its endings; None where it has none."""
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
        """Say a number and what it counts; halves as people say them: "чотири з половиною мільярди"."""
        if number.decimals:
            return self._parts_of(number, noun, form)
        counted = self.noun_form(noun, number.whole, form.case)
        case = form.case if counted else "n"
        counted = counted or noun.forms[self.plural(number.whole)]
        return f"{self.cardinal(number.whole, Form(case, noun.gender))} {counted}"

    def _parts_of(self, number: Number, noun: Noun, form: Form) -> str:
        table = self._grammar
        case = "g" if form.case == "g" else "n"
        if number.decimals.rstrip("0") == "5":
            if number.whole == 0 and "half" in table:
                return f"{table['half']} {self.half_noun(noun)}"
            if number.whole == 1:
                return f"{table['one_and_half_f' if noun.gender == 'f' else 'one_and_half']} {self.half_noun(noun)}"
            if number.whole > 1:
                whole = self.cardinal(number.whole, Form(case, noun.gender))
                counted = noun.many if case == "g" else noun.forms[self.plural(number.whole)]
                return f"{whole} {table['and_half']} {noun.forms[3] if 'half' in table else counted}"
        return f"{self.decimal(number, form)} {noun.forms[3]}"

    def half_noun(self, noun: Noun) -> str:
        """The form behind "one and a half": the genitive singular."""
        return noun.forms[3]

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Say tenths, hundredths and thousandths by their names; longer tails by figures."""
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
        """Join the whole and its parts: "дві цілих і п'ять десятих"."""
        one, many = self._grammar["whole_g" if case == "g" else "whole"].split("|")
        return f"{self.cardinal(number, Form(case, 'f'))} {one if self.plural(number) == 0 else many} {parts}"

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Say how many, in its case and gender."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        return self.inflected(number, form)

    def inflected(self, number: int, form: Form) -> str:
        """Say a number the library knows, in a case and gender."""
        raise NotImplementedError(self.tag)

    @property
    def _grammar(self) -> dict[str, Any]:
        table: dict[str, Any] = self.numbers["grammar"]
        return table

    # What the words around a number tell

    @cached_property
    def prepositions(self) -> dict[str, str]:
        """The case each preposition asks for: "?" may be any, "gi" the genitive unless an instrumental is in sight."""
        return {word: case for case, forms in self.numbers["prepositions"].items() for word in forms.split()}

    def governed(self, word: str) -> str:
        """Tell the case a preposition asks for; "n" for any other word."""
        case = self.prepositions.get(word, "n")
        return "g" if case == "gi" else case

    def form_of_word(self, match: re.Match[str], forms: list[str]) -> str:
        """Choose from nominative, genitive, dative, instrumental and locative what the preposition asks for."""
        before, after = word_before(match), words_after(match)
        case = self.prepositions.get(before, "n")
        if case == "gi":
            told = bool(after) and after[0].endswith(tuple(self._grammar["instrumental_endings"].split()))
            case = (
                "i"
                if told or self._instrumental.search(match.string, max(0, match.start() - 30), match.start())
                else "g"
            )
        if case == "?":
            case = self._grammar["word_cases"].get(before, "l")
        return forms["ngdil".index(case)] if case in "ngdil" else forms[0]

    @cached_property
    def _instrumental(self) -> re.Pattern[str]:
        """Words behind which "with" is meant: "zgodnie z", "згідно з"."""
        return re.compile(rf"(?i:{self._grammar['with']})\s+\w+\s+\Z")

    def context(self, match: re.Match[str], number: int) -> Form:
        """Read the case off the preposition before and the ending behind, the gender off the noun."""
        if self.labelled(match):
            return PLAIN
        before, groups = word_before(match), set(match.re.groupindex)
        case = self.prepositions.get(before, "n")
        if {"first", "last"} <= groups and before in self.calendar["in_year"].split():
            return Form("l")
        if case == "n" and "until" in groups and match["until"] and self.plural(number) < 2:
            # The noun that follows may be written in the nominative: "3-4 дні".
            case = "a"
        if {"currency", "unit", "magnitude", "yearword"} & groups:
            return Form({"?": "a", "gi": "g"}.get(case, case))
        noun, ending = self.noun_after(match)
        if case in "?na" and ending:
            case = ending
        if case == "gi":
            case = "i" if ending == "i" else "g"
        if (
            case in "?na"
            and self.plural(number) == 0
            and noun.endswith(tuple(self._grammar["accusative"].split()[1::2]))
        ):
            return Form("a", "f")
        return Form("a" if case == "?" else case, self.gender_of(noun, number) if noun else "")

    def accusative(self, noun: Noun) -> str:
        """Make the accusative of one: feminine nouns in -a have their own."""
        first, _, rest = noun.forms[0].partition(" ")
        endings = self._grammar["accusative"].split()
        changes = dict(zip(endings[::2], endings[1::2], strict=True))
        if noun.gender == "f" and first[-1] in changes:
            first = first[:-1] + changes[first[-1]]
        return f"{first} {rest}".rstrip()

    def noun_after(self, match: re.Match[str]) -> tuple[str, str]:
        """Find the noun behind a number, adjectives skipped, and the case its ending tells, if it does."""
        for word in words_after(match):
            word = word.lower()
            for case, pattern in self._endings:
                if pattern.search(word):
                    return word, case
            if not self._adjective.search(word):
                return ("", "") if word in self._not_nouns else (word, "")
        return "", ""

    @cached_property
    def _endings(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(case, re.compile(pattern)) for case, pattern in self.numbers["endings"].items()]

    @cached_property
    def _adjective(self) -> re.Pattern[str]:
        return re.compile(self._grammar["adjective"])

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        return words(self._grammar["not_nouns"])

    def gender_of(self, noun: str, number: int) -> str:
        """Tell the gender of a noun from its form behind one or two."""
        return ""

    # Ranges

    def range_form(self, form: Form) -> Form:
        """Put the ends of a range in the genitive where nothing else governs them."""
        return Form("g", form.gender) if form.case == "n" else form

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Say "від п'яти до семи"; behind a preposition "п'яти-семи"."""
        if form.case != "n":
            return f"{first}-{last}"
        return f"{self._grammar['from']} {first} {self._grammar['to']} {last}"

    # Dates

    def day(self, day: int, match: re.Match[str]) -> str:
        """Say the day of a date: in the genitive, as the time of an event; behind "на" and "по" as its object."""
        known = word_before(match) in self._grammar["day_object"].split()
        return self.ordinal(day, Form("a" if known else "g", self._grammar["day_gender"]))

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Say "шостого-восьмого"; where a preposition parts them, the second as it asks."""
        gender = self._grammar["day_gender"]
        said = self.ordinal(first, Form("g", gender))
        joint = match["joint"] if "joint" in match.re.groupindex else None
        if not joint:
            return f"{said}-{self.ordinal(last, Form('g', gender))}"
        case = "a" if joint in self._grammar["day_object"].split() else "g"
        return f"{said} {joint} {self.ordinal(last, Form(case, gender))}"

    def date_of(self, match: re.Match[str], days: str, month: int, year: int | None) -> str:
        """Say a date, its year as an ordinal in the genitive; the word for year is said if it is written."""
        said = f"{days} {self.month_names[month - 1]}"
        if year is None:
            return said
        said = f"{said} {self.year(year, Form('g', 'm'))}"
        word = match["yearword"]
        if not word:
            return said
        return f"{said} {self.calendar['year_forms']['g']}{stop_after(match, self.openers)}"

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Say a year: an ordinal, "дві тисячі двадцять четвертий"."""
        return self.ordinal(number, Form(form.case, "m"))

    def year_form(self, match: re.Match[str], written: str) -> Form | None:
        """Read the case off the written word for year; an abbreviation asks the preposition."""
        case: str | None = self.calendar["year_words"].get(written)
        before = word_before(match)
        if case == "ld":
            return Form("d" if self.governed(before) == "d" else "l", "m")
        if case != "?":
            return Form(case, "m") if case else None
        return Form("l" if before in self.calendar["in_year"].split() else "g", "m")

    # Roman numerals

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Say the number of a century, a war, a ruler."""
        after, before = words_after(match), name_before(match)
        table: dict[str, str] = self.words["numbered"]
        if after and match.string[match.end() : match.end() + 1] == " " and after[0].lower() in table:
            return self.ordinal(value, self.form_of(match, table[after[0].lower()]))
        if before.lower() in table:
            return self.ordinal(value, self.form_of(match, table[before.lower()]))
        if before[:1].isupper() and not before.isupper():
            form = self.ruler(before)
            return self.ordinal(value, form).capitalize() if form else None
        return None

    def form_of(self, match: re.Match[str], text: str) -> Form:
        """Read "n n": case and gender; where two cases look alike ("g/l m") the preposition tells."""
        cases, gender = text.split()
        case = self.governed(word_before(match))
        if len(cases) == 1:
            return Form(cases, gender)
        if case == "?" and "l" in cases:
            case = "l"
        return Form(case if case in cases else cases[0], gender)

    def ruler(self, name: str) -> Form | None:
        """Read gender and case off the ending of a ruler's name."""
        for gender in "mf":
            for ending, case in self.words["rulers"][f"endings_{gender}"].items():
                stem = name.removesuffix(ending)
                if name.endswith(ending) and stem in self._rulers[gender]:
                    return Form(case, gender)
        return None

    @cached_property
    def _rulers(self) -> dict[str, frozenset[str]]:
        return {gender: words(self.words["rulers"][gender]) for gender in "mf"}
