"""Rules for names of letters and digits: F-16s, T-72B3, Kh-101, A320neo, H5N1, Boeing 737s, 18 U.S.C. § 371, v2.0."""

from __future__ import annotations

import re

from audiogen.narration import chemistry
from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.letters import ACRONYMS, say_initialism, say_mixed, spell
from audiogen.narration.languages.en.numbers import cardinal, digits, halves, number, ordinal
from audiogen.narration.languages.en.parts import DETERMINERS, word_after, word_before
from audiogen.narration.languages.en.quantities import plural
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

_DATA = load_table(__file__, "designations.toml")
_BODIES, _COUNTING, _VERBS = (words(_DATA[name]) for name in ("bodies", "counting", "verbs"))
_RUNS = late(r"[A-Za-z]+|\d+(?:\.\d+)?")
#: Prefixes of aircraft that are spelled (Mil, Tupolev, Ilyushin, Antonov, Kamov); "Su" is said as a word.
_BUREAUS = frozenset(("Mi", "Tu", "Il", "An", "Ka", "Be"))


def say_model(text: str) -> str:
    """Return the number of a model, flight or section in words: three or four digits in pairs.

    >>> [say_model(text) for text in ("16", "360", "101", "300", "777", "1000")]
    ['sixteen', 'three sixty', 'one oh one', 'three hundred', 'triple seven', 'one thousand']
    """
    if "." in text:
        return number(text)
    if text == "777":
        return "triple seven"
    if (text[0] == "0" and len(text) > 1) or len(text) > 4:
        return digits(text)
    return halves(text)


def _letters(text: str) -> str:
    """Return a run of letters of a designation as it is spoken: spelled, or as a word."""
    if len(text) == 1:
        return text.upper()
    if text.isupper() and len(text) < 4 and text not in ACRONYMS:
        return spell(text)
    if text.isupper():
        return say_initialism(text)
    if text in _BUREAUS or not re.search(r"[aeiouyAEIOUY]", text):
        return spell(text.upper())
    return text


def _name(text: str) -> str:
    """Return the runs of letters and digits of a designation in words."""
    return " ".join(say_model(run) if run[0].isdigit() else _letters(run) for run in _RUNS.findall(text))


def _designation(match: re.Match[str]) -> str:
    """Return a designation such as "F-16s" in words, with its plural or possessive ending."""
    spoken = _name(match["name"])
    if match["plural"]:
        spoken = plural(spoken)
    return spoken + (match["possessive"] or "")


def _lineage(match: re.Match[str]) -> str:
    """Return the name of a virus lineage, such as "BA.2.86", in words."""
    numbers = match["numbers"].strip(".").split(".")
    return f"{spell(match['letters'])} {' point '.join(map(say_model, numbers))}"


def _version(match: re.Match[str]) -> str:
    """Return "v2.0" as "version two point zero"."""
    parts = match["version"].split(".")
    return "version " + " point ".join(cardinal(int(part)) if len(part) < 4 else digits(part) for part in parts)


#: Words after which a number of three or four digits is said in pairs.
_MODEL_AFTER = words(_DATA["pairs"])


def _model_number(match: re.Match[str]) -> str | None:
    """Return the number of a model in pairs ("Boeing 737", "RTX 4090"); None if nothing shows that it is one."""
    before = word_before(match).removesuffix("'s")
    if _branded(match):
        return _number_after_letters(match)
    airliner = match["number"][::2] == "77" and match["more"].strip("-") and not match["more"].endswith("00")
    known = before in _MODEL_AFTER or airliner or match["plural"] or word_after(match) == "block"
    if not known or match.string[match.start() - 1 : match.start()] != " ":
        return None
    spoken = say_model(match["number"])
    for more in re.findall(r"\d+|[A-Z]+", match["more"] or ""):
        spoken += " " + (say_model(more) if more.isdigit() else say_initialism(more))
    return plural(spoken) if match["plural"] else spoken


#: Capitals that may name a series of products or a list: "RTX 4090", "HTTP 404", "SB 1070".
_BRAND = late(r"(?<![\w.'-])([A-Z]{2,5})\s\Z")


def _branded(match: re.Match[str]) -> bool:
    """Return whether capitals before the number may name a series of products: "RTX 4090"."""
    if not match.string[max(0, match.start() - 2) : match.start()].isupper():
        return False
    brand = search_before(match, _BRAND)
    return brand is not None and brand[1] not in _BODIES and not match["more"]


def _release(match: re.Match[str]) -> str:
    """Return a release number such as "2.0.1" in words.

    If all parts have three digits, as one number with grouped digits.
    """
    first, *parts = match[0].split(".")
    if all(len(part) == 3 for part in parts):
        return number(match[0].replace(".", ""))
    return " point ".join(cardinal(int(part)) for part in (first, *parts))


def _number_after_letters(match: re.Match[str]) -> str | None:
    """Return the number of "RTX 4090" in pairs; None for years and for counts: "gave the BBC 2500 words"."""
    after = word_after(match)
    if match.string.startswith("-", match.end()):
        return None
    counts = after in _COUNTING or (after.islower() and after.endswith("s") and after not in _VERBS)
    if counts or (match["number"][:2] in ("19", "20") and len(match["number"]) == 4):
        return None
    number_named = match["number"]
    spoken = cardinal(int(number_named)) if number_named[1:3] == "00" else say_model(number_named)
    return plural(spoken) if match["plural"] else spoken


def _plan(match: re.Match[str]) -> str:
    """Return the name of a retirement plan, such as "401(k)", in words."""
    digit = f" {cardinal(int(match['digit']))}" if match["digit"] else ""
    return f"{say_model(match['number'])} {(match['letter'] or match['bare']).upper()}{digit}"


def _code_section(match: re.Match[str]) -> str:
    """Return a section of a federal code ("18 U.S.C. § 371") in words."""
    code = spell(match["code"].replace(".", ""))
    return f"{cardinal(int(match['title']))} {code} section {_section_number(match['section'])}"


def _section_number(text: str) -> str:
    """Return the number of a section of a law in words."""
    runs = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", text)
    return " ".join(say_model(run) if run[0].isdigit() else spell(run.upper()) for run in runs)


def _section(match: re.Match[str]) -> str:
    """Return "§ 371" or "§§ 371" in words."""
    return ("sections " if match["sign"] == "§§" else "section ") + _section_number(match["section"])


def _quarter_alone(match: re.Match[str]) -> str:
    """Return "3Q" as "the third quarter"; without "the" after a determiner."""
    article = "" if word_before(match) in DETERMINERS else "the "
    return f"{article}{ordinal(int(match['number']))} quarter"


def _quarter(match: re.Match[str]) -> str:
    """Return "Q3 2024" or "H1 2024" in words."""
    unit = "quarter" if match["kind"] == "Q" else "half"
    return f"the {ordinal(int(match['number']))} {unit} of {cardinal(int(match['year']))}"


def _digits_and_letters(match: re.Match[str]) -> str:
    """Return a mixed run of digits and letters in words."""
    text = match[0]
    return " ".join(say_model(run) if run[0].isdigit() else say_mixed(run) for run in _RUNS.findall(text))


def _fiscal(match: re.Match[str]) -> str:
    """Return "FY2024" or "FY23/24" in words."""
    year = halves(match["year"]) if len(match["year"]) > 2 else cardinal(int(match["year"]))
    end = f" to {cardinal(int(match['end']))}" if match["end"] else ""
    return f"fiscal year {year}{end}"


_SECTION = r"(?P<section>\d+(?:\.\d+)?[a-z]?(?:\([a-z0-9]+\))*)"


def _airliner(match: re.Match[str]) -> str | None:
    """Return the name of an airliner ("737-800s") in words; None after "between" or "from"."""
    if word_before(match) in ("between", "from"):
        return None
    letters = f" {say_initialism(match['letters'])}" if match["letters"] else ""
    spoken = f"{say_model(match['number'])} {cardinal(int(match['more']))}{letters}"
    return plural(spoken) if match["plural"] else spoken


def _road(match: re.Match[str]) -> str | None:
    """Return "US 101" as a road; None if a counted noun follows."""
    after = word_after(match)
    counted = after in _COUNTING or (after.islower() and after.endswith("s") and after not in _VERBS)
    if word_before(match) == "the" or counted:
        return None
    return f"U S {say_model(match['number'])}"


def _form(match: re.Match[str]) -> str:
    """Return the name of a form such as "1099-MISC" in words."""
    return f"{halves(match['number'])} {say_initialism(match['letters'])}"


def _compound(match: re.Match[str]) -> str | None:
    """Return a chemical formula such as "CaCO3" letter by letter; None if it is not one."""
    if not chemistry.is_compound(match[0]):
        return None
    runs = chemistry.runs_of(match[0])
    return " ".join(cardinal(int(run)) if run.isdecimal() else run for run in runs)


def _isotope(match: re.Match[str]) -> str | None:
    """Return "99mTc" or "137Cs" with the name of its element; None for elements without isotopes in the news."""
    if not match["excited"] and match["symbol"] not in _RADIOACTIVE:
        return None
    name = chemistry.elements("en").get(match["symbol"])
    mass = cardinal(int(match["mass"])) if match["excited"] else say_model(match["mass"])
    return f"{name} {mass}{' M' if match['excited'] else ''}" if name else None


#: Symbols of elements that a mass number may precede: "137Cs".
_RADIOACTIVE = words("Sr Cs Pu Co Tc Ra Rn Xe Kr Po Am")


def _docket_number(match: re.Match[str]) -> str:
    """Return the number of a court case, such as "1:21-cv-04567-ABC", in words."""
    court = f"{cardinal(int(match['court']))} " if match["court"] else ""
    kind = f" {spell(match['kind'].upper())}" if match["kind"] else ","
    spoken = f"{court}{cardinal(int(match['year']))}{kind} {digits(match['number'])}"
    return " ".join([spoken, *(spell(judge) for judge in match["judges"].split("-") if judge)])


_JUDGES = r"(?P<judges>(?:-[A-Z]{2,4}){0,3})(?![\w])(?![.,]\d)"
_KINDS = "cv|cr|mc|mj|md|ap|bk|ag|po|sw"

#: Before dates: the first four digits are no year.
EARLY_RULES = (
    Rule(
        "number of a case",
        [DIGIT],
        rf"(?:(?P<court>\d{{1,2}}):)?(?P<year>\d\d)-(?P<kind>{_KINDS})-(?P<number>\d{{1,6}}){_JUDGES}",
        _docket_number,
        "- :",
    ),
    Rule(
        "docket of an appeal",
        [DIGIT],
        rf"""(?:(?<=No\.[ ])|(?<=Nos\.[ ])|(?<=[Cc]ase[ ]))
        (?P<court>)(?P<year>\d\d)-(?P<kind>)(?P<number>\d{{5}}){_JUDGES}""",
        _docket_number,
        "-",
    ),
    Rule(
        "isotope",
        [DIGIT],
        r"(?P<mass>\d{2,3})(?P<excited>m)?(?P<symbol>[A-Z][a-z])(?![\w'-])",
        _isotope,
        "x",
    ),
    Rule(
        "excited isotope",
        [DIGIT],
        r"(?<=[a-zA-Z]-)\d{2,3}m(?!\w)",
        lambda m: f"{cardinal(int(m[0][:-1]))} M",
        "x",
    ),
    Rule("form", [DIGIT], r"(?P<number>[1-9]\d{3})-(?P<letters>[A-Z]{1,4})(?!\w|-)", _form, "-"),
)

#: Rules that begin with a digit or a sign; they are tried before quantities.
FIRST_RULES = (
    Rule(
        "retirement plan",
        [DIGIT],
        r"(?P<number>401|403|457|501|529)(?:\((?P<letter>[a-z])\)(?:\((?P<digit>\d\d?)\))?|(?P<bare>[kb](?!\w)))",
        _plan,
    ),
    Rule(
        "section of a code",
        [DIGIT],
        rf"(?P<title>\d+)\s(?P<code>U\.?S\.?C\.?|C\.?F\.?R\.?)\s?(?:(?:§+|[Ss]ec(?:tion|\.))\s?)?{_SECTION}",
        _code_section,
        "_A",
    ),
    Rule(
        "airliner",
        [DIGIT],
        r"(?P<number>7[0-8]7)-(?P<more>[1-9]00|8|9|10)(?P<letters>ER|LR|F|D)?(?P<plural>s)?(?!\w|[.,–-]\d)",
        _airliner,
        "-",
    ),
    Rule("road", ["us"], r"US[ -](?P<number>\d{3})(?!\w|[.,–-]\d|%)", _road, "_0 -"),
    Rule("section", ["§"], rf"(?P<sign>§+)\s?{_SECTION}", _section),
    Rule(
        "numbered and lettered",
        [DIGIT],
        r"(?P<section>\d{1,4}[a-z]?\([a-z]{1,3}\)(?:\([a-zA-Z0-9]{1,3}\))*)(?!\w)",
        lambda m: _section_number(m["section"]),
        "o x",
    ),
    Rule(
        "release",
        [DIGIT],
        r"\d{1,3}(?:\.\d{1,4}){2,3}(?![\w]|\.\d)",
        _release,
        ".",
    ),
    Rule("quarter alone", [DIGIT], r"(?P<number>[1-4])Q(?!\w)", _quarter_alone, "x"),
    Rule("quarter", [DIGIT], r"(?P<number>[1-4])(?P<kind>[QH])(?P<year>\d\d)(?!\w)", _quarter, "x"),
    Rule(
        "number of a model",
        [DIGIT],
        r"""(?P<number>\d{3,4})(?P<more>(?:-\d{1,3}|[ ]MAX)?(?:[A-Z]{1,2})?)(?P<plural>s(?!\s(?:of|more)\b))?
        (?!\w|[.,]\d)""",
        _model_number,
    ),
)

RULES = (
    Rule("fiscal year", [WORD], r"FY\s?'?(?P<year>\d{4}|\d\d)(?:[-–/](?P<end>[1-9]\d))?(?!\w)", _fiscal, "# _0 '"),
    Rule("version", [WORD], r"(?:v|V(?=\d+\.))(?P<version>\d+(?:\.\d+){0,3})(?!\w)", _version, "# ."),
    Rule("lineage", [WORD], r"(?P<letters>[A-Z]{1,3})(?P<numbers>(?:\.\d{1,3}){1,4})(?!\w)", _lineage, "."),
    Rule("compound", [WORD], chemistry.PATTERN, _compound),
    Rule("strain", [WORD], r"SARS-CoV-2\b", lambda m: "SARS C O V two", "-"),
    Rule(
        "designation",
        [WORD],
        r"""(?P<name> (?:[A-Z][A-Za-z]{0,11}-|[A-Z]{1,5}|[A-Z][a-z]{1,2}(?=\d{2}))
        \d{1,4} (?: (?:\.\d{1,2})+ | -?[A-Z]{1,3}\d{0,3} | neo | ULR | ER | \(M\) | [/-]\d{1,4} | [a-rt-z](?![a-z]) )* )
        (?P<plural>s)? (?P<possessive>'s)? (?![\w])(?!\.\d)""",
        _designation,
        "- . # x",
    ),
    Rule("letters and digits", [WORD], r"(?=[A-Za-z]*\d)[A-Za-z0-9]+(?!\w)", _digits_and_letters, "#"),
    Rule(
        "digits and letters", [DIGIT], r"\d{1,4}[A-Z]{1,3}\d{0,4}(?:[A-Z]\d{0,3})?(?!\w)(?!')", _digits_and_letters, "x"
    ),
)
