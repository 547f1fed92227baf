"""German: numbers as one word, years by hundreds, ordinals with endings by case."""

from __future__ import annotations

import re
from functools import cached_property

from audiogen.narration.data import words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number
from audiogen.narration.languages.european.language import Language
from audiogen.narration.languages.european.parts import word_before, words_after
from audiogen.narration.patterns import search_before

#: Endings of an adjective after "ein".
_HALF = {
    "n": {"m": "er", "n": "es", "f": "e"},
    "a": {"m": "en", "n": "es", "f": "e"},
    "d": {"m": "en", "n": "en", "f": "en"},
}
#: Words after which an ordinal ends in -e: the definite article and similar words, in the nominative.
WEAK_E = words("der die das dieser diese dieses jeder jede jedes welcher welche eine keine meine seine ihre unsere")
#: Words after which it ends in -en: articles and prepositions of the other cases.
_WEAK_EN = words(
    """
    am vom zum zur im beim den dem des einem einer eines meinem seinem seiner ihrem ihrer unserem unserer diesem
    diesen dieser jedem jeden bis ab seit ins ans in an einen keinen meinen deinen seinen ihren unseren welchen
    """
)
#: A number that may be an ordinal: with four figures before a full stop it is nearly always a year.
_ORDINAL = re.compile(r"\d{1,3}|[IVXLC]+")
#: Words after which four figures are a year, whatever follows.
_YEAR_AFTER = words(
    """
    jahr jahre jahres jahren seit bis ab anno um von vor nach zwischen januar februar märz april mai juni juli
    august september oktober november dezember sommer winter frühjahr herbst ende anfang mitte und
    """
)
#: Words after which they are a number.
_COUNTED_AFTER = words("rund etwa circa ca fast über knapp mehr mindestens höchstens insgesamt weitere den die")
#: Words after which it has the ending of the noun's gender: "ein dritter Versuch".
_MIXED = words("ein kein mein dein sein ihr unser euer als")
#: Words after which figures with a colon, but without "Uhr", are a time and not a score.
_OF_TIME = words(
    """
    um ab bis gegen seit von vor nach zwischen und uhr heute morgen morgens mittags nachmittags abends nachts täglich
    früh beginn beginnt start startet anpfiff abfahrt ankunft einlass anstoß montag dienstag mittwoch donnerstag freitag
    samstag sonnabend sonntag
    """
)
#: "der" after these is a dative or a genitive: "in der dritten Liga", "Ende der zweiten Woche".
_OBLIQUE = re.compile(
    r"\b(?i:in|an|auf|aus|von|mit|bei|nach|vor|zu|seit|ab|während|wegen|trotz|innerhalb|Ende|Anfang|Beginn|Mitte|Hälfte|Teil)"
    r"\s+der\s+\Z"
)
#: Words with a Roman numeral after them.
NUMBERED = words("kapitel teil band akt stufe phase typ klasse weltkrieg hartz")
#: Adjectives after a measure in the accusative: "einen Meter dreiundneunzig groß".
_MEASURED = words("groß hoch breit lang weit tief dick entfernt")
#: "Ein" by case and gender.
_EIN = {
    "n": {"m": "ein", "n": "ein", "f": "eine"},
    "a": {"m": "einen", "n": "ein", "f": "eine"},
    "d": {"m": "einem", "n": "einem", "f": "einer"},
}


#: Words before which hours with their letter are a time of day even without minutes: "um 18 h", not "seit 18 h".
_AT_HOURS = words("um ab gegen bis")
#: Words before which they are how long something takes: "Dauer: 2h30".
_LASTING = words("dauer dauert dauerte fahrzeit flugzeit fahrt laufzeit spielzeit etwa rund fast knapp über in von gut")
#: Before the time it is.
_IT_IS = re.compile(r"\b[eE]s (?:ist|war) (?:schon |erst |genau |etwa |kurz (?:vor|nach) )?\Z")
#: What tells of opening hours before "9–17 h".
OPENING = re.compile(
    r"(?i:tag|tags|mittwoch|sonnabend|(?:mo|di|mi|do|fr|sa|so)\.?|offen|geöffnet|öffnungszeiten|täglich|von)[:,]? \Z"
)
#: A score that another one follows: "31:28 (16:10)", "25:20, 16:25".
_SCORE_BEFORE = re.compile(r"\d:\d{1,3}[,;]?\s*\(?\Z")
#: What "von" and "nach" join to a ratio rather than a time: "im Verhältnis von 16:10", "nach 16:10-Führung".
_RATIO_BEFORE = re.compile(
    r"(?:[vV]erhältnis|[fF]ormat|[eE]rgebnis|[sS]tand|[qQ]uote|[rR]ückstand|[fF]ührung|Sieg)(?:e?s)? \w+ \Z"
)
_OF_RATIO_AFTER = re.compile(
    r"[- ](?:Führung|Rückstand|Sieg|Niederlage|Erfolg|Halbzeit|gewonnen|verloren|gesiegt|Monitor|Bildschirm|Format)"
)


def _by_the_hour(match: re.Match[str], before: str, minute: int | None) -> bool:
    """Return whether hours with their letter are a time of day ("um 18 h"), not a duration ("2 h 30 min")."""
    return before in _AT_HOURS if minute is None else before not in _LASTING and not match[0].endswith("min")


def _is_it(match: re.Match[str]) -> bool:
    """Return whether "es ist" or "es war" stands before a time."""
    return search_before(match, _IT_IS) is not None


def _in_scores(match: re.Match[str]) -> bool:
    """Return whether a colon after no word is of a score: after another score, or before "gewonnen"."""
    return bool(search_before(match, _SCORE_BEFORE) or _OF_RATIO_AFTER.match(match.string, match.end()))


def _of_score(match: re.Match[str]) -> bool:
    """Return whether "von 16:10" and "nach 16:10" are of a ratio."""
    return bool(search_before(match, _RATIO_BEFORE) or _OF_RATIO_AFTER.match(match.string, match.end()))


class German(Language):
    """The number words, dates and clock times of German."""

    library = "de"

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words.

        "Hundert" and "tausend" have no "ein" before them; a final "eins" agrees with the gender of *form*.
        """
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        spoken = self.num2words(number).replace("einstausend", "eintausend")
        spoken = _bare(spoken)
        if form.gender and spoken.endswith("eins"):
            spoken = spoken[:-4] + (_EIN[form.case][form.gender] if number == 1 else "ein")
        return spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words, with the ending that it has after "der"."""
        return _bare(self.num2words(number, to="ordinal"))

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words: 1100 to 1999 by hundreds, others as a number."""
        hundreds, rest = divmod(number, 100)
        if not 11 <= hundreds <= 19:
            return self.cardinal(number)
        return f"{self.cardinal(hundreds)}hundert{self.cardinal(rest) if rest else ''}"

    def is_year(self, match: re.Match[str]) -> bool:
        """Return whether a number is a year: if it counted something, a capitalised noun would follow."""
        before, after = word_before(match), words_after(match)
        if before in _YEAR_AFTER:
            return True
        return before not in _COUNTED_AFTER and not (after and after[0][0].isupper())

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number that ends in one: the gender of the next noun, the case of the word before."""
        after = words_after(match)
        if number % 100 != 1 or self.labelled(match):
            return PLAIN
        case = self._governed.get(word_before(match), "n")
        if after and after[0] in _MEASURED:
            case = "a"
        if {"currency", "unit", "magnitude"} & set(match.re.groupindex):
            return Form(case)
        return Form(case, self.gender_of(after[0])) if after and after[0][0].isupper() else PLAIN

    @cached_property
    def _governed(self) -> dict[str, str]:
        """The cases that words before a number govern, by word."""
        return {word: case for case, forms in self.words["governing"].items() for word in forms.split()}

    def gender_of(self, noun: str) -> str:
        """Return the gender of a noun by list and ending; neuter if neither shows it."""
        nouns: dict[str, str] = self.words["nouns"]
        if noun in nouns["masculine"].split() or noun.endswith(("en", "ist", "ling")):
            return "m"
        return (
            "f" if noun in nouns["feminine"].split() or noun.endswith(tuple(nouns["feminine_endings"].split())) else "n"
        )

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words, an ordinal: "der sechste", "am sechsten".

        Its ending depends on the word before the match.
        """
        # After a dash, "bis" is said: "3. Mai–15. Juni"; after "v.", "vom".
        before = match.string[max(0, match.start() - 8) : match.start()].rstrip()
        joined = word_before(match) in ("und", "oder") or before.endswith(("–", "-", " v."))
        return self.ordinal(day) + ("n" if joined else self.ending(match))

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words: "sechster bis achter September"."""
        return f"{self.day(first, match)} bis {self.day(last, match)}"

    def ending(self, match: re.Match[str], strong: str = "r") -> str:
        """Return the letters after the -e of an ordinal: by the word before it, otherwise *strong*."""
        before = word_before(match)
        if before in _MIXED:
            return strong
        if before == "der" and search_before(match, _OBLIQUE):
            return "n"
        if before in WEAK_E:
            return ""
        return "n" if before in _WEAK_EN else strong

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Return a fraction in words; "1/2" agrees with its noun: "ein halber Liter", "nach einer halben Stunde"."""
        after = words_after(match)
        first, last = map(int, written.split("/"))
        if 1100 <= first < 2100:
            # "1944/45", a winter or a season.
            return f"{self.year(first)} {self.year(last)}"
        if written != "1/2" or match["whole"] or not after or not after[0][0].isupper():
            return super().fraction(match, written)
        return self._half(match, self.gender_of(after[0]))

    def half_of(self, match: re.Match[str], noun: Noun) -> str:
        """Return half of a unit in words, in its case: "ein halber Liter", "mit einem halben Liter"."""
        return f"{self._half(match, noun.gender)} {noun.one}"

    def _half(self, match: re.Match[str], gender: str) -> str:
        """Return "ein halb" in a gender and in the case that the word before the match governs."""
        case = self._governed.get(word_before(match), "n")
        return f"{_EIN[case][gender]} halb{_HALF[case][gender]}"

    def governs_ordinal(self, before: str) -> bool:
        """Return whether the word *before* a number with a full stop shows that the number is an ordinal."""
        return before in WEAK_E or before in _WEAK_EN or before in _MIXED

    def is_ordinal(self, before: str, number: str, after: str) -> bool:
        """Return whether a number with a full stop before a capital is an ordinal: "in der 67. Minute"."""
        nouns = self.words["ordinal_endings"]
        # After a noun of the same kind the number is a cardinal: "Rang 45."
        if not _ORDINAL.fullmatch(number) or before in nouns:
            return False
        return self.governs_ordinal(before.lower()) or after in nouns

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words ("achtzehn Uhr dreißig"); None if it may be something else."""
        before = word_before(match)
        if hour_word == "h" and not _by_the_hour(match, before, minute):
            return self._lasting(match, hour, minute)
        if not hour_word and not (_is_it(match) or (before in _OF_TIME if before else not _in_scores(match))):
            return None
        if not hour_word and before in ("von", "nach") and _of_score(match):
            return None
        spoken = f"{self.cardinal(hour, Form(gender='m'))} Uhr"
        return f"{spoken} {self.cardinal(minute)}" if minute else spoken

    def _lasting(self, match: re.Match[str], hour: int, minute: int | None) -> str | None:
        """Return "2h30" as how long something takes; None if units are written, for it is a measure then."""
        if minute is None or match[0].endswith("min"):
            return None
        return f"{self.cardinal(hour, Form(gender='f'))} Stunde{'n' if hour != 1 else ''} {self.cardinal(minute)}"

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], hour_word: str) -> str | None:
        """Return a range of times in words."""
        return f"{self.clock(match, *first, 'Uhr')} bis {self.clock(match, *last, 'Uhr')}"

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words; "tausend" and its number are one word."""
        if noun.one == "tausend" and not number.decimals:
            return self.cardinal(number.whole * 1000)
        return Language.counted(self, number, noun, form)

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return the number of a chapter or a part in words; otherwise None."""
        return self.cardinal(value) if word_before(match) in NUMBERED else None


def _bare(spoken: str) -> str:
    """Return *spoken* without "ein" if it begins with "einhundert" or "eintausend"."""
    return spoken[3:] if spoken.startswith(("einhundert", "eintausend")) else spoken
