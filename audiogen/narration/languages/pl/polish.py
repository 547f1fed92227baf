"""Polish: masculine personal numerals, declined number words, ordinals with a full stop, clock times."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.parts import TO, stop_after, word_before, words_after
from audiogen.narration.languages.european.slavic import CASES, Slavic
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Endings of ordinals by gender, in the order of the cases: after a hard stem, and after the k and g of "drugi".
_HARD = {
    "m": "y ego emu y ym ym",
    "n": "e ego emu e ym ym",
    "f": "a ej ej ą ą ej",
    "p": "e ych ym e ymi ych",
}
_SOFT = {
    "m": "i iego iemu i im im",
    "n": "ie iego iemu ie im im",
    "f": "{a} iej iej {ą} {ą} iej",
    "p": "ie ich im ie imi ich",
}
_SCALES = (
    *("tysiąc", "tysiące", "tysięcy", "milion", "miliony", "milionów"),
    *("miliard", "miliardy", "miliardów", "bilion", "biliony", "bilionów"),
)
#: Two to ten children: "dwoje dzieci".
_CHILDREN = {2: "dwoje", 3: "troje", 4: "czworo", 5: "pięcioro", 6: "sześcioro", 7: "siedmioro", 8: "ośmioro"}
_CHILDREN |= {9: "dziewięcioro", 10: "dziesięcioro"}
#: Cases in the order of numerals.toml.
_DECLINED = "gdil"


class Polish(Slavic):
    """The number words, dates and clock times of Polish."""

    library = "pl"

    @cached_property
    def _declensions(self) -> dict[str, list[str]]:
        """The case forms of number words, by word, from `numerals.toml`."""
        return {word: forms.split() for word, forms in load_table(__file__, "numerals.toml").items()}

    @cached_property
    def _nouns(self) -> dict[str, str]:
        """The tables of nouns and their endings, from `nouns.toml`."""
        return load_table(__file__, "nouns.toml")

    @cached_property
    def _personal(self) -> frozenset[str]:
        """Masculine personal nouns."""
        return words(self._nouns["personal"])

    @cached_property
    def _feminine(self) -> frozenset[str]:
        """Feminine nouns."""
        return words(self._nouns["feminine"])

    @cached_property
    def known_nouns(self) -> frozenset[str]:
        """The listed nouns for men and women."""
        return self._personal | self._feminine

    def plural(self, number: int) -> int:
        """Return the index of the noun's form after *number*: 0 one, 1 few, 2 many; twenty-one is many."""
        if number == 1:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2

    def inflected(self, number: int, form: Form) -> str:
        """Return a number in words in a case and gender; children are counted by collective numerals."""
        if form.gender == "c":
            form = Form(form.case, "m")
            if form.case in "na" and number in _CHILDREN:
                return _CHILDREN[number]
        if number == 1 and form == Form("a", "f"):
            return "jedną"
        spoken = self._in_gender(self.num2words(number), number, form.gender)
        if form.case in _DECLINED:
            return " ".join(self._declined(word, form.case, number) for word in spoken.split())
        return self._personal_form(spoken, number) if form.gender == "v" and number > 1 else spoken

    def _in_gender(self, spoken: str, number: int, gender: str) -> str:
        """Return *spoken*, the words of *number*, in a gender."""
        if number == 1:
            return {"f": "jedna", "n": "jedno"}.get(gender, spoken)
        return re.sub(r"\bdwa\Z", "dwie", spoken) if gender == "f" else spoken

    def _declined(self, word: str, case: str, number: int) -> str:
        """Return one word of *number* in a case (g, d, i or l); "jeden" is declined only alone."""
        if word == "jeden" and number != 1:
            return word
        forms = self._declensions.get(word)
        return forms[_DECLINED.index(case)] if forms else word

    def _personal_form(self, spoken: str, number: int) -> str:
        """Return number words in the masculine personal form, which changes the words after the thousands.

        An example is "tysiąc dwustu żołnierzy".
        """
        counted = spoken.split()
        start = max((index + 1 for index, word in enumerate(counted) if word in _SCALES), default=0)
        return " ".join([*counted[:start], *(self._declined(word, "g", number) for word in counted[start:])])

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words; tens and ones agree in case and gender."""
        parts = self.num2words(number, to="ordinal").split()
        return " ".join([*parts[:-2], *(_inflected(word, form) for word in parts[-2:])])

    def join_parts(self, number: int, parts: str, case: str) -> str:
        """Join a whole number and the words of its decimals: "dwa i siedem dziesiątych"; a zero is left out."""
        return f"{self.cardinal(number, Form(case))} i {parts}" if number else parts

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words: an ordinal, or a cardinal if the case is "a" (see `context`)."""
        return self.cardinal(number) if form.case == "a" else self.ordinal(number, Form(form.case, "m"))

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number; a range of years after "lata" is a cardinal, which case "a" stands for."""
        if "first" in match.re.groupindex and word_before(match) in ("lata", "latach", "lat"):
            return Form("a")
        return Slavic.context(self, match, number)

    def score(self, first: int, last: int) -> str:
        """Return the score of a match in words: "dwa do jednego"."""
        return f"{self.cardinal(first)} do {self.cardinal(last, Form('g'))}"

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun after two: by lists and endings of words for men and women."""
        if noun == "dzieci":
            return "c"
        noun = re.sub(r"ami\Z", "y", noun)
        if noun in self._personal or noun.endswith(tuple(self._nouns["personal_endings"].split())):
            return "v"
        feminine = noun in self._feminine or noun.endswith(tuple(self._nouns["feminine_endings"].split()))
        return "f" if feminine else "m"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "o osiemnastej trzydzieści"."""
        before = word_before(match)
        case = {"o": "l", "na": "a", "po": "l", "godzinie": "l", "godziny": "g"}.get(before, self.governed(before))
        return self.hour(hour, minute, "g" if case == "?" else case)

    def hour(self, hour: int, minute: int | None, case: str) -> str:
        """Return a time of day in words, its hour as an ordinal in *case*."""
        spoken = self.ordinal(hour, Form(case, "f")) if hour else "zero"
        return f"{spoken} {'zero ' if minute < 10 else ''}{self.cardinal(minute)}" if minute else spoken

    def hour_from(self, hour: int, minute: int) -> str:
        """Return the time at which something begins or ends in words, in the genitive."""
        return self.hour(hour, minute, "g")

    def prefix_form(self, number: int) -> str | None:
        """Return a number as the first part of a word: "pięcioletni", "dwudziestopięciolecie"; None above 1000."""
        if not 0 < number < 1000:
            return "tysiąc" if number == 1000 else None
        parts = self.inflected(number, Form("g")).split()
        joined = [
            _COMPOUND.get(word) or (re.sub("u$", "o", word) if not word.endswith("set") else word) for word in parts
        ]
        return "".join(joined)


_COMPOUND = {
    "jednego": "jedno",
    "dwóch": "dwu",
    "trzech": "trzy",
    "czterech": "cztero",
    "stu": "stu",
    "dwustu": "dwustu",
    "trzystu": "trzystu",
    "czterystu": "czterystu",
    "jeden": "jedno",
}


def _inflected(word: str, form: Form) -> str:
    """Return a word of an ordinal, in -y or -i, in a case and gender; other words stay as they are."""
    gender, index = form.gender or "m", CASES.index(form.case)
    if word in ("drugi", "trzeci"):
        a, ą = ("a", "ą") if word == "drugi" else ("ia", "ią")
        return word[:-1] + _SOFT[gender].format(a=a, ą=ą).split()[index]
    return word[:-1] + _HARD[gender].split()[index] if word.endswith("y") else word


def _at_hour(language: Polish, match: re.Match[str]) -> str | None:
    """Return "godz. 18.30" in words, "godzina" in the case of the preposition."""
    before = word_before(match)
    case = {"o": "l", "po": "l"}.get(before, language.governed(before))
    case = "g" if case in "?a" else case
    word = {"n": "godzina", "g": "godziny", "i": "godziną"}.get(case, "godzinie")
    minute = int(match["minute"]) if match["minute"] else None
    if match["until"]:
        last = language.hour(int(match["until"]), int(match["until_minute"] or 0), "g")
        hours = "godziny" if case == "n" else "godzinach"
        return f"{hours} od {language.hour(int(match['hour']), minute, 'g')} do {last}"
    return f"{word} {language.hour(int(match['hour']), minute, case)}"


def _decade(language: Polish, match: re.Match[str]) -> str | None:
    """Return "90." after "lata" or "w latach" as an ordinal in the plural; otherwise None."""
    found = search_before(match, _DECADES)
    case = {"lata": "n", "latach": "l", "lat": "g"}.get(found[1].lower()) if found else None
    return language.ordinal(int(match["number"]), Form(case, "p")) + stop_after(match) if case else None


#: The word before a decade, or before a series of decades: "lata 20. i 30.".
_DECADES = re.compile(r"\b(?i:(lata|latach|lat))[ ](?:[1-9]0(?:\.|-te|-tych)?(?:,|[ ](?:i|oraz|lub|czy))[ ])*\Z")


def _so_called(language: Polish, match: re.Match[str]) -> str:
    """Return "tzw." in full, in agreement with its noun."""
    form = language.singular(language.prepositions.get(word_before(match), "n"), match["noun"])
    return f"{'T' if match[0][0] == 'T' else 't'}ak {_inflected('zwany', form)}"


def _ordinal(language: Polish, match: re.Match[str]) -> str | None:
    """Return "5." before a noun ("5. miejsce") as an ordinal; None if neither table nor ending shows a noun."""
    after = words_after(match)
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not value:
        return None
    text = language.words["numbered"].get(after[0].lower())
    if text:
        return language.ordinal(value, language.form_of(match, text))
    # A sentence does not begin with a small letter, so that the stop is an ordinal's.
    case = language.prepositions.get(word_before(match), "n")
    sure = after[0].islower() or word_before(match) in ("co", "każdy", "każda", "każde")
    return language.ordinal(value, language.singular(case, after[0])) if sure else None


def special_rules(language: Polish) -> Iterator[Rule]:
    """Yield the rules of Polish, which are tried before the shared ones."""
    hour, minute = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
    hours = (
        rf"(?P<hour>{hour})(?:[.:](?P<minute>{minute}))?(?:{TO}(?P<until>{hour})(?:[.:](?P<until_minute>{minute}))?)?"
    )
    yield Rule(
        "hour", ["godz", "g"], rf"(?:godz\.?|(?<=\b[oO][ ])g\.)[ ]?{hours}(?!\d|[.,:]\d)", partial(_at_hour, language)
    )
    flat = r"(?P<house>\d{1,3})[ ]m\.[ ]?(?=\d)"
    yield Rule("flat", [DIGIT], flat, lambda match: f"{language.cardinal(int(match['house']))} mieszkania ")
    yield Rule("so-called", ["tzw"], r"[Tt]zw\.(?=[ ]\"?(?P<noun>[^\W\d_]+))", partial(_so_called, language))
    yield Rule("emergency call", [DIGIT], r"(?<=pod[ ])(?:112|99[789])(?!\d)", lambda m: language.cardinal(int(m[0])))
    yield Rule("decade", [DIGIT], r"(?P<number>[1-9]0)(?:\.|-te|-tych)?(?!\w)", partial(_decade, language))


def ordinal_rules(language: Polish) -> Iterator[Rule]:
    """Yield the rule for ordinals with a full stop."""
    yield Rule("ordinal with a stop", [DIGIT], r"(?P<number>\d{1,3})\.(?=[ ][^\W\d_])", partial(_ordinal, language))
