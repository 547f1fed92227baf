"""Turkish: endings after an apostrophe, the percent sign before its number, halves, ordinals."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number, number_pattern, read_number
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import GAP, TO, words_after
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.packs import Pack
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = ["", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
_TENS = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]
_SCALES = ["", "bin", "milyon", "milyar", "trilyon"]
#: The last word of an ordinal, by the last word of the cardinal.
_ORDINALS = {
    "sıfır": "sıfırıncı", "bir": "birinci", "iki": "ikinci", "üç": "üçüncü", "dört": "dördüncü", "beş": "beşinci",
    "altı": "altıncı", "yedi": "yedinci", "sekiz": "sekizinci", "dokuz": "dokuzuncu", "on": "onuncu",
    "yirmi": "yirminci", "otuz": "otuzuncu", "kırk": "kırkıncı", "elli": "ellinci", "altmış": "altmışıncı",
    "yetmiş": "yetmişinci", "seksen": "sekseninci", "doksan": "doksanıncı", "yüz": "yüzüncü", "bin": "bininci",
    "milyon": "milyonuncu", "milyar": "milyarıncı", "trilyon": "trilyonuncu",
}  # fmt: skip
#: The pattern of an ending after an apostrophe.
_ENDING = r"(?:'(?P<written_ending>[a-zçğıöşü]{1,12})(?!\w))?"
_VOWELS = "aıoueiöü"
#: Consonants after which an ending begins with t rather than d.
_VOICELESS = "çfhkpsşt"
#: Vowel harmony: the open and the close vowel of an ending, by the vowel before it.
_HARMONY = {
    "a": "aı", "ı": "aı", "o": "au", "u": "au", "e": "ei", "i": "ei", "ö": "eü", "ü": "eü",
}  # fmt: skip


class Turkish(Language):
    """The number words, dates and clock times of Turkish."""

    # An apostrophe begins an ending rather than stands for feet.
    after_unit = r"(?![\w²³/])"

    def lower(self, word: str) -> str:
        """Return a word in lower case: I becomes ı, and İ becomes i."""
        return word.translate({ord("I"): "ı", ord("İ"): "i"}).lower()

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words; num2words is not used, because it drops words ("201.001") and spaces."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        groups = [(number // 1000**power % 1000, scale) for power, scale in enumerate(_SCALES)][::-1]
        # One thousand is "bin", without "bir".
        parts = [("" if (group, scale) == (1, "bin") else _group(group), scale) for group, scale in groups if group]
        return " ".join(word for pair in parts for word in pair if word) or "sıfır"

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words."""
        lead, _, last = self.cardinal(number).rpartition(" ")
        return f"{lead} {_ORDINALS[last]}".lstrip()

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Return a decimal number in words: halves with "buçuk", others with "virgül"."""
        if number.whole and number.decimals == "5":
            return f"{self.cardinal(number.whole)} buçuk"
        return super().decimal(number, form)

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Return a range in words: "on ila on beş"."""
        return f"{first} {self.numbers['to']} {last}"

    def per(self, noun: Noun) -> str:
        """Return the denominator of a rate in words."""
        return f"{self.numbers['per']} {noun.one}"

    def score(self, first: int, last: int) -> str:
        """Return the score of a match in words: "iki bir"."""
        return f"{self.cardinal(first)} {self.cardinal(last)}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "on sekiz otuz"."""
        spoken = self.cardinal(hour)
        if not minute:
            return spoken
        return f"{spoken} {'sıfır ' if minute < 10 else ''}{self.cardinal(minute)}"

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return None: the rule for ordinals with a full stop handles Roman numerals."""
        return None

    @cached_property
    def numbered(self) -> frozenset[str]:
        """Capitalised words that an ordinal with a full stop may precede: "2. Dünya Savaşı"."""
        return words(self.words["numbered"]["before"])


def harmonious(word: str, ending: str) -> str:
    """Return an ending with the vowels and consonants that fit the word before it.

    It was written to fit the abbreviation, such as "TL", and not the full word.

    >>> harmonious("lira", "lik"), harmonious("lira", "ye"), harmonious("kuruş", "den"), harmonious("saat", "ye")
    ('lık', 'ya', 'tan', 'e')
    """
    vowel_last = word[-1:] in _VOWELS
    if not vowel_last and ending[:1] in "yns" and ending[1:2] and ending[1:2] in _VOWELS:
        ending = ending[1:]  # the consonant that only parts two vowels
    elif vowel_last and ending[:1] and ending[:1] in _VOWELS:
        ending = f"y{ending}"
    if ending[:1] in "dt":
        ending = ("t" if word[-1:] in _VOICELESS else "d") + ending[1:]
    # "Saat" takes endings of front vowels.
    last = "e" if word.endswith("saat") else next((letter for letter in reversed(word) if letter in _VOWELS), "e")
    harmonized = ""
    for letter in ending:
        if letter in _VOWELS:
            letter = _HARMONY[last][0 if letter in "ae" else 1]
            last = letter
        harmonized += letter
    return harmonized


def _group(number: int) -> str:
    """Return a number from 1 to 999 in words; one hundred is "yüz", without "bir"."""
    hundreds, rest = divmod(number, 100)
    hundred = ["yüz"] if hundreds == 1 else [_ONES[hundreds], "yüz"] if hundreds else []
    return " ".join(word for word in [*hundred, _TENS[rest // 10], _ONES[rest % 10]] if word)


def with_endings(pack: Pack) -> Pack:
    """Return a pack in which the rules for numbers also match an ending: "2024'te", "18.30'da", "%20'si"."""
    rules = tuple(_with_ending(rule) if {DIGIT, "%"} & set(rule.starts) else rule for rule in pack.rules)
    return Pack(
        tag=pack.tag,
        rules=rules,
        abbreviations=pack.abbreviations,
        final_abbreviations=pack.final_abbreviations,
        starters=pack.starters,
        unshout=pack.unshout,
    )


def _with_ending(rule: Rule) -> Rule:
    """Return the rule with an optional ending, which is added to the spoken text."""

    def say(match: re.Match[str]) -> str | None:
        spoken, ending = rule.say(match), match["written_ending"]
        if spoken is None or not ending:
            return spoken
        return spoken + (harmonious(spoken, ending) if _SHORT.search(match[0]) else ending)

    return Rule(rule.name, rule.starts, f"(?:{rule.pattern}){_ENDING}", say)


#: A sum or measure with an ending that fits the name of its letters or sign ("te le") and not the word.
_SHORT = re.compile(r"[^\d\s]'\w+\Z")


def _percent(language: Turkish, match: re.Match[str]) -> str:
    """Return "%20" as "yüzde yirmi", "%2,5" as "yüzde iki buçuk"."""
    name = language.words["rates"][match["mark"]]
    spoken = language.quantity(read_number(match["amount"], language.grouping))
    if match["until"]:
        spoken = language.range(spoken, language.quantity(read_number(match["until"], language.grouping)))
    return f"{name} {spoken}"


def _time(language: Turkish, match: re.Match[str]) -> str | None:
    """Return "18.30" as a time of day. It cannot be a decimal number, which has a comma."""
    return language.clock(match, int(match["hour"]), int(match["minute"]), "")


def _ordinal_with_stop(language: Turkish, match: re.Match[str]) -> str | None:
    """Return "3. sırada" or "II. Dünya Savaşı" as an ordinal.

    None unless a small letter or a word of `numbered` follows.
    """
    after = words_after(match)
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not value or not (after[0][0].islower() or after[0].split("'")[0] in language.numbered):
        return None
    return language.ordinal(value)


def _result(language: Turkish, match: re.Match[str]) -> str | None:
    """Return "3-1" as a score: before a word of sport, or if the second number is not larger; otherwise None."""
    first, last, after = int(match["first"]), int(match["last"]), words_after(match)
    if not last <= first and not (after and after[0] in language.words["numbered"]["score_behind"].split()):
        return None
    return language.score(first, last)


def special_rules(language: Turkish) -> Iterator[Rule]:
    """Yield the rules of Turkish, which are tried before the shared ones."""
    number = number_pattern(language.grouping)
    percent = rf"(?P<mark>[%‰]){GAP}(?P<amount>{number})(?:{TO}%?(?P<until>{number}))?"
    yield Rule("percent", ["%", "‰"], percent, partial(_percent, language))
    behind = rf"(?P<amount>{number})(?:{TO}(?P<until>{number}))?{GAP}(?P<mark>[%‰])(?!\w)"
    yield Rule("percent behind", [DIGIT], behind, partial(_percent, language))
    counted = "milyon|milyar|TL|dolar|avro|euro"
    time = rf"(?P<hour>[01]\d|2[0-4])\.(?P<minute>[0-5]\d)(?!{TO}\d\d?[.:]\d\d)(?![\w.,:/%-]*\d)(?!\w|[ ](?:{counted}))"
    yield Rule("time", [DIGIT], time, partial(_time, language))
    result = r"(?P<first>\d)[-–](?P<last>\d)(?![\w%]|[-–.,:/]\d)"
    yield Rule("result", [DIGIT], result, partial(_result, language))


def ordinal_rules(language: Turkish) -> Iterator[Rule]:
    """Yield the rule for ordinals with a full stop, in figures and Roman numerals."""
    stop = r"(?P<number>\d{1,4}|[IVXL]+)\.(?=[ ][^\W\d_])"
    yield Rule("ordinal with a stop", [DIGIT, WORD], stop, partial(_ordinal_with_stop, language))
