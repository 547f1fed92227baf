"""Rules for abbreviations: titles before names, common words, and abbreviations before numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.parts import DETERMINERS, stop_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice, search_before
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "abbreviations.toml")
TITLES = pairs(_DATA["titles"]["lines"])
WORDS = pairs(_DATA["words"]["lines"])
#: Titles without a full stop, in British style; only before a name.
SHORT = pairs(_DATA["short"]["lines"])
COUNTED = pairs(_DATA["counted"]["lines"])


def _title(match: re.Match[str]) -> str | None:
    """Return a title with a full stop in full; None for an unknown one."""
    return TITLES.get(match[0])


def _word(match: re.Match[str]) -> str | None:
    """Return a common abbreviation in full; None for "Bros" without a name before it."""
    if match[0] == "Bros" and not search_before(match, _NAME):
        return None
    return WORDS[match[0]] + stop_after(match)


_NAME = late(r"[A-Z][\w'&-]*\s\Z")


def _estimate(match: re.Match[str]) -> str | None:
    """Return "est." as "estimate" after a number ("the $1.39 est.") and as "estimated" before one; otherwise None."""
    text = match.string
    if search_before(match, _FIGURE):
        return "estimate" + stop_after(match)
    return "estimated" if _SUM.match(text, match.end()) else None


_FIGURE = late(r"\d(?:%|[ ]?(?:bn|[kmMB]|million|billion))?\s\Z")
_SUM = late(r"\s[$€£]?\d")


def _versus(match: re.Match[str]) -> str | None:
    """Return "versus" for "v." or "vs." between two names; None at other places."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    return "versus" if len(before) == 2 and before[1] == " " and (before[0].isalnum() or before[0] in ".)'\"") else None


def _short(match: re.Match[str]) -> str:
    """Return a title without a full stop in full."""
    return SHORT[match[0]]


#: Words after which "no." is an answer and not "number".
_ANSWERING = words("is was said says say answered answers means oh replied")


def _counted(match: re.Match[str]) -> str | None:
    """Return an abbreviation before a number in full; None if "no." is an answer."""
    if match["word"] == "no." and word_before(match) in _ANSWERING:
        return None
    return COUNTED[match["word"]] + " "


def first_words(forms: dict[str, str]) -> set[str]:
    """Return the triggers of the written forms: the text before the first mark or space, in lower case."""
    return {form.replace("'", ".").replace("/", ".").split(".")[0].split(" ")[0].lower() for form in forms}


RULES = (
    Rule(
        "before a number",
        first_words(COUNTED),
        # "No. I won't." is an answer, "the boss's. 18 men" no section.
        rf"(?P<word>{choice(COUNTED)})(?<!\b[Nn]o\.(?=\sI\b))(?<!'s\.)\s?(?=\d|[IVXLC]+\b|[ivxl]+\b)",
        _counted,
    ),
    Rule(
        "title",
        first_words(TITLES),
        r"[A-Z][A-Za-z]*\.(?=\s*[A-Z\d(\"]|-[A-Za-z]|\s(?:and|or)\s[A-Z]|\s*\Z)(?<!Gen\.\Z)(?<!Gen\.(?=\s[XYZ]\b(?!\.)))",
        _title,
    ),
    Rule(
        "number in british style",
        ["no", "nos"],
        r"(?P<word>Nos?|(?<=[a-z]\s)NO)\s(?=\d{1,4}\b(?!\s(?:people|men|women)))",
        lambda m: "numbers " if m["word"] == "Nos" else "number ",
    ),
    Rule("versus", ["v", "vs"], r"(?:vs?\.?|VS\.?|V\.)(?=\s(?:the\s)?[A-Z]|(?<=s)\s\d|(?<=s\.)\s\d)", _versus),
    Rule(
        "title without a stop",
        [title.lower() for title in SHORT],
        rf"{choice(SHORT)}(?=\s(?:{choice(SHORT)}\s)*(?:[A-Z]\.?\s?)*[A-Z][a-z'])",
        _short,
    ),
    Rule(
        "doctor without a name",
        ["dr"],
        r"[Dd]r\.(?=\s[a-z])",
        lambda m: "doctor" if word_before(m) in DETERMINERS else None,
    ),
    Rule("number of", ["no"], r"No\.(?=\sof\s[a-z])", lambda m: "number"),
    Rule("generation", ["gen"], r"Gen\.(?=\s[XYZ]\b(?!\.))", lambda m: "Gen"),
    Rule("estimate", ["est"], r"est\.(?!\w)(?!\s(?:in\s)?[12]\d{3}\b)", _estimate),
    Rule("abbreviation", first_words(WORDS), rf"{choice(WORDS)}(?!\w)", _word),
)
