"""Czech: years as cardinals, ordinals with a full stop, words that begin with numbers, clock times."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.european.forms import PLAIN, Form, Noun, Number
from audiogen.narration.languages.european.parts import name_before, stop_after, word_before, words_after
from audiogen.narration.languages.european.slavic import CASES, Slavic
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Endings of ordinals by gender, in the order of the cases: "pátý", and "první".
_HARD = {
    "m": "ý ého ému ý ým ém",
    "n": "é ého ému é ým ém",
    "f": "á é é ou ou é",
    "p": "é ých ým é ými ých",
    "q": "á ých ým á ými ých",
}
_SOFT = {
    "m": "í ího ímu í ím ím",
    "n": "í ího ímu í ím ím",
    "f": "í í í í í í",
    "p": "í ích ím í ími ích",
    "q": "í ích ím í ími ích",
}
#: Plural endings of nouns by the ending of their nominative and gender: dative, instrumental, locative.
_PLURALS = {
    "my": "ům y ech", "mi": "ům i ích", "me": "ům i ích", "fy": "ám ami ách", "fe": "ím emi ích", "na": "ům y ech",
}  # fmt: skip
#: Cases in the order of numerals.toml.
_DECLINED = "gdil"


class Czech(Slavic):
    """The number words, dates and clock times of Czech."""

    library = "cs"

    # Numbers

    @cached_property
    def _numerals(self) -> dict[str, dict[str, str]]:
        """The declined number words, from `numerals.toml`."""
        table: dict[str, dict[str, str]] = load_table(__file__, "numerals.toml")
        return table

    def plural(self, number: int) -> int:
        """Return the index of the noun's form after *number*: 0 one, 1 few, 2 many.

        Only two to four take "few": "dvacet dva korun".
        """
        return 0 if number == 1 else 1 if 2 <= number <= 4 else 2

    def inflected(self, number: int, form: Form) -> str:
        """Return a number in words in a case and gender."""
        spoken = self._in_words(number)
        if number == 1:
            return self._numerals["one"][form.gender or "f"].split()[CASES.index(form.case)]
        if form.gender in ("f", "n") and number == 2:
            spoken = "dvě"
        if form.case not in _DECLINED:
            return spoken
        return " ".join(self._declined(word, form.case) for word in spoken.split())

    def _in_words(self, number: int) -> str:
        """Return the words of num2words with hundreds as two words.

        Before thousands and millions "jedna" becomes "jeden".
        """
        spoken = re.sub(r"(?<=\w)(?<!\bde)(stě|sta|set)\b", r" \1", self.num2words(number))
        return re.sub(r"\bjedna(?= (?:tisíc|mili))", "jeden", spoken)

    def _declined(self, word: str, case: str) -> str:
        """Return a number word in a case (g, d, i or l)."""
        forms = self._numerals["words"].get(word)
        if forms:
            return forms.split()[_DECLINED.index(case)]
        # "Pět" to "devadesát" have one ending for every case but the nominative.
        return f"{word}i" if word.endswith("t") or word in ("sedm", "osm") else word

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Return a decimal number in words: "dvě celé sedm", the decimals as one number after their zeros."""
        if not number.decimals.strip("0"):
            return self.cardinal(number.whole, form)
        whole = self.cardinal(number.whole, Form("g" if form.case == "g" else "n", "f"))
        name = ("celé" if form.case == "g" else "celá", "celé", "celých")[self.plural(number.whole)]
        return f"{whole} {name if number.whole else 'celá'} {self.decimals(number.decimals)}"

    def halves(self, number: Number, form: Form) -> str | None:
        """Return halves before a noun in words ("dva a půl milionu"); None without a noun, where they are decimals."""
        return super().halves(number, form) if form.gender else None

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words; hundreds, tens and ones all agree in case and gender."""
        return " ".join(self._ordinal_word(word, form) for word in self._ordinal_words(number))

    def _ordinal_words(self, number: int) -> list[str]:
        """Return the words of an ordinal in the masculine nominative."""
        table = self._numerals["ordinals"]
        if number >= 1000:
            thousands, rest = divmod(number, 1000)
            lead = "tisící" if thousands == 1 else f"{self.prefix_form(thousands)}tisící"
            return [lead] if not rest else [*self._in_words(thousands * 1000).split(), *self._ordinal_words(rest)]
        hundreds, rest = divmod(number, 100)
        parts = [f"{'' if hundreds == 1 else self.prefix_form(hundreds)}stý"] if hundreds else []
        if not rest:
            return parts or [table["0"]]
        if rest < 20:
            return [*parts, table[str(rest)]]
        return [*parts, table[str(rest - rest % 10)], *([table[str(rest % 10)]] if rest % 10 else [])]

    def _ordinal_word(self, word: str, form: Form) -> str:
        """Return one word of an ordinal in the case and gender of *form*."""
        endings = _HARD if word.endswith("ý") else _SOFT if word.endswith("í") else None
        if endings is None:
            return word
        return word[:-1] + endings[form.gender or "m"].split()[CASES.index(form.case)]

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return a Roman numeral in words; None for the words "V" and "I" unless a name comes before."""
        if match["numeral"] in _WORDS and not name_before(match)[:1].isupper():
            return None
        return super().roman(match, value)

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words; it is a cardinal in every case."""
        return self.cardinal(number)

    def oblique(self, noun: Noun, case: str) -> str | None:
        """Return the plural of a noun in the dative, instrumental or locative; None if its ending is unknown."""
        first, _, rest = noun.forms[1].partition(" ")
        endings = _PLURALS.get(noun.gender + first[-1])
        if endings is None or (rest and not rest.startswith(tuple(self.numbers["grammar"]["noun_tails"].split()))):
            return None
        return f"{first[:-1]}{endings.split()['dil'.index(case)]} {rest}".rstrip()

    def prefix_form(self, number: int) -> str | None:
        """Return a number as the first part of a word, in the genitive ("dvacetiletý"); None from 10,000."""
        if not 0 < number < 10000:
            return None
        special: str | None = self._numerals["prefix_forms"].get(str(number))
        if special:
            return special
        spoken = self.inflected(number, Form("g", "m"))
        return "".join(self._numerals["prefix_changes"].get(word, word) for word in spoken.split())

    # What the words around tell

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun after two; feminine and neuter plurals both take "dvě", so both are "f"."""
        if noun in self._feminine or noun.endswith(self._feminine_endings):
            return "f"
        return "m"

    @cached_property
    def _feminine(self) -> frozenset[str]:
        """Feminine and neuter plurals that their ending does not show."""
        return words(self._numerals["nouns"]["feminine"])

    @cached_property
    def _feminine_endings(self) -> tuple[str, ...]:
        """Endings of feminine and neuter plurals."""
        return tuple(self._numerals["nouns"]["feminine_endings"].split())

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Return a range in words: "pět až sedm"."""
        return f"{first} až {last}"

    def range_form(self, form: Form) -> Form:
        """Return *form*, because the ends of a Czech range have the case of the whole."""
        return form

    def score(self, first: int, last: int) -> str:
        """Return the score of a match in words: "dva jedna"."""
        return f"{self.cardinal(first, Form(gender='m'))} {self.cardinal(last)}"

    # Dates and times

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words, in the genitive: "šestého září"."""
        return self.ordinal(day, Form("g", "m"))

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words ("šestého až osmého září"), or with the written preposition between them."""
        preposition = match["preposition"] if "preposition" in match.re.groupindex else None
        return f"{self.day(first, match)} {preposition or 'až'} {self.day(last, match)}"

    def date_of(self, match: re.Match[str], days: str, month: int, year: int | None) -> str:
        """Return a date in words."""
        spoken = f"{days} {self.month_names[month - 1]}"
        return spoken if year is None else f"{spoken} {self.year(year)}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "v osmnáct třicet", a full hour "v osmnáct hodin"."""
        return self.hour(hour, minute, "g" if self.governed(word_before(match)) == "g" else "n")

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], hour_word: str) -> str | None:
        """Return a range of times in words: "od devíti do sedmnácti hodin"; without "od" if it is written before."""
        lead = "" if word_before(match) in ("od", "z", "ze") else "od "
        start = self.hour(*first, "g") if first[1] else self.cardinal(first[0], Form("g", "f"))
        return f"{lead}{start} do {self.hour(*last, 'g')}"

    def hour(self, hour: int, minute: int | None, case: str) -> str:
        """Return a time of day in words, in the nominative or the genitive."""
        spoken = self.cardinal(hour, Form(case, "f"))
        if minute:
            return f"{spoken} {'nula ' if minute < 10 else ''}{self.cardinal(minute, Form(case, 'f'))}"
        names = ("hodiny", "hodin", "hodin") if case == "g" else ("hodina", "hodiny", "hodin")
        return f"{spoken} {names[self.plural(hour)]}"


#: Numerals of one letter that are also words ("in", "and"); they are numerals after a name or before a full stop.
_WORDS = ("I", "V")


def _ordinal_with_stop(language: Czech, match: re.Match[str]) -> str | None:
    """Return "3." in "3. místo" as an ordinal if the table or the ending shows that a noun follows; otherwise None."""
    after = words_after(match)
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not value:
        return None
    before, noun = word_before(match), after[0].lower()
    text = language.words["numbered"].get(noun)
    if text:
        cases, gender = text.split()
        case = language.governed(before)
        # After a noun, what is nominative and genitive alike is the latter: "konec 20. století".
        case = "l" if case == "?" and "l" in cases else case
        after_noun = case == "n" and "g" in cases and bool(before) and not before.endswith(_NO_NOUNS)
        return language.ordinal(value, Form("g" if after_noun else case if case in cases else cases[0], gender))
    if not after[0].islower():
        return None
    if after[0] in language.prepositions and before.endswith("la"):  # "skončila 2. v čase"
        return language.ordinal(value, Form(gender="f"))
    return language.ordinal(value, language.singular(language.prepositions.get(before, "n"), noun))


#: Endings of verbs, and function words, after which a noun is in the nominative.
_NO_NOUNS = ("l", "la", "lo", "li", "ly", "je", "byl", "a", "i", "se", "to", "jako", "už", "má", "jde")


def _ruler(language: Czech, match: re.Match[str]) -> str | None:
    """Return "IV." after a ruler's name as an ordinal in the case of the name: "Karel Čtvrtý"; otherwise None."""
    value, name = roman_value(match["numeral"]), name_before(match)
    form = language.ruler(name) if value else None
    return language.ordinal(value, form).capitalize() + stop_after(match, language.openers) if form else None


def _decade(language: Czech, match: re.Match[str]) -> str:
    """Return "80. léta", "v 80. letech" and "90. let" in words."""
    case = {"léta": "n", "letech": "l", "let": "g", "letům": "d", "lety": "i"}[match["word"]]
    return f"{language.ordinal(int(match['number']), Form(case, 'q'))} {match['word']}"


def _compound(language: Czech, match: re.Match[str]) -> str | None:
    """Return a word that begins with a number: "45letý", "5krát", "24hodinový"."""
    number, word = int(match["number"]), match["word"]
    if word.startswith(("krát", "×")):
        return language.cardinal(number, Form(gender="f" if number == 2 else "m")) + word
    stem = language.prefix_form(number)
    return f"{stem}{word}" if stem else None


def _spaced_date(language: Czech, match: re.Match[str]) -> str | None:
    """Return "24. 2. 2022" or "24. 2." as a date; None if day or month is out of range."""
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = int(match["year"]) if match["year"] else None
    spoken = language.date_of(match, language.day(day, match), month, year)
    return spoken + ("" if year else stop_after(match))


def _day_alone(language: Czech, match: re.Match[str]) -> str:
    """Return the first of two days, as in "od 6. do 8. září" and "6. a 7. září", in words."""
    return language.day(int(match["day"]), match)


#: Endings of "třetinový" by the ending of "většina".
_MAJORITY = {"a": "á", "y": "é", "ě": "é", "u": "ou", "ou": "ou"}


def _majority(language: Czech, match: re.Match[str]) -> str | None:
    """Return "2/3 většina" as an adjective: "dvoutřetinová většina"."""
    nouns: dict[str, str] = language.numbers["part_nouns"]
    noun, stem = nouns.get(match["whole"]), language.prefix_form(int(match["part"]))
    return f"{stem}{noun.split('|')[0][:-1]}ov{_MAJORITY[match['ending']]} " if noun and stem else None


def special_rules(language: Czech) -> Iterator[Rule]:
    """Yield the rules of Czech, which are tried before the shared ones."""
    year = r"(?:[ ]?(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?(?![ ]?\d)"
    spaced = rf"(?P<day>[1-9]|[12]\d|3[01])\.[ ](?P<month>[1-9]|1[0-2])\.{year}"
    yield Rule("date in figures with spaces", [DIGIT], spaced, partial(_spaced_date, language))
    century = r"(?<=\d\.[ ])(?:stol|st)\.(?!\w)"
    yield Rule("century", ["stol", "st"], century, lambda match: "století" + stop_after(match, language.openers))
    majority = r"(?P<part>[2-4])/(?P<whole>[2-9]|10)(?:[ ]|-)(?=většin(?P<ending>a|y|ě|u|ou)(?!\w))"
    yield Rule("majority", [DIGIT], majority, partial(_majority, language))
    months = choice(language.month_names)
    day = rf"(?P<day>[1-9]|[12]\d|3[01])\.(?=[ ](?:do|a|nebo|i|až|či)[ ](?:[1-9]|[12]\d|3[01])\.[ ](?:{months}|\d))"
    yield Rule("day before a day", [DIGIT], day, partial(_day_alone, language))
    decade = r"(?P<number>(?:1[5-9]|20)?[1-9]0)\.[ ](?P<word>léta|letech|let|letům|lety)(?!\w)"
    yield Rule("decade", [DIGIT], decade, partial(_decade, language))
    ruler = r"(?P<numeral>[IVX]+)\.(?!\w)"
    yield Rule("ruler", [WORD], ruler, partial(_ruler, language))
    units = choice([*language.numbers["units"], *language.numbers["currencies"]])
    compound = rf"(?P<number>\d{{1,4}})(?!(?:{units})(?!\w))(?P<word>[a-záčďéěíňóřšťúůýž]{{4,}})(?!\w)"
    yield Rule("number in a word", [DIGIT], compound, partial(_compound, language))


def ordinal_rules(language: Czech) -> Iterator[Rule]:
    """Yield the rule for ordinals with a full stop."""
    stop = r"(?P<number>\d{1,3}|[IVX]+)\.(?=[ ][^\W\d_])"
    yield Rule("ordinal with a stop", [DIGIT, WORD], stop, partial(_ordinal_with_stop, language))
