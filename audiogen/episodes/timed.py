"""Timed text beside an episode: a WebVTT transcript, chapters, and the time of each word."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from html import escape, unescape
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audiogen.model import Cue, Script, Utterance

#: Characters of a line and lines of a cue, the usual limits of subtitles, which apps show without breaking them again.
LINE = 42
LINES = 2
#: Roles that begin a chapter.
_CHAPTERS = ("title", "heading")
_WORD = re.compile(r"\S+")
#: The line with the times of a cue, as `transcript` writes it.
_TIMES = re.compile(r"^(\d+:\d\d:\d\d\.\d{3}) --> (\d+:\d\d:\d\d\.\d{3}).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Word:
    """A written word with its start and end in the sound, in seconds."""

    text: str
    start: float
    end: float
    #: Whether its time is estimated, not from the engine.
    estimated: bool = False


def transcript(manifest: dict[str, Any], words: Sequence[Sequence[Word]] = ()) -> str:
    """Return the transcript as WebVTT: the written text, one cue for each sentence; long ones are split between words.

    *words* has the words of each line of the manifest's script; without it the times of splits are estimated.
    """
    lines = manifest["script"]
    timed = words or [_words_evenly(line["written"], line["start"], line["end"]) for line in lines]
    cues = [cue for line, heard in zip(lines, timed, strict=True) for cue in _cues(line, heard)]
    return "\n\n".join(("WEBVTT", *cues)) + "\n"


def _cues(line: dict[str, Any], words: Sequence[Word]) -> Iterator[str]:
    """Yield the WebVTT cues of a line of the script, each of at most two rows."""
    rows = list(_rows(words))
    groups = [rows[offset : offset + LINES] for offset in range(0, len(rows), LINES)]
    if not groups:
        # Nothing is written of it.
        return
    edges = [line["start"], *(group[0][0].start for group in groups[1:]), line["end"]]
    for group, (start, end) in zip(groups, pairwise(edges), strict=True):
        text = "\n".join(escape(" ".join(word.text for word in row), quote=False) for row in group)
        yield f"{_clock(start)} --> {_clock(end)}\n{text}"


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Fill lines with words; a word longer than a line is broken."""
    row: list[Word] = []
    for word in (part for whole in words for part in _parts(whole)):
        if row and len(" ".join((*(other.text for other in row), word.text))) > LINE:
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _parts(word: Word) -> Iterator[Word]:
    """Cut a word that is longer than a row; each part gets its share of the word's time."""
    length = len(word.text)
    step = (word.end - word.start) / length
    for offset in range(0, length, LINE):
        end = min(length, offset + LINE)
        yield Word(word.text[offset:end], word.start + offset * step, word.start + end * step, word.estimated)


def word_times(script: Script, cues: Iterable[Cue]) -> tuple[tuple[Word, ...], ...]:
    """Return the written words of each utterance with the times at which they are heard.

    The starts of spoken words are from the engine, or estimated from the clip's sound; the alignment has the written
    words of each. If either is missing, a time is estimated by the word's position in the sentence. All times that are
    not from an engine are marked as estimated.
    """
    return tuple(tuple(_words(*pair)) for pair in zip(script.utterances, cues, strict=True))


def _words(utterance: Utterance, cue: Cue) -> Iterator[Word]:
    """Yield the written words of an utterance with their times."""
    clock = _clock_of(utterance, cue)
    matches = list(_WORD.finditer(utterance.written))
    ranges = [_spoken_range(utterance, match.start(), match.end()) for match in matches]
    starts = [min(max(_time_at(clock, start), cue.start), cue.end) for start, _, _ in ranges]
    # Words that are spoken in another order ("$3 million") are shown in the written order.
    starts = list(accumulate(starts, max))
    timed = bool(cue.words) and not any(word.estimated for word in cue.words)
    for match, (_, end, exact), start, following in zip(matches, ranges, starts, [*starts[1:], cue.end], strict=True):
        finish = min(max(start, _time_at(clock, end)), following)
        yield Word(match[0], round(start, 3), round(finish, 3), not (exact and timed))


def _clock_of(utterance: Utterance, cue: Cue) -> list[tuple[float, float]]:
    """Return pairs of an offset in the spoken text and its time, both ascending: of the words, or of the two ends."""
    clock = [(0.0, cue.start)]
    for word in cue.words:
        if word.start >= clock[-1][0] and word.time >= clock[-1][1]:
            clock.append((float(word.start), word.time))
    length = float(max(len(utterance.spoken), 1))
    return [*clock, (max(length, clock[-1][0]), cue.end)]


def _time_at(clock: list[tuple[float, float]], offset: float) -> float:
    """Return the time at an offset in the spoken text, by linear interpolation between the clock's offsets."""
    after = min(bisect_right(clock, offset, key=lambda pair: pair[0]), len(clock) - 1)
    (left, early), (right, late) = clock[after - 1], clock[after]
    return early if right <= left else early + (late - early) * min(1.0, (offset - left) / (right - left))


def _spoken_range(utterance: Utterance, start: int, end: int) -> tuple[float, float, bool]:
    """Return the spoken range of a written word, and whether it is only that word's."""
    if not utterance.alignment:
        if utterance.written == utterance.spoken:
            return start, end, True
        scale = len(utterance.spoken) / len(utterance.written)
        return start * scale, end * scale, False
    spans = [span for span in utterance.alignment if span.written_start < end and span.written_end > start]
    if not spans:
        offset = max((span.spoken_end for span in utterance.alignment if span.written_end <= start), default=0)
        return offset, offset, False
    first, last = spans[0], spans[-1]
    begin, into = _share(first, start)
    finish, out_of = _share(last, end)
    return begin, finish, not (into or out_of)


def _share(span: Any, offset: int) -> tuple[float, bool]:
    """Convert an offset in a span's written range to its spoken range; return also whether it is estimated.

    A span may stand for several written words ("$3 million"), each of which then gets its share.
    """
    written = max(1, span.written_end - span.written_start)
    share = min(1.0, max(0.0, (offset - span.written_start) / written))
    # Punctuation at a word's end belongs to no span, and counts as its end.
    inside = 0.0 < share < 1.0
    return span.spoken_start + (span.spoken_end - span.spoken_start) * share, inside


def _words_evenly(written: str, start: float, end: float) -> tuple[Word, ...]:
    scale = (end - start) / max(1, len(written))
    return tuple(
        Word(match[0], start + match.start() * scale, start + match.end() * scale, True)
        for match in _WORD.finditer(written)
    )


def estimated_words(manifest: dict[str, Any], vtt: str = "") -> tuple[tuple[Word, ...], ...]:
    """Estimate the times of each line's words from their letters, between the start and end of its cue."""
    edges = sorted({second for match in _TIMES.finditer(vtt) for second in (_seconds(match[1]), _seconds(match[2]))})
    return tuple(tuple(_words_between(line, edges)) for line in manifest["script"])


def _words_between(line: dict[str, Any], edges: list[float]) -> Iterator[Word]:
    """Yield the words of a line with estimated times that agree with the starts of cues."""
    even = _words_evenly(line["written"], line["start"], line["end"])
    starts = [word.start for word in even]
    # A cue begins with a word: the one with the nearest estimated start begins at the cue's start.
    for edge in (edge for edge in edges if line["start"] < edge < line["end"]):
        nearest = min(range(len(starts)), key=lambda offset: abs(even[offset].start - edge), default=None)
        if nearest is not None:
            starts[nearest] = edge
    starts = list(accumulate(starts, max))
    for word, start, following in zip(even, starts, [*starts[1:], line["end"]], strict=True):
        yield Word(word.text, round(start, 3), round(max(start, min(following, line["end"])), 3), True)


def read_words(text: str, manifest: dict[str, Any]) -> tuple[tuple[Word, ...], ...] | None:
    """Parse a words file; None if it is invalid, or does not have the words of the manifest's script."""
    lines: list[list[Word]] = [[] for _ in manifest["script"]]
    try:
        for segment in json.loads(text)["segments"]:
            start, end = float(segment["startTime"]), float(segment["endTime"])
            lines[segment["line"]].append(Word(str(segment["body"]), start, end, bool(segment.get("estimated"))))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None
    texts = [[word.text for word in line] for line in lines]
    return tuple(map(tuple, lines)) if texts == [line["written"].split() for line in manifest["script"]] else None


def is_incomplete(vtt: str, manifest: dict[str, Any]) -> bool:
    """Return whether a transcript is missing or shorter than its script; one with another text is a user's own."""
    if not vtt.startswith("WEBVTT"):
        return True
    blocks = [block.partition("\n") for block in vtt.removeprefix("WEBVTT").strip().split("\n\n")]
    if blocks and not _TIMES.fullmatch(blocks[-1][0]):
        # Cut off within the times of a cue.
        blocks.pop()
    shown = "".join("".join(unescape(text).split()) for _, _, text in blocks)
    script = "".join("".join(line["written"].split()) for line in manifest["script"])
    return len(shown) < len(script) and script.startswith(shown)


def words_file(words: Sequence[Sequence[Word]]) -> str:
    """Return the words as a Podcasting 2.0 transcript in JSON, one segment for each word.

    Beyond that format, "line" is the index in the manifest's script, and "estimated" marks times not from an engine.
    """
    segments = [
        {
            "startTime": word.start,
            "endTime": word.end,
            "body": word.text,
            "line": number,
            **({"estimated": True} if word.estimated else {}),
        }
        for number, line in enumerate(words)
        for word in line
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, separators=(",", ":")) + "\n"


def chapters(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the chapters: the title and each heading, with `startTime` in seconds; none if there is no heading."""
    found = [
        {"startTime": 0 if line["role"] == "title" else line["start"], "title": line["written"]}
        for line in manifest["script"]
        if line["role"] in _CHAPTERS
    ]
    return found if len(found) > 1 else []


def chapters_file(manifest: dict[str, Any]) -> str:
    """Return the chapters in the JSON format of Podcasting 2.0, version 1.2."""
    listed = {"version": "1.2.0", "title": manifest["article"]["title"], "chapters": chapters(manifest)}
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _seconds(clock: str) -> float:
    """Parse a time of WebVTT.

    >>> _seconds("01:01:01.500")
    3661.5
    """
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _clock(seconds: float) -> str:
    """Format a time for WebVTT.

    >>> _clock(3661.5)
    '01:01:01.500'
    """
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"
