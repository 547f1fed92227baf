"""Grammar of the Romance languages: gender by the noun's ending, numerals of rulers and centuries, ordinals."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number, noun_of
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import after_numerals, before_numerals, first_words, words_after
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import choice, search_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Minimum length, in letters, of a noun after "1/2"; shorter words are prepositions and abbreviations.
_SHORTEST_NOUN = 4
#: Figures of a thousand after its first.
_ZEROS = 3
#: What "k" is said as; nouns follow it without "of", as they do any numeral.
_THOUSANDS = ("mille", "mila", "mil")


class Romance(Language):
    """A Romance language; the table `gender` of its words tells the gender of nouns.

    `gender` holds `feminine_endings`, the exceptions `masculine` and `feminine`, and `not_nouns`: words that may follow
    a number without being counted.
    """

    @cached_property
    def _feminine_endings(self) -> tuple[str, ...]:
        """Endings of feminine nouns."""
        return tuple(self.words["gender"]["feminine_endings"].split())

    @cached_property
    def _masculine(self) -> frozenset[str]:
        """Masculine nouns with a feminine ending."""
        return words(self.words["gender"]["masculine"])

    @cached_property
    def _feminine(self) -> frozenset[str]:
        """Feminine nouns without a feminine ending."""
        return words(self.words["gender"]["feminine"])

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        """Words that may follow a number without being counted."""
        return words(self.words["gender"]["not_nouns"])

    def gender_of(self, noun: str) -> str:
        """Return the gender of a noun, "m" or "f", by list and ending; "" for a word that is not counted."""
        noun = noun.lower()
        if noun in self._not_nouns or "'" in noun:
            return ""
        if noun in self._feminine:
            return "f"
        return "f" if noun not in self._masculine and noun.endswith(self._feminine_endings) else "m"

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number, with the gender of the noun after it."""
        after = words_after(match)
        # "Mil" is no noun: "duas mil pessoas".
        noun = next((word for word in after if word != "mil"), "")
        return Form(gender=self.gender_of(noun) if noun and not self.labelled(match) else "")

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Return a fraction in words; "1/2" agrees with the noun after it: "medio litro", "mezza tazza"."""
        behind = self._half_after(match) if written == "1/2" and not match["whole"] else None
        if behind:
            return behind
        after = words_after(match)
        gender = self.gender_of(after[0]) if after and len(after[0]) >= _SHORTEST_NOUN else ""
        if written != "1/2" or match["whole"] or not gender or not match.string.startswith(" ", match.end()):
            return super().fraction(match, written)
        half: str = self.numbers["half"][gender]
        return half

    def _half_after(self, match: re.Match[str]) -> str | None:
        """Return "1/2" after a counted noun in words, in the noun's gender ("2 horas y 1/2", "2 heures 1/2").

        Otherwise None.
        """
        found = search_before(match, self._counted_before)
        if not found:
            return None
        noun = "heures" if found["noun"] == "h" else found["noun"]
        halves: dict[str, str] = self.numbers["half_behind"]
        spoken = halves.get(self.gender_of(noun))
        return f"{halves['and']} {spoken}" if spoken and not found["and"] else spoken

    @cached_property
    def _counted_before(self) -> re.Pattern[str]:
        """The pattern of a counted noun before a half."""
        conjunction = rf"(?:(?P<and>{self.numbers['half_behind']['and']})\s+)"
        # French alone leaves the conjunction out.
        return re.compile(rf"\d\s(?P<noun>\w+)\s+{conjunction}{'?' if self.tag == 'fr' else ''}\Z")

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words, in the gender of *form*."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        return self.in_gender(self.num2words(number), form.gender)

    def in_gender(self, spoken: str, gender: str) -> str:
        """Return the number words *spoken* in the gender of the noun that they count."""
        return spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words; the feminine changes the final -o of each word to -a."""
        spoken = self.num2words(number, to="ordinal")
        return re.sub(r"o\b", "a", spoken) if form.gender == "f" else spoken

    def many_of(self, magnitude: str, noun: Noun) -> str:
        """Join a magnitude and the noun that it counts with "of"."""
        of: str = self.numbers["of"]
        if not magnitude.endswith(self._of_what):  # "500 k€"
            return f"{magnitude} {noun.many}"
        if of == "de" and self.tag == "fr" and noun.many[0] in "aeiouyéh":
            return f"{magnitude} d'{noun.many}"
        return f"{magnitude} {of} {noun.many}"

    @cached_property
    def _of_what(self) -> tuple[str, ...]:
        """Magnitudes that are nouns, and have "of" between them and what is counted: all but thousands."""
        nouns = (noun_of(text) for text in self.numbers["magnitudes"].values())
        return tuple(form for noun in nouns if noun.many not in _THOUSANDS for form in noun.forms)

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words; "k" is one number with its own: "1,5 k€" is "mille cinq cents"."""
        if noun.many not in _THOUSANDS or len(number.decimals) > _ZEROS:
            return super().counted(number, noun, form)
        if noun.many == "mil" and not number.decimals and number.whole > 1:
            # What is before "mil" has the gender of the noun: "treinta y una mil casas".
            return f"{self.cardinal(number.whole, Form(form.case, form.gender or 'm'))} {noun.many}"
        return self.cardinal(int(f"{number.whole}{number.decimals:0<{_ZEROS}}"), form)

    def is_one(self, number: Number) -> bool:
        """Return whether a noun after this number is in the singular; in French and Portuguese it is so below two."""
        if number.decimals:
            return number.whole < 2 and bool(self.numbers.get("singular_below_two"))
        return number.whole == 1

    # Roman numerals

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return a Roman numeral of a ruler, a century or another noun of the table `numbered` in words.

        Otherwise None.
        """
        numeral, before, noun = match["numeral"], before_numerals(match), after_numerals(match).lower()
        gender: str | None = self.words["numbered"].get(noun)
        if gender:
            return self.ordinal_for_noun(value, Form(gender=gender), before_noun=True)
        if before.lower() in self.words["numbered"]:
            return self.numbered(value, self.words["numbered"][before.lower()])
        if not before[:1].isupper() or before.isupper() or before.lower() in self._not_nouns:
            return None
        if len(numeral) == 1 and before not in self._rulers:
            return None
        return self.ruler(value, "f" if before in self._queens else "m")

    @cached_property
    def _rulers(self) -> frozenset[str]:
        """Names that may have a ruler's numeral of one letter after them."""
        return words(self.words["rulers"]) | self._queens

    @cached_property
    def _queens(self) -> frozenset[str]:
        """The feminine names among the rulers."""
        return words(self.words["queens"])

    def ordinal_for_noun(self, value: int, form: Form, *, before_noun: bool) -> str:
        """Return an ordinal in words, in the form that it has before its noun if *before_noun*."""
        return self.ordinal(value, form)

    def numbered(self, value: int, gender: str) -> str:
        """Return the number after "century" or "chapter" in words: masculine ones up to ten are ordinals."""
        return self.ordinal(value, Form(gender=gender)) if value <= 10 and gender == "m" else self.cardinal(value)

    def ruler(self, value: int, gender: str) -> str:
        """Return a ruler's number in words: an ordinal up to ten."""
        return self.ordinal(value, Form(gender=gender)) if value <= 10 else self.cardinal(value)


def _ordinal(language: Romance, match: re.Match[str]) -> str | None:
    """Return "1.º", "2ª", "3º" and, before a noun, "3°" as ordinals; None if "3°" has no noun after it."""
    mark = match["mark"]
    after = words_after(match)
    gender = language.gender_of(after[0]) if after else ""
    if mark == "°" and not gender:
        return None
    form = Form(gender="f" if mark in "ªa" else "m")
    if mark == "°":
        form = Form(gender=gender)
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    return language.ordinal_for_noun(value, form, before_noun=bool(gender)) if value else None


def _short_year(language: Romance, match: re.Match[str]) -> str:
    """Return a two-digit year after an apostrophe in words."""
    return language.cardinal(int(match["digits"]))


def _century(language: Romance, match: re.Match[str]) -> str | None:
    """Return "séc. XX" and "sécs. XIX e XX" in words."""
    numerals = re.sub(r"[IVX]+", lambda found: language.numbered(roman_value(found[0]), "m"), match["numerals"])
    return f"{language.words['century'][match['form']]} {numerals}"


def special_rules(language: Romance) -> Iterator[Rule]:
    """Yield the rules of the Romance languages, which are tried before the shared ones."""
    short = language.words.get("century", {})
    if short:
        century = rf"(?P<form>{choice(short)})[ ](?P<numerals>[IVX]+(?:[ ](?:e|y)[ ][IVX]+)?)(?!\w)"
        yield Rule("century", first_words(short), century, partial(_century, language))
    yield Rule("short year", ["'"], r"'(?P<digits>\d\d)(?!\d|\w)", partial(_short_year, language))
    yield Rule(
        "degree or ordinal", [DIGIT], r"(?P<number>\d{1,3})(?P<mark>°)(?=[ ][^\W\d_])", partial(_ordinal, language)
    )


def ordinal_rules(language: Romance) -> Iterator[Rule]:
    """Yield the rule for ordinals in figures."""
    yield Rule(
        "ordinal", [DIGIT, WORD], r"(?P<number>\d{1,4}|[IVX]+)\.?(?P<mark>[ºª]|er)(?!\w)", partial(_ordinal, language)
    )
