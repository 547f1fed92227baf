"""Whether the texts beside an episode say what its script says, when it says it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from audiogen.episodes.timed import chapters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: How far a time may be off, in seconds.
_STEP = 0.05
_CUE = re.compile(r"(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})[^\n]*\n(.*?)(?:\n\n|\n?\Z)", re.DOTALL)


def transcript_faults(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Hold a WebVTT transcript against the script."""
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    if not text.startswith("WEBVTT"):
        yield f"{path.name} is not WebVTT."
        return
    cues = [_cue(match) for match in _CUE.finditer(text)]
    for line in manifest["script"]:
        wanted = line["written"].split()
        cue_words: list[str] = []
        start = cues[0][0] if cues else None
        end = start
        while cues and len("".join(cue_words)) < len("".join(wanted)):
            _, end, words = cues.pop(0)
            cue_words += words
        if "".join(cue_words) != "".join(wanted):
            yield f"{path.name} does not say “{line['written'][:60]}” where the script does."
            return
        if start is None or end is None or abs(start - line["start"]) > _STEP or abs(end - line["end"]) > _STEP:
            yield f"{path.name} is out of step at “{line['written'][:60]}”: {start} to {end} s, not {line['start']}."
            return
    if cues:
        yield f"{path.name} says more than the script: “{' '.join(cues[0][2])[:60]}”."


def _cue(match: re.Match[str]) -> tuple[float, float, list[str]]:
    hours, minutes, seconds, to_hours, to_minutes, to_seconds, text = match.groups()
    start = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    end = int(to_hours) * 3600 + int(to_minutes) * 60 + float(to_seconds)
    return start, end, unescape(text).split()


def word_faults(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Hold the words' times against the script."""
    if not path.is_file():
        return
    try:
        segments = json.loads(path.read_text(encoding="utf-8"))["segments"]
        lines = [line for segment in segments for line in [manifest["script"][segment["line"]]]]
        words = [segment["body"] for segment in segments]
        late = [
            segment["body"]
            for segment, line in zip(segments, lines, strict=True)
            if not line["start"] - _STEP <= segment["startTime"] <= segment["endTime"] <= line["end"] + _STEP
        ]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        yield f"{path.name} cannot be read: {error!r}."
        return
    if words != [word for line in manifest["script"] for word in line["written"].split()]:
        yield f"{path.name} does not have the words of the script."
    elif late:
        yield f"{path.name} is out of step: “{late[0]}” is not within its line's time."


def chapter_faults(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Hold the chapters against the script's headings."""
    if not path.is_file():
        return
    try:
        listed = [(entry["startTime"], entry["title"]) for entry in json.loads(path.read_text("utf-8"))["chapters"]]
    except (ValueError, KeyError, TypeError) as error:
        yield f"{path.name} cannot be read: {error!r}."
        return
    wanted = [(entry["startTime"], entry["title"]) for entry in chapters(manifest)]
    if [title for _, title in listed] != [title for _, title in wanted]:
        yield f"{path.name} does not have the headings of the script."
    elif any(abs(found - due) > _STEP for (found, _), (due, _) in zip(listed, wanted, strict=True)):
        yield f"{path.name} is out of step with the script."
