"""Letters and digits that name a thing: F-16s, T-72B3, Kh-101, A320neo, H5N1, Boeing 737s, 18 U.S.C. § 371, v2.0."""

from __future__ import annotations

import re

from audiogen.narration.data import words
from audiogen.narration.languages.en.letters import SAID, say_initialism, say_mixed, spell
from audiogen.narration.languages.en.numbers import cardinal, digits, halves, number, ordinal
from audiogen.narration.languages.en.parts import word_before
from audiogen.narration.languages.en.quantities import plural
from audiogen.narration.late import late
from audiogen.narration.rewriting import DIGIT, WORD, Rule

_RUNS = late(r"[A-Za-z]+|\d+(?:\.\d+)?")
#: Makers' bureaus whose two letters are spelled, "Su" is said: Mil, Tupolev, Ilyushin, Antonov, Kamov.
_BUREAUS = frozenset(("Mi", "Tu", "Il", "An", "Ka", "Be"))


def say_model(text: str) -> str:
    """Say the number of a model, a flight, a section: in pairs where it has three digits or four.

    >>> [say_model(text) for text in ("16", "360", "101", "300", "777", "1000")]
    ['sixteen', 'three sixty', 'one oh one', 'three hundred', 'triple seven', 'one thousand']
    """
    if "." in text:
        return number(text)
    if text == "777":
        return "triple seven"
    if (text[0] == "0" and len(text) > 1) or len(text) > 4:
        return digits(text)
    return halves(text) if len(text) > 2 else cardinal(int(text))


def _letters(text: str) -> str:
    if len(text) == 1:
        return text.upper()
    if text.isupper() and len(text) < 4 and text not in SAID:
        return spell(text)
    if text.isupper():
        return say_initialism(text)
    if text in _BUREAUS or not re.search(r"[aeiouyAEIOUY]", text):
        return spell(text.upper())
    return text


def _name(text: str) -> str:
    return " ".join(say_model(run) if run[0].isdigit() else _letters(run) for run in _RUNS.findall(text))


def _designation(match: re.Match[str]) -> str:
    said = _name(match["name"])
    if match["plural"]:
        said = plural(said)
    return said + (match["possessive"] or "")


def _lineage(match: re.Match[str]) -> str:
    numbers = match["numbers"].strip(".").split(".")
    return f"{spell(match['letters'])} {' point '.join(map(say_model, numbers))}"


def _version(match: re.Match[str]) -> str:
    parts = match["version"].split(".")
    return "version " + " point ".join(cardinal(int(part)) if len(part) < 4 else digits(part) for part in parts)


#: Words behind which a number of three digits or four is said in pairs.
_MODEL_AFTER = words(
    "boeing max flight airbus highway interstate route room section porsche peugeot ferrari bus mercedes title form "
)


def _model_number(match: re.Match[str]) -> str | None:
    before = word_before(match).removesuffix("'s")
    airliner = match["number"][::2] == "77" and match["more"].strip("-") and not match["more"].endswith("00")
    known = before in _MODEL_AFTER or airliner or match["plural"]
    if not known or match.string[match.start() - 1 : match.start()] != " ":
        return None
    said = say_model(match["number"])
    for more in re.findall(r"\d+|[A-Z]+", match["more"] or ""):
        said += " " + (say_model(more) if more.isdigit() else say_initialism(more))
    return plural(said) if match["plural"] else said


def _plan(match: re.Match[str]) -> str:
    return f"{say_model(match['number'])} {(match['letter'] or match['bare']).upper()}"


def _code_section(match: re.Match[str]) -> str:
    code = spell(match["code"].replace(".", ""))
    return f"{cardinal(int(match['title']))} {code} section {_section_number(match['section'])}"


def _section_number(text: str) -> str:
    runs = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", text)
    return " ".join(say_model(run) if run[0].isdigit() else spell(run) for run in runs)


def _section(match: re.Match[str]) -> str:
    return ("sections " if match["sign"] == "§§" else "section ") + _section_number(match["section"])


def _quarter(match: re.Match[str]) -> str:
    unit = "quarter" if match["kind"] == "Q" else "half"
    return f"the {ordinal(int(match['number']))} {unit} of {cardinal(int(match['year']))}"


def _digits_and_letters(match: re.Match[str]) -> str:
    text = match[0]
    return " ".join(say_model(run) if run[0].isdigit() else say_mixed(run) for run in _RUNS.findall(text))


def _fiscal(match: re.Match[str]) -> str:
    year = halves(match["year"]) if len(match["year"]) > 2 else cardinal(int(match["year"]))
    end = f" to {cardinal(int(match['end']))}" if match["end"] else ""
    return f"fiscal year {year}{end}"


_SECTION = r"(?P<section>\d+(?:\.\d+)?[a-z]?(?:\([a-z0-9]+\))*)"

#: Those that begin with a digit or a sign, before quantities are looked for.
FIRST_RULES = (
    Rule(
        "retirement plan",
        [DIGIT],
        r"(?P<number>401|403|457|501|529)(?:\((?P<letter>[a-z])\)|(?P<bare>[kb](?!\w)))",
        _plan,
    ),
    Rule(
        "section of a code",
        [DIGIT],
        rf"(?P<title>\d+)\s(?P<code>U\.?S\.?C\.?|C\.?F\.?R\.?)\s?(?:(?:§+|[Ss]ec(?:tion|\.))\s?)?{_SECTION}",
        _code_section,
        "_A",
    ),
    Rule("section", ["§"], rf"(?P<sign>§+)\s?{_SECTION}", _section),
    Rule("quarter", [DIGIT], r"(?P<number>[1-4])(?P<kind>[QH])(?P<year>\d\d)(?!\w)", _quarter, "x"),
    Rule(
        "number of a model",
        [DIGIT],
        r"(?P<number>\d{3,4})(?P<more>(?:-\d{1,3}|[ ]MAX)?(?:[A-Z]{1,2})?)(?P<plural>s)?(?!\w|[.,]\d)",
        _model_number,
    ),
)

RULES = (
    Rule("fiscal year", [WORD], r"FY\s?'?(?P<year>\d{4}|\d\d)(?:[-–/](?P<end>[1-9]\d))?(?!\w)", _fiscal, "# _0 '"),
    Rule("version", [WORD], r"(?:v|V(?=\d+\.))(?P<version>\d+(?:\.\d+){0,3})(?!\w)", _version, "# ."),
    Rule("lineage", [WORD], r"(?P<letters>[A-Z]{1,3})(?P<numbers>(?:\.\d{1,3}){1,4})(?!\w)", _lineage, "."),
    Rule("strain", [WORD], r"SARS-CoV-2\b", lambda m: "SARS C O V two", "-"),
    Rule(
        "designation",
        [WORD],
        r"""(?P<name> (?:[A-Z][A-Za-z]{0,11}-|[A-Z]{1,5}|[A-Z][a-z]{1,2}(?=\d{2}))
        \d{1,4} (?: (?:\.\d{1,2})+ | -?[A-Z]{1,3}\d{0,3} | neo | ULR | ER | [/-]\d{1,4} | [a-rt-z](?![a-z]) )* )
        (?P<plural>s)? (?P<possessive>'s)? (?![\w])(?!\.\d)""",
        _designation,
        "- . # x",
    ),
    Rule("letters and digits", [WORD], r"(?=[A-Za-z]*\d)[A-Za-z0-9]+(?!\w)", _digits_and_letters, "#"),
    Rule(
        "digits and letters", [DIGIT], r"\d{1,4}[A-Z]{1,3}\d{0,4}(?:[A-Z]\d{0,3})?(?!\w)(?!')", _digits_and_letters, "x"
    ),
)
