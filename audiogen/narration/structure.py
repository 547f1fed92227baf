"""Decides how superscripts and subscripts, marks of notes, line breaks and formulas are narrated.

A superscript number is a power after a base (ten, two, a letter, a bracket) or a unit. Before the symbol of an element
it is the mass number of an isotope. Elsewhere, as after a year, a price or a word, it is the mark of a note, which is
not narrated. Superscript letters belong to the word or number before them ("20th", "XIXe", "Mme").
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from audiogen.language.tags import list_tag
from audiogen.model import SpanKind, TextSpan
from audiogen.narration.chemistry import elements, symbols
from audiogen.narration.data import load_table
from audiogen.narration.formulas import formula_edits, say_formula
from audiogen.narration.late import late
from audiogen.narration.markup import markup_edits
from audiogen.narration.narrated import Edit, NarratedText, apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: Superscript characters of Unicode, and the usual characters for them.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_ON_LINE = str.maketrans(_RAISED + "ᵐ", "0123456789+-m")
_BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ABOVE = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
#: "ᵐ" only after the mass of an isotope.
_UNICODE = late(rf"[{_RAISED}]+(?:[,˒’'\u202f ]?[{_RAISED}]+)*ᵐ?")
#: Symbols after a word that mark a note, if the text has more than one of them, or the note itself begins with one.
_MARKS = frozenset("*†‡§¶#")
_UNSPOKEN = frozenset({"TM", "SM", "MD", "MC", "®", "™", "©"})
_NUMBERS = late(r"[\[(]?\s*\d{1,3}(?:\s*[,;–\-\u2009 ]\s*\d{1,3})*\s*[\])]?[,;]?")
_LETTERS = late(r"[a-h](?:,\s?[a-h])+")
_CHARGE = late(r"\d?[+\-−–]|[+\-−–]\d?")
_EXPONENT = late(r"[+\-−–]?\d{1,3}|[+\-−–]?[a-z]")
#: Bases of powers: ten or two that is no year and no price, a letter of a formula, a bracket of one.
_TEN = late(r"(?:(?<![\d.,$€£¥₹])|(?<=\d[×x·]))(?:10|2)\Z")
_PRODUCT = late(r"(?<=\d)\s?[×x·⋅*]\s?10\Z")
_OPERATED = late(r"[=×*/+^·÷]\s?\d{1,3}(?:\.\d+)?\Z")
_LETTER = late(r"(?<![\w'’.-])(?:[A-Za-z]|\d[a-z]|[b-df-hj-np-tv-xz]{2}|[A-Za-z]?[α-ωΑ-Ω][a-z]?|E=mc)\Z")
#: Words before a letter that names one of several ("Class A"): a number after that letter is the mark of a note.
_NAMED = late(
    r"(?i:vitamins?|hepatitis|appendix|plan|group|grade|type|class|section|figure|table|part|phase|schedule)\s[A-Z]\Z"
)
_BRACKET = late(r"\([\w\s.]{1,8}[+\-−–*/×·][\w\s.+\-−–*/×·]{1,12}\)\Z")
_UNIT = late(
    r"(?:(?<=[\d\s/·.⋅(])|(?<=per\s))(?:[kcmdµμn]?m|km|ft|yd|mi|in|inch(?:es)?|feet|foot|miles?|met(?:er|re)s?|kilometers?|s|sec|h|g|kg|[кмдс]?м|с|ч|кг)\Z"
)
#: Units that are squared only after another one, "m/s²", "m·s²", and those that have no powers.
_PER_SQUARE, _NO_AREA = frozenset({"s", "sec", "h", "с", "ч"}), frozenset({"g", "kg", "кг"})
_AFTER_RATE = late(r"(?:/|·|⋅|per\s|[mм]\s)\w{1,3}\Z")
#: Words that show that a length is meant, so that the number after its unit is the mark of a note.
_LENGTH_AHEAD = late(
    r"\s(?:long|wide|high|tall|deep|thick|away|apart|from|lang|breit|hoch|tief|entfernt|de\s(?:long|large|haut|ancho|alto))\b"
)
#: A word in capitals to which its subscript belongs: "PM2.5".
_NAMED_BELOW = late(r"(?<![^\W_])[A-Z]{2,5}\Z")
#: A Roman numeral of a century or a ruler, which a superscript makes an ordinal: "XVIIe".
_ROMAN = late(r"(?<![^\W_])[IVXLC]+\Z")
_GREEK = late(r"[α-ωΑ-Ω]\Z")
_DEGREES = late(r"\s?[CFKNSEWO](?![a-z])")
#: The mass number of an isotope; an "m" after it marks a metastable one.
_MASS_NUMBER = late(r"\d{1,3}(?:(?<=\d\d)m\d?)?")
_ELEMENT = late(r"\s?([A-Z][a-z]?)(?![a-z])")
_CHEMICAL = late(r"(?:[A-Z][a-z]?\d{0,3}|\((?:[A-Z][a-z]?\d{0,2})+\)\d?)+\Z")
#: Rows of symbols that separate parts of a text: "====", "~~~", "* * *", "o0o", "--oOo--", "-=-=-".
_ROW = late(
    r"(?<!\S)(?:([=~*#+•·_–—-])\1{2,}|[-=~*+_#•·<>]{5,}|[*•·~=#+⁂](?:\s[*•·~=#+⁂]){2,}|[-–—~*=]*\s?o[0oO]o\s?[-–—~*=]*)(?!\S)"
)
#: How many characters before a superscript are searched.
_BEFORE = 40
#: The longest lines of a list, a poem or an address, in characters.
_MAX_SHORT_LINE = 50
#: What may separate two marks of notes.
_BETWEEN = frozenset({"", ",", ";", "–", "-"})
_MAX_ROW_LENGTH = 200


class _Run(NamedTuple):
    """A superscript or subscript, and the text around it."""

    text: str
    start: int
    end: int
    language: str

    @property
    def raised(self) -> str:
        return self.text[self.start : self.end].strip()

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - _BEFORE) : self.start]


def is_row(text: str) -> bool:
    """Return whether a text is only a row of symbols, which is narrated as a pause.

    >>> [is_row(text) for text in ("====", "* * *", "--o0o--", "a ==== b")]
    [True, True, True, False]
    """
    return len(text) < _MAX_ROW_LENGTH and _ROW.fullmatch(text) is not None


def _knows_none(short: str) -> bool:
    return False


def narrated_text(
    text: str, spans: Sequence[TextSpan], language: str, known: Callable[[str], bool] = _knows_none
) -> NarratedText:
    """Return the narrated text of a block.

    *known* returns whether the rules of the language or a lexicon expand an abbreviation.
    """
    taken: list[Edit] = list(formula_edits(text, spans, language))
    taken += [_remove(text, span.start, span.end) for span in spans if span.kind is SpanKind.NOTE]
    taken += markup_edits(text, spans, known)
    rows = [_remove(text, found.start(), found.end()) for found in _ROW.finditer(text)]
    taken += rows
    marked = [span for span in spans if span.kind in (SpanKind.RAISED, SpanKind.LOWERED)]
    if not text.isascii():
        marked += [TextSpan(found.start(), found.end(), SpanKind.DATA) for found in _UNICODE.finditer(text)]
    for span in marked:
        if (edit := _edit(text, span, spans, language)) is not None:
            taken.append(edit)
    breaks = [span.start for span in spans if span.kind is SpanKind.LINE_BREAK]
    if not taken and not breaks:
        return NarratedText(text, text)
    pauses = {*(_sentence_breaks(text, breaks) if breaks else ()), *(row.end for row in rows)}
    return apply_edits(text, _merge_removals(text, _sort_edits(taken)), sorted(pauses - {len(text)}))


def _merge_removals(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits; two that remove marks of notes are merged with the separator between them: "1, 2", "1–3"."""
    last: Edit | None = None
    for edit in edits:
        silent = last is not None and not (last.narrated.strip() or edit.narrated.strip())
        if last is not None and silent and text[last.end : edit.start].strip() in _BETWEEN:
            last = _remove(text, last.start, edit.end)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _sort_edits(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits in order; of those that overlap, only the first, and of several with one start, the longest."""
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= at:
            yield edit
            at = max(edit.end, at)


def _edit(text: str, span: TextSpan, spans: Sequence[TextSpan], language: str) -> Edit | None:
    """Return the edit of a superscript or subscript; None if it stays."""
    run = _Run(text, span.start, span.end, language)
    if span.kind is SpanKind.LOWERED:
        return _subscript(run)
    if span.kind is SpanKind.RAISED:
        return _superscript(run)
    return _unicode_superscript(run)


def _subscript(run: _Run) -> Edit | None:
    """Return the edit that separates a subscript from the letter before it; None in formulas of chemistry."""
    before = run.before
    if not run.raised or not before[-1:].isalpha():
        return None
    if _CHEMICAL.search(before) and run.raised.isdigit() and _is_chemical(_CHEMICAL.search(before)[0]):  # type: ignore[index]
        return None
    if run.raised[0].isdigit() and "." in run.raised and _NAMED_BELOW.search(before):
        return None
    index = (power_words(run.language) or {}).get("index", "")
    return Edit(run.start, run.start, f" {index} " if index else " ")


def _unicode_superscript(run: _Run) -> Edit | None:
    """Return the edit of Unicode superscripts: marks of notes, charges, masses; None for powers, which rules read."""
    raised, written = run.raised.translate(_ON_LINE), run.text
    # Only the text nearby is translated: the whole paragraph for each number would take quadratic time.
    first = max(0, run.start - _BEFORE)
    near = written[first : run.start].translate(_BELOW) + raised + written[run.end : run.end + _BEFORE]
    start = run.start - first
    plain = run._replace(text=near, start=start, end=start + len(raised))
    edit = _isotope(plain) or _ion(plain)
    if edit is not None:
        shift = len(raised) - (run.end - run.start) - first
        return edit._replace(start=edit.start + first, end=edit.end - shift)
    return _remove(written, run.start, run.end) if _is_mark(plain) else None


def _superscript(run: _Run) -> Edit | None:
    """Return the edit of a superscript: a note's mark, an isotope, an ion or a power; None if it stays."""
    raised, before = run.raised, run.before
    if not raised:
        return None
    if raised in _UNSPOKEN or set(raised) <= _MARKS:
        return _remove(run.text, run.start, run.end)
    if raised == "o" and before[-1:].isdigit() and _DEGREES.match(run.text, run.end):
        return Edit(run.start, run.end, "°")
    if before[-1:] == "-" and before[-2:-1].isalpha() and raised.isdigit():  # U-235
        return None
    if (edit := _isotope(run)) is not None:
        return edit
    if (edit := _ion(run)) is not None:
        return edit
    after = run.text[run.end : run.end + 2]
    if after[:1] in ("/", "⁄") and after[1:].isdigit():  # a fraction: 3 1/2
        return Edit(run.start, run.start, " ") if before[-1:].isdigit() else None
    if _is_mark(run):
        return _remove(run.text, run.start, run.end)
    return _power(run)


def _is_mark(run: _Run) -> bool:
    """Return whether a superscript is the mark of a note, not a power or the end of an ordinal or a contraction."""
    raised, before = run.raised, run.before
    if not before.strip():
        return False
    if not any(map(str.isalpha, raised)):
        if raised[0] in "[(" or not raised.isdigit():
            return _NUMBERS.fullmatch(raised) is not None
        return not _is_power(run)
    if raised[0] in "[(":
        return True
    if _LETTERS.fullmatch(raised):
        return before[-2:].isalpha()
    if _ROMAN.search(before):
        return False
    word = before[-4:]
    follows = run.text[run.end : run.end + 1]
    return len(raised) == 1 and raised.islower() and len(word) == 4 and word.isalpha() and not follows.isalpha()


def _is_power(run: _Run) -> bool:
    """Return whether a superscript is a power, by the base before it."""
    raised, before = run.raised, run.before
    if not before or before[-1].isspace():
        return False
    if before[-1].isdigit():
        return _TEN.search(before) is not None or _OPERATED.search(before) is not None
    if unit := _UNIT.search(before):
        return _is_power_of_unit(run, unit[0])
    if (_LETTER.search(before) and not _NAMED.search(before)) or _BRACKET.search(before):
        return len(raised) == 1 or raised in {"10", "12"}
    return False


def _is_power_of_unit(run: _Run, unit: str) -> bool:
    """Return whether a superscript after a unit is a power, not the mark of a note as in "5 km1", "310 km2 long"."""
    if run.raised not in ("2", "3"):
        return False
    if unit in _PER_SQUARE:
        return run.raised == "2" and _AFTER_RATE.search(run.before) is not None
    return unit not in _NO_AREA and not _LENGTH_AHEAD.match(run.text, run.end)


def _power(run: _Run) -> Edit | None:
    """Return the edit that reads a superscript as a power; None if it is no power."""
    raised, before = run.raised, run.before
    if not _EXPONENT.fullmatch(raised) or not before or before[-1].isspace():
        return None
    if (unit := _UNIT.search(before)) and not raised.isalpha():
        return _unit_power(run, unit[0])
    single = raised.isalpha() or raised[0] in "+-−–"
    if not (_is_power(run) or (single and (before[-1].isdigit() or _LETTER.search(before) or _BRACKET.search(before)))):
        return None
    if raised.isalpha() and raised not in "nkxmtij":
        return None
    words = power_words(run.language)
    if words is None:
        return Edit(run.start, run.end, raised.translate(_ABOVE))
    gap = "" if run.text[run.end : run.end + 1] in ("", *" .,;:!?)]}\"'”’»") else " "
    if raised in ("2", "3") and not before[-1].isdigit():
        spoken = words["squared" if raised == "2" else "cubed"]
    else:
        exponent = raised.lstrip("+-−–")
        sign = f"{words['minus']} " if raised[0] in "-−–" else ""
        spoken = words["power"].replace("#", sign + exponent)
    if (product := _PRODUCT.search(before)) is not None:
        return Edit(run.start - len(product[0]), run.end, f" {words['times']} 10 {spoken}{gap}")
    letters = _LETTER.search(before)
    if letters and (len(letters[0]) > 1 or not letters[0].isascii()):
        base = say_formula(letters[0], run.language)
        return Edit(run.start - len(letters[0]), run.end, f"{base} {spoken}{gap}")
    return Edit(run.start, run.end, f" {spoken}{gap}")


def _unit_power(run: _Run, unit: str) -> Edit:
    """Return the edit of a unit's power: a negative one becomes "per"; others are left to the rules for units."""
    words, power = power_words(run.language), run.raised.lstrip("+-−–")
    if words is None or run.raised[0] not in "-−–":
        return Edit(run.start, run.end, power.translate(_ABOVE))
    above = "" if power == "1" else power.translate(_ABOVE)
    return Edit(run.start - len(unit), run.end, f"{words['per']} {unit}{above}")


def _isotope(run: _Run) -> Edit | None:
    """Return the edit that reads the mass number after the element ("carbon 14"); None if it is no isotope."""
    if not _MASS_NUMBER.fullmatch(run.raised) or run.before[-1:] in ("/", ".", ")"):
        return None
    if run.before[-1:].isalnum() and not _GREEK.search(run.before):
        return None
    found = _ELEMENT.match(run.text, run.end)
    if found is None or found[0].startswith(" ") or found[1] not in symbols():
        return None
    name = elements(run.language).get(found[1], found[1])
    gap = " " if run.text[found.end() : found.end() + 1].isalnum() else ""
    lead = " " if run.before[-1:].isalnum() else ""
    separator = "-" if "m" in run.raised else " "  # technetium-99m
    return Edit(run.start, found.end(), f"{lead}{name}{separator}{run.raised}{gap}")


def _ion(run: _Run) -> Edit | None:
    """Return the edit that reads the charge of an ion ("Ca2+", "SO4 2-"); None if it is no ion."""
    words = power_words(run.language)
    found = _CHEMICAL.search(run.before)
    if words is None or found is None or not _CHARGE.fullmatch(run.raised) or not _is_chemical(found[0]):
        return None
    sign = words["plus" if "+" in run.raised else "minus"]
    count = run.raised.strip("+-−–")
    name = elements(run.language).get(found[0]) or " ".join(re.findall(r"[A-Za-z]|\d+", found[0].upper()))
    start = run.start - len(found[0])
    return Edit(start, run.end, f"{name} {count} {sign}".replace("  ", " "))


def _is_chemical(name: str) -> bool:
    """Return whether a name consists of symbols of elements."""
    return all(symbol in symbols() for symbol in re.findall(r"[A-Z][a-z]?", name))


def _remove(text: str, start: int, end: int) -> Edit:
    """Return the edit that removes a range; a space stays if it separated two words."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isspace() and start and (not after or after.isspace() or after in ".,;:!?"):
        return Edit(start - 1, end, "")
    return Edit(start, end, " " if before.isalnum() and after.isalnum() else "")


def _sentence_breaks(text: str, breaks: list[int]) -> list[int]:
    """Return the line breaks that end a sentence: between short lines, or before a line with no small first letter.

    A long line before a small letter was wrapped, and the sentence continues.
    """
    edges = [0, *(run + 1 for run in breaks), len(text) + 1]
    lines = [text[start : end - 1] for start, end in itertools.pairwise(edges)]
    chosen = []
    for run, line, following in zip(breaks, lines, lines[1:], strict=False):
        begins_anew = not following.lstrip("\"'“‘«([•·–—- ")[:1].islower()
        if begins_anew or (len(line) <= _MAX_SHORT_LINE and len(following) <= 2 * _MAX_SHORT_LINE):
            chosen.append(run)
    return chosen


@cache
def _table() -> dict[str, Any]:
    return load_table(__file__, "structure.toml")


def power_words(language: str) -> dict[str, str] | None:
    """Return the words for powers in *language*; None if it has none."""
    words: dict[str, str] | None = _table().get(list_tag(language))
    return words
