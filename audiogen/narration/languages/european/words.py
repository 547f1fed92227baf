"""Rules for words not spoken as written: abbreviations, initialisms, designations, Roman numerals, addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from audiogen.narration import chemistry, patterns
from audiogen.narration.languages.european.parts import first_words, rule, spread, stop_after
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

# Initialisms


def pronounceable(word: str, vowels: str, shortest: int) -> bool:
    """Return whether an unlisted acronym reads like a word: vowels between single or paired consonants.

    *vowels* are the vowel letters of the language; acronyms shorter than *shortest* letters are never pronounced.

    >>> pronounceable("UNIDO", "AEIOUY", 4), pronounceable("HMAS", "AEIOUY", 4), pronounceable("BIP", "AEIOUY", 4)
    (True, False, False)
    """
    if len(word) < shortest:
        return False
    consonant, vowel = f"[^{vowels}]", f"[{vowels}]"
    inner = f"(?:{consonant}{{1,2}}{vowel})*{consonant}?"
    return (
        re.fullmatch(f"{consonant}?{vowel}{consonant}{{1,2}}{vowel}{inner}|{consonant}{vowel}{consonant}", word)
        is not None
    )


def say_initialism(language: Language, letters: str) -> str:
    """Return a word in capitals as it is spoken: from the table `other`, as a word, or letter by letter."""
    table = language.words
    other: str | None = table["other"].get(letters)
    if other is not None:
        return other
    if letters in language.spelled:
        return language.spell(letters)
    if letters in language.acronyms or pronounceable(letters, table["vowels"], table["shortest_said"]):
        return letters
    return language.spell(letters)


_NEIGHBOUR_BEFORE = re.compile(r"([^\W\d_]+)[\s,:—–-]+\Z")
_NEIGHBOUR_AFTER = re.compile(r"[\s,:—–-]+([^\W\d_]+)")


def _is_emphasis(language: Language, match: re.Match[str]) -> bool:
    """Return whether the match is in capitals for emphasis, like the words around it."""
    text = match.string
    before = _NEIGHBOUR_BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _NEIGHBOUR_AFTER.match(text, match.end())
    around = [found[1] for found in (before, after) if found]
    return any(len(word) > 4 and word.isupper() and not _listed(language, word) for word in around)


def _listed(language: Language, word: str) -> bool:
    """Return whether a table of the language (`acronyms`, `spelled` or "other") says how the initialism is spoken."""
    return word in language.acronyms or word in language.spelled or word in language.words["other"]


def _initialism(language: Language, match: re.Match[str]) -> str | None:
    """Return an initialism as it is spoken; None if the word is not one, or is in capitals for emphasis."""
    letters = match["letters"]
    if letters in language.words["other"]:
        return say_initialism(language, letters)
    plural = "s" if letters.endswith("s") and len(letters) > 2 else ""
    letters = letters.removesuffix(plural)
    if not letters.isupper():
        return None
    if not _listed(language, letters) and (len(letters) > 6 or _is_emphasis(language, match)):
        return None
    spoken = say_initialism(language, letters)
    return spoken + (f" {plural}" if plural and " " in spoken and "genitive_apart" in language.words else plural)


def _dotted(language: Language, match: re.Match[str]) -> str | None:
    """Return initials with points, such as "U.S.A.", letter by letter or as a word."""
    letters = match[0].replace(".", "").replace(" ", "")
    return say_initialism(language, letters) + stop_after(match)


def _designation(language: Language, match: re.Match[str]) -> str | None:
    """Return a name of letters and digits in words: "F-16", "Су-35", "Covid-19", "G7"; None if it is another word."""
    name, figures, tail = match["name"], match["figures"], match["tail"]
    if not match["hyphen"] and not name.isupper():
        return None
    whole: str | None = language.words["other"].get(match[0])
    if whole:
        return whole
    parts = [
        say_initialism(language, name)
        if name.isupper() and len(name) > 1
        else language.spell(name)
        if name.isupper()
        else name
    ]
    parts.append(language.digits(figures) if figures[0] == "0" or len(figures) > 6 else language.cardinal(int(figures)))
    if tail:
        letters = tail.rstrip("0123456789")
        parts.append(language.spell(letters) if letters.isupper() else letters)
        parts += [language.cardinal(int(tail[len(letters) :]))] if letters != tail else []
    return " ".join(parts)


def _lettered(language: Language, match: re.Match[str]) -> str:
    """Return a number with a letter, "5G" or "12B", in words."""
    return f"{language.cardinal(int(match['figures']))} {language.spell(match['letter'])}"


def _compound(language: Language, match: re.Match[str]) -> str | None:
    """Return a chemical formula such as "CaCO3" letter by letter; None if it is none, or the table `other` has it."""
    name = match[0]
    if name in language.words["other"] or not chemistry.is_compound(name):
        return None
    return " ".join(
        language.cardinal(int(run)) if run.isdecimal() else language.spell(run) for run in chemistry.runs_of(name)
    )


def _domain(language: Language, match: re.Match[str]) -> str:
    """Return ".uk" and ".NET" in words, with the point."""
    name = match["name"]
    spoken = say_initialism(language, name.upper()) if len(name) < 3 else name.lower() if name.isupper() else name
    return f"{language.words['address']['.']} {spoken}"


def _mixed(language: Language, match: re.Match[str]) -> str | None:
    """Return a word with digits or underscores in words, run by run.

    Other characters are dropped. None for letters alone.
    """
    if match[0].isalpha():
        return None
    parts = []
    for run in re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", match[0])):
        if run.isdecimal():
            parts.append(language.digits(run) if run[0] == "0" or len(run) > 6 else language.cardinal(int(run)))
        else:
            parts.append(say_initialism(language, run) if run.isupper() and len(run) > 1 else run)
    return " ".join(parts)


# Abbreviations


def _forms(language: Language, table: str) -> dict[str, str]:
    """Return the spoken forms of a table of abbreviations, by written form."""
    return spread(language.words.get(table, {}))


def abbreviations(language: Language) -> Iterator[Rule]:
    """Yield the rules for abbreviations; those of the table `final` may end a sentence."""
    for name, follow, final in (
        ("before_number", r"(?:[ ]?:)?\s*(?=\d|[IVXLC]+(?!\w|\.\w))", False),
        ("before_name", r"(?=\s*[\"(]?[^\W\d_])", False),
        ("anywhere", r"(?!\w)", False),
        ("final", r"(?!\w)", True),
    ):
        forms = _forms(language, name)
        if forms:
            yield _abbreviation(language, name.replace("_", " "), forms, follow, final)


#: A name after a title; particles such as "von" may stand before it.
_NAME_AHEAD = re.compile(
    r"""\s*["(]?(?:(?:von|vom|van|zu|zum|zur|den|der|ter|de|du|des|del|della|di|da|das|dos|la|le|el|al)\s|[dl]')*(?=\w)(?![^A-ZÀ-ÞА-ЯҐЄІЇЁĄĆĘŁŃÓŚŹŻŠČŽ])"""
)


def _abbreviation(language: Language, name: str, forms: dict[str, str], follow: str, final: bool) -> Rule:
    """Return the rule for one table of abbreviations.

    *forms* are the spoken forms by written form, *follow* is the pattern that must follow, and *final* tells whether
    such an abbreviation may end a sentence.
    """

    def say(language: Language, match: re.Match[str]) -> str | None:
        written = match["form"]
        spoken = forms.get(written) or forms[written[0].lower() + written[1:]]
        if name == "before name" and not _NAME_AHEAD.match(match.string, match.end()):
            return None
        if "|" in spoken:
            spoken = language.form_of_word(match, spoken.split("|"))
        if written[0].isupper() and written not in forms:
            spoken = spoken[0].upper() + spoken[1:]
        return (
            spoken + (" " if name == "before number" else "") + stop_after(match, language.openers if final else None)
        )

    # An abbreviation in small letters may begin a sentence; a capital letter alone is somebody's initial.
    written = set(forms) | {form[0].upper() + form[1:] for form in forms if form[1:2] != "." or len(form) > 2}
    return rule(name, first_words(forms), rf"(?P<form>{choice(written)}){follow}", say, language)


# Roman numerals

#: Cyrillic letters that are typed for Latin ones.
_CYRILLIC = str.maketrans("ХІМСІ", "XIMCI")


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral, also of one typed in Cyrillic; 0 if it is not well-formed.

    >>> roman_value("XXI"), roman_value("ХІХ"), roman_value("IIX")
    (21, 19, 0)
    """
    return patterns.roman_value(numeral.translate(_CYRILLIC))


def _roman(language: Language, match: re.Match[str]) -> str | None:
    """Return a Roman numeral in words; None if it may be a word.

    The language's `roman` decides first. Otherwise a numeral of two or more letters, one of them I or V, is a cardinal.
    """
    numeral = match["numeral"].translate(_CYRILLIC)
    value = roman_value(numeral)
    if not value:
        return None
    spoken = language.roman(match, value)
    return language.cardinal(value) if spoken is None and re.fullmatch(r"(?=.*[IV])[IVX]{2,}", numeral) else spoken


# Addresses


def _address(language: Language, match: re.Match[str]) -> str:
    """Return a web address in words: names as words, symbols by name; "https://" and "www." are dropped."""
    symbols = language.words["address"]
    text = re.sub(r"^(?:https?://)?(?:www\.)?", "", match["address"]).rstrip("/")
    parts = []
    for part in re.findall(r"[^\W\d_]+|\d+|.", text):
        if part.isdecimal():
            parts.append(language.digits(part))
        else:
            parts.append(part if part[0].isalpha() else symbols.get(part, ""))
    return " ".join(part for part in parts if part)


_DOMAIN = r"(?:[\w-]+\.)+[a-zA-Z]{2,}"


def words(language: Language) -> Iterator[Rule]:
    """Yield the rules for words."""
    yield rule(
        "web address",
        ["http", "https", "www"],
        rf"(?P<address>(?:https?://(?:www\.)?|www\.){_DOMAIN}(?:/[\w./?=&%+#~-]*[\w/])?)",
        _address,
        language,
    )
    yield from abbreviations(language)
    yield rule("roman numeral", [WORD], r"(?P<numeral>[IVXLCDMХІМС]+)(?!\w)(?!\.\w)", _roman, language)
    yield rule("point before a name", ["."], r"\.(?P<name>[a-z]{2,4}|NET)(?![\w.])", _domain, language)
    yield rule("compound", [WORD], chemistry.PATTERN, _compound, language)
    yield rule(
        "designation",
        [WORD],
        r"(?P<name>[^\W\d_]{1,16})(?P<hyphen>[-–])?(?P<figures>\d+)(?P<tail>[^\W\d_]{0,3}\d{0,2})(?![\w.,:/]*\d)(?!\w)",
        _designation,
        language,
    )
    yield rule("figures and a letter", [DIGIT], r"(?P<figures>\d{1,4})-?(?P<letter>[A-Z])(?!\w)", _lettered, language)
    yield rule("dotted letters", [WORD], r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?", _dotted, language)
    yield rule("mixed word", [WORD], r"\w+", _mixed, language)
    # "GmbH" is a trigger of itself, but "Lkw" looks like a plain word.
    plain = [form.lower() for form in language.words["other"] if form.istitle()]
    yield rule("initialism", [WORD, *plain], r"(?P<letters>[^\W\d_]{2,})(?!\w)", _initialism, language)
