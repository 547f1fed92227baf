"""Timed text beside an episode, from its manifest: a WebVTT transcript and the chapters."""

from __future__ import annotations

import json
import textwrap
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What fits under a picture, and what apps show without breaking it again: two lines of 42 characters.
_LINE = 42
_LINES = 2
#: Roles that a listener may want to jump to.
_CHAPTERS = ("title", "heading")


def transcript(manifest: dict[str, Any]) -> str:
    """Write the transcript as WebVTT: the written text, a cue a sentence; a longer one is cut in parts."""
    cues = [cue for line in manifest["script"] for cue in _cues(line)]
    return "\n\n".join(("WEBVTT", *cues)) + "\n"


def _cues(line: dict[str, Any]) -> Iterator[str]:
    rows = textwrap.wrap(line["written"], _LINE, break_long_words=True) or [""]
    groups = [rows[i : i + _LINES] for i in range(0, len(rows), _LINES)]
    total = sum(len(row) for row in rows) or 1
    start, heard = line["start"], 0
    for group in groups:
        heard += sum(len(row) for row in group)
        end = line["start"] + (line["end"] - line["start"]) * heard / total
        text = "\n".join(escape(row, quote=False) for row in group)
        yield f"{_clock(start)} --> {_clock(end)}\n{text}"
        start = end


def chapters(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """List the chapters: the title and each heading, by `startTime` in seconds; none where there is no heading."""
    found = [
        {"startTime": 0 if line["role"] == "title" else line["start"], "title": line["written"]}
        for line in manifest["script"]
        if line["role"] in _CHAPTERS
    ]
    return found if len(found) > 1 else []


def chapters_file(manifest: dict[str, Any]) -> str:
    """Write the chapters as Podcasting 2.0 wants them, version 1.2."""
    listed = {"version": "1.2.0", "title": manifest["article"]["title"], "chapters": chapters(manifest)}
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _clock(seconds: float) -> str:
    """Write a time as WebVTT does.

    >>> _clock(3661.5)
    '01:01:01.500'
    """
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"
