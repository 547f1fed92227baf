"""What Turkish does of its own: endings after an apostrophe, the percent sign before its number, halves, ordinals."""

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
#: The last word of an ordinal, by the cardinal's.
_ORDINALS = {
    "sıfır": "sıfırıncı", "bir": "birinci", "iki": "ikinci", "üç": "üçüncü", "dört": "dördüncü", "beş": "beşinci",
    "altı": "altıncı", "yedi": "yedinci", "sekiz": "sekizinci", "dokuz": "dokuzuncu", "on": "onuncu",
    "yirmi": "yirminci", "otuz": "otuzuncu", "kırk": "kırkıncı", "elli": "ellinci", "altmış": "altmışıncı",
    "yetmiş": "yetmişinci", "seksen": "sekseninci", "doksan": "doksanıncı", "yüz": "yüzüncü", "bin": "bininci",
    "milyon": "milyonuncu", "milyar": "milyarıncı", "trilyon": "trilyonuncu",
}  # fmt: skip
#: What an ending looks like, after its apostrophe.
_ENDING = r"(?:'(?P<written_ending>[a-zçğıöşü]{1,12})(?!\w))?"
_VOWELS = "aıoueiöü"
#: Consonants after which an ending begins with t rather than d.
_VOICELESS = "çfhkpsşt"
#: The vowels of an ending after each vowel: wide and narrow.
_HARMONY = {
    "a": "aı", "ı": "aı", "o": "au", "u": "au", "e": "ei", "i": "ei", "ö": "eü", "ü": "eü",
}  # fmt: skip


class Turkish(Language):
    """Turkish as the rules need it."""

    # An apostrophe begins an ending rather than stands for feet.
    after_unit = r"(?![\w²³/])"

    def lower(self, word: str) -> str:
        """Write a word in small letters: I is ı, and İ is i."""
        return word.translate({ord("I"): "ı", ord("İ"): "i"}).lower()

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Say how many; the library leaves words out ("201.001") and writes the others in one."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        groups = [(number // 1000**power % 1000, scale) for power, scale in enumerate(_SCALES)][::-1]
        # One thousand is "bin", without "bir".
        parts = [("" if (group, scale) == (1, "bin") else _group(group), scale) for group, scale in groups if group]
        return " ".join(word for pair in parts for word in pair if word) or "sıfır"

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Say which one."""
        lead, _, last = self.cardinal(number).rpartition(" ")
        return f"{lead} {_ORDINALS[last]}".lstrip()

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Say halves as people do, "iki buçuk", and other parts after "virgül"."""
        if number.whole and number.decimals == "5":
            return f"{self.cardinal(number.whole)} buçuk"
        return super().decimal(number, form)

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Say "on ila on beş"."""
        return f"{first} {self.numbers['to']} {last}"

    def per(self, noun: Noun) -> str:
        """Say what stands after the slash of a rate."""
        return f"{self.numbers['per']} {noun.one}"

    def score(self, first: int, last: int) -> str:
        """Say a result: "iki bir"."""
        return f"{self.cardinal(first)} {self.cardinal(last)}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, marked: str) -> str | None:
        """Say "on sekiz otuz"."""
        spoken = self.cardinal(hour)
        if not minute:
            return spoken
        return f"{spoken} {'sıfır ' if minute < 10 else ''}{self.cardinal(minute)}"

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Say the number of a part or a chapter."""
        return None

    @cached_property
    def numbered(self) -> frozenset[str]:
        """Words with a capital that a number with a stop stands before: "2. Dünya Savaşı"."""
        return words(self.words["numbered"]["before"])


def harmonious(word: str, ending: str) -> str:
    """Give an ending the vowels that the word before it asks for: it was written for the letters of "TL".

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
    """Say one to 999; one hundred is "yüz", without "bir"."""
    hundreds, rest = divmod(number, 100)
    hundred = ["yüz"] if hundreds == 1 else [_ONES[hundreds], "yüz"] if hundreds else []
    return " ".join(word for word in [*hundred, _TENS[rest // 10], _ONES[rest % 10]] if word)


def with_endings(pack: Pack) -> Pack:
    """Have every rule that says figures take the ending after an apostrophe along: "2024'te", "18.30'da", "%20'si"."""
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
    def say(match: re.Match[str]) -> str | None:
        spoken, ending = rule.say(match), match["written_ending"]
        if spoken is None or not ending:
            return spoken
        return spoken + (harmonious(spoken, ending) if _SHORT.search(match[0]) else ending)

    return Rule(rule.name, rule.starts, f"(?:{rule.pattern}){_ENDING}", say)


#: A sum or measure whose ending is written for the name of its letters or its sign, "te le", "ka ve haş".
_SHORT = re.compile(r"[^\d\s]'\w+\Z")


def _percent(language: Turkish, match: re.Match[str]) -> str:
    """Say "%20" as "yüzde yirmi", "%2,5" as "yüzde iki buçuk"."""
    name = language.words["rates"][match["mark"]]
    spoken = language.quantity(read_number(match["amount"], language.grouping))
    if match["until"]:
        spoken = language.range(spoken, language.quantity(read_number(match["until"], language.grouping)))
    return f"{name} {spoken}"


def _time(language: Turkish, match: re.Match[str]) -> str | None:
    """Say "18.30" as a time of day: two digits after a point cannot be decimals, which follow a comma."""
    return language.clock(match, int(match["hour"]), int(match["minute"]), "")


def _ordinal_with_stop(language: Turkish, match: re.Match[str]) -> str | None:
    """Say "3. sırada" and "II. Dünya Savaşı": before a small letter, or a word that is numbered."""
    after = words_after(match)
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not value or not (after[0][0].islower() or after[0].split("'")[0] in language.numbered):
        return None
    return language.ordinal(value)


def _result(language: Turkish, match: re.Match[str]) -> str | None:
    """Say the result of a match, "3-1": before a word of sport, or where it goes down, which no range does."""
    first, last, after = int(match["first"]), int(match["last"]), words_after(match)
    if not last <= first and not (after and after[0] in language.words["numbered"]["score_behind"].split()):
        return None
    return language.score(first, last)


def special_rules(language: Turkish) -> Iterator[Rule]:
    """Rules of Turkish alone, tried before those it shares."""
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
    """Ordinals in figures and Roman numerals, with a full stop."""
    stop = r"(?P<number>\d{1,4}|[IVXL]+)\.(?=[ ][^\W\d_])"
    yield Rule("ordinal with a stop", [DIGIT, WORD], stop, partial(_ordinal_with_stop, language))
