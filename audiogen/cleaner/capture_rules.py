"""Rules over the model's opinion of a capture: what is never heard, and why a line is not heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from audiogen.cleaner.capture_lines import Line

#: Chance from which a line is heard.
HEARD = 0.5
#: Chance from which a heading is heard though it reads like the head of a list of links ("Sources", "Overview").
SURE = 0.75
_END = re.compile(r"[.!?…。:;][\"'”’»)\]]*\Z")
_CRUMBS = re.compile(r"\s[»›>/|]\s|\s>\S|\S>\s")
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\[[a-z_]+ [a-z_]+=.*\]|<[a-z/!][^>]{0,200}>|\b(?:function\s*\(|var \w+ ?=|window\.)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is not heard."""

    reason: Reason
    rule: str


def key(line: Line) -> str:
    """Fold *line* for comparison: its words in lower case."""
    return " ".join(line.words).lower()


def refine_title(lines: Sequence[Line], title: NDArray[np.float64], start: int) -> int:
    """Choose the headline; of a breadcrumb that ends in it and the headline itself, the headline."""
    best = int(title.argmax())
    whole = key(lines[best])
    for i in range(min(len(lines), max(start, best) + 3)):
        own = key(lines[i])
        ends = own and own != whole and len(lines[i].words) > 2 and whole.endswith(own)
        if ends and (title[i] > 0.2 * title[best] or _CRUMBS.search(lines[best].text)):
            return i
    return best


def judge(
    lines: Sequence[Line], heard: NDArray[np.float64], title: int, span: tuple[int, int]
) -> tuple[int, list[Verdict | None]]:
    """Give the standfirst's place, -1 for none, and each line's verdict, None for what is heard."""
    verdicts: list[Verdict | None] = []
    seen = {key(lines[title])} if title >= 0 else set()
    teasers = _teasers(lines, span)
    for i, line in enumerate(lines):
        verdict = _verdict(line, float(heard[i]), span[0] <= i <= span[1])
        if i == title:
            verdict = Verdict(Reason.TITLE, "capture.title")
        elif verdict is None and line.words and key(line) in seen:
            verdict = Verdict(Reason.DUPLICATE, "capture.repeated")
        elif verdict is None and i in teasers:
            verdict = Verdict(Reason.RELATED, "capture.teaser")
        if verdict is None:
            seen.add(key(line))
        verdicts.append(verdict or None)
    return -1, [verdict or None for verdict in _explained(lines, verdicts, title, span)]


def _verdict(line: Line, chance: float, inside: bool) -> Verdict | None:
    match = line.match
    if match is not None and not (match.place == "head" and inside and chance >= SURE):
        return Verdict(match.reason, match.rule)
    if _TEMPLATE.search(line.text) and chance < 0.97:
        return Verdict(Reason.BOILERPLATE, "capture.template")
    if not inside:
        return Verdict(Reason.BOILERPLATE, "capture.outside")
    return None if chance >= HEARD else Verdict(Reason.BOILERPLATE, "capture.model")


def _teasers(lines: Sequence[Line], span: tuple[int, int]) -> set[int]:
    """Find teasers of other articles: a headline and, under it, a beginning that is cut off with an ellipsis."""
    found: set[int] = set()
    for i in range(span[0] + 1, span[1] + 1):
        cut = lines[i].text.rstrip().endswith(("…", "...", "[…]", "[...]")) and len(lines[i].words) >= 12
        if cut and not _END.search(lines[i - 1].text) and len(lines[i - 1].words) >= 3:
            found |= {i - 1, i}
    return found


#: Which reason a section's head gives to the lines under it.
_SECTIONS = {Reason.RELATED, Reason.COMMENTS, Reason.FEED, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES}


def _explained(
    lines: Sequence[Line], verdicts: list[Verdict | None], title: int, span: tuple[int, int]
) -> list[Verdict | None]:
    """Say more of lines that only the model put aside: by the head above them, or by where they stand."""
    out: list[Verdict | None] = []
    section: Reason | None = None
    for i, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        if verdict is None:
            section = None
        elif line.match is not None and line.match.place == "head":
            section = line.match.reason if line.match.reason in _SECTIONS else None
        elif verdict.reason is Reason.BOILERPLATE and verdict.rule != "capture.template":
            verdict = _placed(line, i, title, span, section) or verdict
        out.append(verdict)
    return out


def _placed(line: Line, i: int, title: int, span: tuple[int, int], section: Reason | None) -> Verdict | None:
    if section is not None:
        return Verdict(section, "capture.section")
    if Reason.CAPTION in line.hints and span[0] - 6 <= i <= span[1] and len(line.words) > 3:
        return Verdict(Reason.CAPTION, "capture.words")
    if Reason.CALL_TO_ACTION in line.hints:
        return Verdict(Reason.CALL_TO_ACTION, "capture.words")
    if len(line.words) <= 6 and not span[0] <= i <= span[1] and not title < i < span[0]:
        return Verdict(Reason.NAVIGATION, "capture.menu")
    return None
