"""Transcript, words and chapters are held against the script: what they say, and when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.audit.timing import chapter_faults, transcript_faults, word_faults
from audiogen.episodes.timed import chapters_file, transcript
from tests.podcast.libraries import manifest

if TYPE_CHECKING:
    from pathlib import Path

RIVER = manifest("river")


def write(folder: Path, text: str) -> Path:
    path = folder / "river.file"
    path.write_text(text, encoding="utf-8")
    return path


def in_vtt(folder: Path, old: str = "", new: str = "", fields: dict[str, Any] = RIVER) -> list[str]:
    """Faults of the transcript after a change."""
    text = transcript(fields)
    assert old in text
    return list(transcript_faults(write(folder, text.replace(old, new, 1)), fields))


def test_our_own_transcript_has_no_fault(tmp_path: Path) -> None:
    assert in_vtt(tmp_path) == []


def test_a_long_sentence_over_several_cues_has_no_fault(tmp_path: Path) -> None:
    line = {**RIVER["script"][1], "written": "A sentence that goes on and on. " * 12, "start": 5.0, "end": 40.0}
    result = {**RIVER, "script": [line]}
    assert transcript(result).count("-->") > 2
    assert in_vtt(tmp_path, fields=result) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("WEBVTT", "VTTWEB", "is not WebVTT"),
        ("dawn", "noon", "does not say “The gates were opened at dawn.”"),
        ("The dam closes\n", "\n", "does not say “The dam closes”"),
        ("00:00:05.000 -->", "00:00:05.060 -->", "out of step at “The gates were opened at dawn.”: 5.06 to 9.0 s"),
        ("--> 00:00:09.000", "--> 00:00:08.900", "out of step at “The gates"),
        ("--> 00:00:09.000", "--> 01:00:09.000", "out of step"),
        ("salmon;", "salmon; trout;", "does not say “salmon;”"),
    ],
)
def test_what_the_transcript_says_wrongly_is_told(old: str, new: str, says: str, tmp_path: Path) -> None:
    (fault,) = in_vtt(tmp_path, old, new)
    assert says in fault


@pytest.mark.parametrize("shift", ["00:00:05.040 -->", "00:00:04.960 -->"])
def test_a_twentieth_of_a_second_does_not_count(shift: str, tmp_path: Path) -> None:
    assert in_vtt(tmp_path, "00:00:05.000 -->", shift) == []


def test_a_cue_too_many_is_told(tmp_path: Path) -> None:
    more = transcript(RIVER) + "\n00:01:00.000 --> 00:01:01.000\nAnd one more.\n"
    assert list(transcript_faults(write(tmp_path, more), RIVER)) == [
        "river.file says more than the script: “And one more.”."
    ]


def test_what_markup_hides_is_read(tmp_path: Path) -> None:
    line = {**RIVER["script"][1], "written": "Salt & pepper <pure>."}
    assert "&amp;" in transcript({**RIVER, "script": [line]})
    assert in_vtt(tmp_path, fields={**RIVER, "script": [line]}) == []


def test_a_transcript_without_a_cue_lacks_the_first_line(tmp_path: Path) -> None:
    (fault,) = transcript_faults(write(tmp_path, "WEBVTT\n"), RIVER)
    assert "does not say “The dam closes”" in fault


@pytest.mark.parametrize("check", [transcript_faults, word_faults, chapter_faults])
def test_a_file_that_is_not_there_is_left_to_the_check_of_files(check: Any, tmp_path: Path) -> None:
    assert list(check(tmp_path / "gone", RIVER)) == []


def segments() -> list[dict[str, Any]]:
    """Each written word, evenly in its line's time."""
    return [
        {"line": number, "body": word, "startTime": line["start"] + 0.1 * place, "endTime": line["start"] + 0.1 * place}
        for number, line in enumerate(RIVER["script"])
        for place, word in enumerate(line["written"].split())
    ]


def in_words(folder: Path, expected: object) -> list[str]:
    return list(word_faults(write(folder, json.dumps(expected)), RIVER))


def test_words_in_their_lines_have_no_fault(tmp_path: Path) -> None:
    assert in_words(tmp_path, {"segments": segments()}) == []


@pytest.mark.parametrize(
    ("place", "change", "says"),
    [
        (0, {"body": "A"}, "does not have the words"),
        (4, {"startTime": 4.9}, "out of step: “gates”"),
        (4, {"endTime": 9.2}, "out of step: “gates”"),
        (4, {"startTime": 6.0, "endTime": 5.5}, "out of step: “gates”"),
        (0, {"line": 99}, "cannot be read"),
        (0, {"line": "first"}, "cannot be read"),
        (0, {"startTime": None}, "cannot be read"),
    ],
)
def test_a_word_that_is_wrong_is_told(place: int, change: dict[str, Any], says: str, tmp_path: Path) -> None:
    words = segments()
    words[place] |= change
    (fault,) = in_words(tmp_path, {"segments": words})
    assert says in fault


@pytest.mark.parametrize("expected", [[], {}, {"segments": None}, {"segments": [1]}, "words"], ids=repr)
def test_words_of_another_shape_cannot_be_read(expected: object, tmp_path: Path) -> None:
    (fault,) = in_words(tmp_path, expected)
    assert fault.startswith("river.file cannot be read")


def test_words_that_are_missing_at_the_end_are_told(tmp_path: Path) -> None:
    assert in_words(tmp_path, {"segments": segments()[:-1]}) == ["river.file does not have the words of the script."]


def in_chapters(folder: Path, text: str) -> list[str]:
    return list(chapter_faults(write(folder, text), RIVER))


def test_our_own_chapters_have_no_fault(tmp_path: Path) -> None:
    assert in_chapters(tmp_path, chapters_file(RIVER)) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("A quiet machine", "A loud machine", "headings"),
        ("10.0", "10.2", "out of step"),
        ('"chapters"', '"chapter"', "cannot be read"),
        ('"title"', '"titel"', "cannot be read"),
        ("}", "", "cannot be read"),
    ],
)
def test_chapters_that_are_wrong_are_told(old: str, new: str, says: str, tmp_path: Path) -> None:
    text = chapters_file(RIVER)
    assert old in text
    (fault,) = in_chapters(tmp_path, text.replace(old, new))
    assert says in fault


def test_a_story_without_headings_has_no_chapters(tmp_path: Path) -> None:
    result = {**RIVER, "script": RIVER["script"][:2]}
    assert list(chapter_faults(write(tmp_path, '{"chapters": []}'), result)) == []
    assert list(chapter_faults(write(tmp_path, chapters_file(RIVER)), result)) != []
