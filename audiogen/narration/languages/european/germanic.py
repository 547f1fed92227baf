"""Number words, ordinals, compound words with numbers, and rulers' numerals in Dutch, Danish, Norwegian and Swedish."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import (
    after_numerals,
    name_before,
    spread,
    stop_after,
    word_before,
    words_after,
)
from audiogen.narration.languages.european.words import roman_value, say_initialism
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Germanic(Language):
    """A language with its number words in the tables `counting` and `ordinals` of `numbers.toml`.

    num2words is not used, because its Danish and Norwegian ordinals and millions are wrong.
    """

    @cached_property
    def _small(self) -> list[str]:
        """The number words from zero to nineteen, then those of the tens."""
        table = self.numbers["counting"]
        return [*table["small"].split(), *table["tens"].split()]

    @cached_property
    def _scales(self) -> list[tuple[int, str, str]]:
        """The scales from a million up, largest first: the value, the word after one, the word after other numbers."""
        pairs = [pair.split() for pair in self.numbers["counting"]["scales"].split(", ")]
        return [(1000 ** (index + 2), one, many) for index, (one, many) in enumerate(pairs)][::-1]

    # Number words

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words; its last word agrees with the gender in *form*."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        parts = []
        for value, one, many in self._scales:
            count, number = divmod(number, value)
            if count == 1:
                parts.append(f"{self.numbers['counting']['one_scale']} {one}")
            elif count:
                parts.append(f"{self.below_million(count)} {many}")
        if number or not parts:
            parts.append(self.in_gender(self.below_million(number), number, form.gender))
        return " ".join(parts)

    def below_million(self, number: int) -> str:
        """Return a number below a million in words; 1100 to 1999 are counted in hundreds."""
        table = self.numbers["counting"]
        thousands, rest = divmod(number, 1000)
        if not thousands or (thousands == 1 and rest >= 100):
            return self._below_two_thousand(number)
        count = "" if thousands == 1 else self.before_thousand(self._below_two_thousand(thousands), thousands)
        spoken: str = table["thousand"].format(count=count).strip()
        if not rest:
            return spoken
        separator = table["and"] if rest < 100 and table["and"] else " "
        return f"{spoken}{separator}{self._below_two_thousand(rest)}"

    def before_thousand(self, count: str, number: int) -> str:
        """Return *count*, the words of *number*, in the form that stands before the word for thousand."""
        return count

    def _below_two_thousand(self, number: int) -> str:
        """Return a number below 2000 in words, counted in hundreds."""
        table = self.numbers["counting"]
        hundreds, rest = divmod(number, 100)
        if not hundreds:
            return self._below_hundred(rest)
        spoken = table["hundred"].format(count="" if hundreds == 1 else self._small[hundreds]).strip()
        return f"{spoken}{table['and']}{self._below_hundred(rest)}" if rest else spoken

    def _below_hundred(self, number: int) -> str:
        """Return a number below 100 in words."""
        if number < 20:
            return self._small[number]
        ten, one = divmod(number, 10)
        return self.join_ones(self._small[18 + ten], self._small[one]) if one else self._small[18 + ten]

    def join_ones(self, ten: str, one: str) -> str:
        """Join the words for tens and ones: "tjugofyra", "fireogtyve"."""
        return str(self.numbers["counting"]["tens_and_ones"]).format(ten=ten, one=one)

    def in_gender(self, spoken: str, number: int, gender: str) -> str:
        """Inflect the "one" at the end of *spoken*, the words of *number*.

        An empty *gender* means that no noun follows.
        """
        plain, common, neuter = self.numbers["counting"]["one"].split()
        form = {"n": neuter, "m": common}.get(gender, plain)
        ends_in_one = number % 10 == 1 and number % 100 != 11 and spoken.endswith(plain)
        return spoken[: -len(plain)] + form if ends_in_one else spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words: the cardinal, its last word replaced or extended as the table `ordinals` says."""
        spoken = self.below_million(number) if number < 10**6 else self.cardinal(number)
        table: dict[str, str] = self.numbers["ordinals"]
        for word in sorted(table, key=len, reverse=True):
            if spoken.endswith(word):
                return spoken[: len(spoken) - len(word)] + table[word]
        return spoken + str(self.numbers["counting"]["ordinal"])

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words."""
        return self.below_million(number)

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words; 1.5 may have a word of its own: "halvanden million"."""
        halves: str = self.numbers.get("one_and_half", "")
        if not halves or number != Number(1, "5") or noun == self.percent:
            return super().counted(number, noun, form)
        common, neuter = halves.split("|")
        # A magnitude in words is kept as it is written, but one and a half is one.
        one = next((one for _, one, many in self._scales if many == noun.one), noun.one)
        return f"{neuter if noun.gender == 'n' else common} {one}"

    # What the words around tell

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number that ends in one, with the gender of the next word; `PLAIN` for other numbers."""
        after = words_after(match)
        if number % 10 != 1 or number % 100 == 11 or not after or self.labelled(match):
            return PLAIN
        return Form(gender=self.gender_of(after[0]))

    def gender_of(self, noun: str) -> str:
        """Return the gender of a word by list and ending: "n" neuter, "m" common, "" if it is not a noun."""
        if noun in self._not_nouns:
            return ""
        return "n" if noun in self._neuter or noun.endswith(self._neuter_endings) else "m"

    @cached_property
    def _neuter(self) -> frozenset[str]:
        """Neuter nouns that their ending does not show."""
        return words(self.words["nouns"]["neuter"])

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        """Words that may follow a number but are not nouns."""
        return words(self.words["nouns"]["not_nouns"])

    @cached_property
    def _neuter_endings(self) -> tuple[str, ...]:
        """Endings of neuter nouns."""
        return tuple(self.words["nouns"]["neuter_endings"].split())

    @cached_property
    def rulers(self) -> frozenset[str]:
        """Names that may have a ruler's numeral after them."""
        return words(self.words["nouns"]["rulers"])

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words, such as "atten tretti"; a full hour is its number alone."""
        spoken = self.cardinal(hour)
        if not minute:
            return spoken
        return f"{spoken} {self.cardinal(0) + ' ' if minute < 10 else ''}{self.cardinal(minute)}"

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Return a range in words: *first*, the word for "to", *last*."""
        return f"{first} {self.numbers['to']} {last}"

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return a Roman numeral after a ruler's name ("Willem de Tweede") or beside a numbered noun; else None."""
        before = name_before(match)
        if before in self.rulers:
            return f"{self.words['nouns']['ruler_article']} {self.ordinal(value)}"
        if after_numerals(match).lower() in self._numbered:
            return self.ordinal(value)
        return self.cardinal(value) if before.lower() in self._parts else None

    @cached_property
    def _numbered(self) -> frozenset[str]:
        """Nouns that may follow a Roman numeral, such as centuries."""
        return words(self.words["nouns"]["numbered"])

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Nouns that may precede a Roman numeral, such as chapters."""
        return words(self.words["nouns"]["parts"])


def _compound(language: Germanic, match: re.Match[str]) -> str:
    """Return a word that begins with a number: "20-jarige", "30-åring"; a capitalised word keeps its hyphen."""
    number, word = language.cardinal(int(match["number"])), match["word"]
    return f"{number}{word}" if word[0].islower() else f"{number}-{word}"


def _score(language: Germanic, match: re.Match[str]) -> str | None:
    """Return a result such as "2–1" as two numbers; None if it may be a range.

    It is a result after a word of sport, or if the second number is not larger than the first.
    """
    first, last = int(match["first"]), int(match["last"])
    sport = word_before(match) in language.words["score_before"].split()
    if not sport and not (last <= first < 10):
        return None
    return f"{language.cardinal(first)} {language.cardinal(last)}"


def _ordinal(language: Germanic, match: re.Match[str]) -> str | None:
    """Return an ordinal that is written with an ending, "3:e", "20ste" or "XIXe", in words."""
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    return language.ordinal(value) if value else None


def _ordinal_with_stop(language: Germanic, match: re.Match[str]) -> str | None:
    """Return "3." in "3. plads" as an ordinal; a small letter follows, so the full stop does not end a sentence."""
    return language.ordinal(int(match["number"]))


def _ruler_with_stop(language: Germanic, match: re.Match[str]) -> str | None:
    """Return "10." in "Frederik 10." as "den tiende"; None if the word before is not a ruler's name."""
    if name_before(match) not in language.rulers:
        return None
    return f"{language.words['nouns']['ruler_article']} {language.ordinal(int(match['number']))}{stop_after(match)}"


def _decade(language: Germanic, match: re.Match[str]) -> str:
    """Return "80-tallet" and "1980-talet" as one word."""
    word = match["word"]
    ending = language.calendar["decade_word"] if word == "t." else word
    return language.year(int(match["number"])).replace(" ", "") + ending + (stop_after(match) if word == "t." else "")


def _genitive(language: Germanic, match: re.Match[str]) -> str:
    """Return "EU:s" and "NATO:s" without the colon."""
    spoken = say_initialism(language, match["letters"])
    return f"{spoken}{' ' if ' ' in spoken else ''}{match['ending']}"


def _road(language: Germanic, match: re.Match[str]) -> str:
    """Return "E4:an" and "52:an" in words; the final -a of the number merges with the ending."""
    letters = language.spell(match["letters"]) + " " if match["letters"] else ""
    return f"{letters}{language.cardinal(int(match['number'])).removesuffix('a')}{match['ending']}"


def _year(language: Germanic, match: re.Match[str]) -> str | None:
    """Return four digits after a word of time as a year; None if a counted noun follows."""
    after = words_after(match)
    counted = bool(after) and after[0] in language.calendar["counted"].split()
    return (
        None
        if counted or word_before(match) not in language.calendar["year_before"].split()
        else language.year(int(match["year"]))
    )


def _emergency(language: Germanic, match: re.Match[str]) -> str | None:
    """Return an emergency number ("Ring 112") digit by digit; None without a verb of calling before it."""
    return language.digits(match[0]) if word_before(match) in language.words["call"].split() else None


def _many(language: Germanic, match: re.Match[str]) -> str:
    """Return "3x" as "three times"."""
    times: str = language.words["times"]
    return language.cardinal(int(match["number"])) + times


def special_rules(language: Germanic) -> Iterator[Rule]:
    """Yield the rules of these languages, which are tried before the shared ones."""
    units = choice(form for form in spread(language.numbers["units"]) if form not in ("t", "m"))
    result = rf"(?P<first>\d{{1,3}})[-–](?P<last>\d{{1,3}})(?![\w%]|[-–.,:/]\d|[ ]?[%$€£]|[ ]{units}(?!\w))"
    yield Rule("result", [DIGIT], result, partial(_score, language))
    if "decade" in language.calendar:
        decade = rf"(?P<number>[1-9]0|1[1-9]\d0|20\d0)-(?P<word>{language.calendar['decade']})"
        yield Rule("decade", [DIGIT], decade, partial(_decade, language))
    yield Rule("emergency call", [DIGIT], r"1\d\d(?!\w|[ -]?\d|[.,]\d)", partial(_emergency, language))
    compound = r"(?P<number>\d{1,4})-(?P<word>[^\W\d_]{3,}\w*)"
    yield Rule("number in a word", [DIGIT], compound, partial(_compound, language))
    yield Rule("times", [DIGIT], r"(?P<number>\d{1,3})[ ]?x(?=[ ][^\W\d_])", partial(_many, language))
    if "ordinal_marks" in language.calendar:
        ordinal = rf"(?P<number>\d{{1,4}}|[IVXL]+)(?:{language.calendar['ordinal_marks']})(?!\w)"
        yield Rule("ordinal", [DIGIT, WORD, "ie", "ve", "xe"], ordinal, partial(_ordinal, language))
    if language.words.get("genitive"):
        letters = rf"(?P<letters>[^\W\d_]{{2,}}):(?P<ending>{language.words['genitive']})(?!\w)"
        yield Rule("genitive", [WORD], letters, partial(_genitive, language))
        road = r"(?P<letters>[A-Z])?(?P<number>\d{1,3}):(?P<ending>a[nr]\w{0,3})(?!\w)"
        yield Rule("road", [WORD, DIGIT], road, partial(_road, language))
    if "year_before" in language.calendar:
        year = r"(?P<year>1[1-9]\d\d|20\d\d)(?![\w%°$€£])(?![.,:/–-]\d)(?!-\w)"
        yield Rule("year by its word", [DIGIT], year, partial(_year, language))


def ordinal_rules(language: Germanic) -> Iterator[Rule]:
    """Yield the rules for ordinals with a full stop, which are tried after dates and measures."""
    yield Rule("ruler", [DIGIT], r"(?P<number>\d{1,2})\.(?!\d)", partial(_ruler_with_stop, language))
    stop = r"(?P<number>\d{1,3})\.(?=[ ](?![A-ZÆØÅÄÖ])[^\W\d_]|,)"
    yield Rule("ordinal with a stop", [DIGIT], stop, partial(_ordinal_with_stop, language))
