"""What the words around a number tell: the case its preposition asks for, the case and gender its noun shows."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import word_before, words_after
from audiogen.narration.patterns import search_before


class Governing(Language):
    """A language whose prepositions govern cases; its table is `grammar` of its numbers."""

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
        """Return the case a preposition asks for; "n" for any other word."""
        case = self.prepositions.get(word, "n")
        return "g" if case == "gi" else case

    def form_of_word(self, match: re.Match[str], forms: list[str]) -> str:
        """Choose from nominative, genitive, dative, instrumental and locative what the preposition asks for."""
        before, after = word_before(match), words_after(match)
        case = self.prepositions.get(before, "n")
        if case == "gi":
            instrumental = bool(after) and after[0].endswith(tuple(self._grammar["instrumental_endings"].split()))
            case = "i" if instrumental or search_before(match, self._instrumental) else "g"
        if case == "?":
            case = self._grammar["word_cases"].get(before, "l")
        return forms["ngdil".index(case)] if case in "ngdil" else forms[0]

    @cached_property
    def _instrumental(self) -> re.Pattern[str]:
        """Words after which "with" is meant: "zgodnie z", "згідно з"."""
        return re.compile(rf"(?i:{self._grammar['with']})\s+\w+\s+\Z")

    def context(self, match: re.Match[str], number: int) -> Form:
        """Read the case off the preposition before and the ending after, the gender off the noun."""
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
        # An adjective's ending tells as much: "с 1 российской ракетой".
        noun = noun or next((word.lower() for word in words_after(match)[:1] if word not in self._not_nouns), "")
        if not self.plural(number):
            return self.singular(case, noun)
        if case in "?na":
            case = ending or ("g" if self._in_genitive(before, noun, number) else case)
        if case == "gi":
            case = "i" if ending == "i" else "g"
        return Form("a" if case == "?" else case, self.gender_of(noun, number) if noun else "")

    def singular(self, case: str, noun: str) -> Form:
        """Read case and gender off the ending of the noun after one; its preposition leaves a choice of cases."""
        cases = {"n": "na", "a": "na", "?": "al"}.get(case, case)
        found = (Form(*key.split()) for key, pattern in self._singular if key[0] in cases and pattern.search(noun))
        return next(found, Form({"?": "a", "gi": "g"}.get(case, case), "m" if noun else ""))

    def _in_genitive(self, before: str, noun: str, number: int) -> bool:
        """Return whether a number follows its noun into the genitive.

        Two to four people are counted so where somebody does something to them ("задержали 3 мужчин"), and any number
        after those who belong to what is counted ("лидеры 27 стран").
        """
        if noun in self.counted_together:
            return False
        if self.plural(number) == 1:
            return re.search(self._grammar["genitive_plural"], noun) is not None
        return bool(noun) and before in self._belonging and noun not in self._grammar["times"].split()

    @cached_property
    def counted_together(self) -> frozenset[str]:
        """Nouns in the genitive plural whose two to seven are counted together: "двое погибших"."""
        return words(self._grammar.get("counted_together", ""))

    @cached_property
    def _belonging(self) -> frozenset[str]:
        return words(self._grammar["belonging"])

    @cached_property
    def _singular(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(key, re.compile(pattern)) for key, pattern in self.numbers["singular"].items()]

    def noun_after(self, match: re.Match[str]) -> tuple[str, str]:
        """Find the noun after a number, adjectives skipped, and the case its ending tells, if it does."""
        for word in words_after(match):
            word = word.lower()
            for case, pattern in self._endings:
                if pattern.search(word):
                    return word, case
            if word in self.known_nouns or not self._adjective.search(word):
                return ("", "") if word in self._not_nouns else (word, "")
        return "", ""

    @cached_property
    def _endings(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(case, re.compile(pattern)) for case, pattern in self.numbers["endings"].items()]

    @cached_property
    def _adjective(self) -> re.Pattern[str]:
        return re.compile(self._grammar["adjective"])

    @cached_property
    def known_nouns(self) -> frozenset[str]:
        """Nouns that end like adjectives."""
        return frozenset()

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        return words(self._grammar["not_nouns"])

    def plural(self, number: int) -> int:
        """Return which form of a noun follows: 0 one, 1 few, 2 many."""
        if number % 10 == 1 and number % 100 != 11:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun from its form after two."""
        return ""
