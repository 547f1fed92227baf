"""Case government: the case and gender of a number word, from the preposition before it and the noun after it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import word_before, words_after
from audiogen.narration.patterns import search_before


class CaseGovernment(Language):
    """A language with prepositions that govern cases; its rules are in the table `grammar` of its numbers.

    Cases are letters: n nominative, g genitive, d dative, a accusative, i instrumental, l locative; in the table of
    prepositions also "?" (several cases are possible) and "gi" (genitive, or instrumental if the context shows it).
    """

    @property
    def _grammar(self) -> dict[str, Any]:
        """The table `grammar` of the language's numbers."""
        table: dict[str, Any] = self.numbers["grammar"]
        return table

    @cached_property
    def prepositions(self) -> dict[str, str]:
        """The case that each preposition governs."""
        return {word: case for case, forms in self.numbers["prepositions"].items() for word in forms.split()}

    def governed(self, word: str) -> str:
        """Return the case that a preposition governs; "n" for any other word."""
        case = self.prepositions.get(word, "n")
        return "g" if case == "gi" else case

    def form_of_word(self, match: re.Match[str], forms: list[str]) -> str:
        """Return the one of *forms* in the case that the preposition before the match governs.

        *forms* are in the order n, g, d, i, l.
        """
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
        """The pattern of phrases after which the preposition means "with": "zgodnie z", "згідно з"."""
        return re.compile(rf"(?i:{self._grammar['with']})\s+\w+\s+\Z")

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number in its context.

        The preposition and the noun's ending show the case, the noun shows the gender. A number that only labels
        something ("№ 2") is not inflected. A range of years after "in" is in the locative. Before a unit, a currency or
        a magnitude only the preposition decides, as the caller inflects the noun.
        """
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
        """Return the form of the number one before *noun*, by the noun's ending; *case* limits the possible cases."""
        cases = {"n": "na", "a": "na", "?": "al"}.get(case, case)
        found = (Form(*key.split()) for key, pattern in self._singular if key[0] in cases and pattern.search(noun))
        return next(found, Form({"?": "a", "gi": "g"}.get(case, case), "m" if noun else ""))

    def _in_genitive(self, before: str, noun: str, number: int) -> bool:
        """Return whether a number is in the genitive, like its noun.

        This is so if two to four people are an object ("задержали 3 мужчин"), or if the number and its noun are an
        attribute of the noun before them ("лидеры 27 стран").
        """
        if noun in self.counted_together:
            return False
        if self.plural(number) == 1:
            return re.search(self._grammar["genitive_plural"], noun) is not None
        return bool(noun) and before in self._belonging and noun not in self._grammar["times"].split()

    @cached_property
    def counted_together(self) -> frozenset[str]:
        """Nouns in the genitive plural that take collective numerals from two to seven: "двое погибших"."""
        return words(self._grammar.get("counted_together", ""))

    @cached_property
    def _belonging(self) -> frozenset[str]:
        """Nouns after which a number and its noun are an attribute in the genitive."""
        return words(self._grammar["belonging"])

    @cached_property
    def _singular(self) -> list[tuple[str, re.Pattern[str]]]:
        """Forms of the number one ("case gender"), each with the pattern of the noun endings that show it."""
        return [(key, re.compile(pattern)) for key, pattern in self.numbers["singular"].items()]

    def noun_after(self, match: re.Match[str]) -> tuple[str, str]:
        """Return the noun after a number, skipping adjectives, and the case that its ending shows ("" if none)."""
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
        """Cases, each with the pattern of the noun endings that show it."""
        return [(case, re.compile(pattern)) for case, pattern in self.numbers["endings"].items()]

    @cached_property
    def _adjective(self) -> re.Pattern[str]:
        """The pattern of adjectives."""
        return re.compile(self._grammar["adjective"])

    @cached_property
    def known_nouns(self) -> frozenset[str]:
        """Nouns that have the endings of adjectives; empty unless a language lists some."""
        return frozenset()

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        """Words that may follow a number but are not nouns."""
        return words(self._grammar["not_nouns"])

    def plural(self, number: int) -> int:
        """Return the index of the noun's form after *number*: 0 one, 1 few, 2 many."""
        if number % 10 == 1 and number % 100 != 11:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun by the form that it has after two.

        "" if the language does not tell genders apart there.
        """
        return ""
