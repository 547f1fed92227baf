"""Texts beside an episode: every written word, at the time it is heard."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.tone import WORD_SECONDS
from audiogen.episodes.timed import LINE, LINES, Word, chapters, chapters_file, transcript, word_times, words_file
from audiogen.model import Article, Cue, Script, Span, Utterance, WordTime
from audiogen.production import EpisodeMaker, write_sound_file
from tests.hearing import tones_in

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings

CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n((?:.+\n?)+)")
LONG = "The long sentence goes on and on, past the end of the first line and past the second as well, to a third."


def manifest_of(*lines: tuple[str, float, float], roles: dict[int, str] | None = None) -> dict[str, Any]:
    script = [
        {"written": text, "start": start, "end": end, "role": (roles or {}).get(number, "paragraph")}
        for number, (text, start, end) in enumerate(lines)
    ]
    return {"article": {"title": "A title"}, "script": script}


def cues_of(vtt: str) -> list[tuple[float, float, list[str]]]:
    return [
        (
            int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]),
            int(found[4]) * 3600 + int(found[5]) * 60 + float(found[6]),
            found[7].strip().split("\n"),
        )
        for found in CUE.finditer(vtt)
    ]


def timed(utterance: Utterance, cue: Cue) -> list[tuple[str, float, float, bool]]:
    ((*words,),) = word_times(Script((utterance,)), [cue])
    return [(word.text, word.start, word.end, word.estimated) for word in words]


def test_a_sentence_is_a_cue() -> None:
    vtt = transcript(manifest_of(("One.", 0.2, 1.0), ("Two & <three>.", 61.5, 3662.25)))
    assert vtt == (
        "WEBVTT\n\n00:00:00.200 --> 00:00:01.000\nOne.\n\n00:01:01.500 --> 01:01:02.250\nTwo &amp; &lt;three&gt;.\n"
    )


def test_of_what_nothing_is_written_there_is_no_cue() -> None:
    assert len(cues_of(transcript(manifest_of(("One.", 0.2, 1.0), ("", 1.0, 2.0), ("Two.", 2.0, 3.0))))) == 2


def test_a_long_sentence_is_cut_into_cues_of_two_lines() -> None:
    cues = cues_of(transcript(manifest_of((LONG, 1.0, 9.0))))
    assert len(cues) == 2
    assert all(len(rows) <= LINES and all(len(row) <= LINE for row in rows) for _, _, rows in cues)
    assert " ".join(row for _, _, rows in cues for row in rows) == LONG
    assert (cues[0][0], cues[-1][1], cues[0][1]) == (1.0, 9.0, cues[1][0])


def test_a_long_sentence_is_cut_where_the_word_is_heard() -> None:
    words = tuple(Word(text, 1.0 + n, 2.0 + n) for n, text in enumerate(LONG.split()))
    first, second = cues_of(transcript(manifest_of((LONG, 1.0, 25.0)), [words]))
    result = len(" ".join(first[2]).split())
    assert first[1] == second[0] == 1.0 + result


@given(
    st.lists(
        st.text(st.characters(categories=["L", "N", "P", "Sc"]), min_size=1, max_size=120), min_size=1, max_size=40
    )
)
def test_no_word_is_lost_and_no_line_is_too_long(words: list[str]) -> None:
    vtt = transcript(manifest_of((" ".join(words), 0.0, 60.0)))
    rows = [row for _, _, rows in cues_of(vtt) for row in rows]
    from html import unescape

    assert "".join(unescape(row).replace(" ", "") for row in rows) == "".join(words)
    assert all(len(unescape(row)) <= LINE for row in rows)
    starts = [start for start, _, _ in cues_of(vtt)]
    assert starts == sorted(starts)


def test_words_have_the_engine_s_times() -> None:
    words = (WordTime(0, 3, 1.0), WordTime(4, 7, 1.5), WordTime(8, 13, 2.0))
    found = timed(Utterance("One two three.", "One two three."), Cue(1.0, 3.0, words))
    assert [(text, start, estimated) for text, start, _, estimated in found] == [
        ("One", 1.0, False),
        ("two", 1.5, False),
        ("three.", 2.0, False),
    ]
    assert found[-1][2] == 3.0


def test_without_the_engine_s_times_they_are_reckoned_and_say_so() -> None:
    found = timed(Utterance("abcd efgh", "abcd efgh"), Cue(0.0, 9.0))
    assert found == [("abcd", 0.0, 4.0, True), ("efgh", 5.0, 9.0, True)]


def test_a_written_word_has_the_time_of_what_is_said_for_it() -> None:
    """“Sen. Adeyemi” is said as “Senator Adeyemi”."""
    alignment = (Span(0, 7, 0, 4), Span(8, 15, 5, 12))
    words = (WordTime(0, 7, 0.0), WordTime(8, 15, 0.8))
    found = timed(Utterance("Sen. Adeyemi.", "Senator Adeyemi.", alignment=alignment), Cue(0.0, 1.6, words))
    assert [(text, start, estimated) for text, start, _, estimated in found] == [
        ("Sen.", 0.0, False),
        ("Adeyemi.", 0.8, False),
    ]


def test_words_that_are_said_as_one_share_its_time() -> None:
    """“$3 million” is said as “three million dollars”: which part is when is a guess, and marked."""
    alignment = (Span(0, 21, 0, 10), Span(22, 28, 11, 17))
    words = (WordTime(0, 5, 0.0), WordTime(6, 13, 0.5), WordTime(14, 21, 1.0), WordTime(22, 28, 1.5))
    utterance = Utterance("$3 million vanished", "three million dollars vanished", alignment=alignment)
    found = timed(utterance, Cue(0.0, 2.0, words))
    assert [estimated for *_, estimated in found] == [True, True, False]
    assert found[0][1] == 0.0
    assert 0.2 < found[1][1] < 1.5


def test_a_mark_that_is_not_said_takes_no_time() -> None:
    alignment = (Span(0, 3, 0, 3), Span(4, 7, 6, 9))
    words = (WordTime(0, 3, 0.0), WordTime(4, 7, 1.0))
    found = timed(Utterance("One — two", "One two", alignment=alignment), Cue(0.0, 2.0, words))
    assert [text for text, *_ in found] == ["One", "—", "two"]
    assert found[1][2] - found[1][1] == pytest.approx(0, abs=0.26)
    assert found[2][1] == 1.0


@given(
    st.lists(st.integers(0, 60), max_size=12),
    st.lists(st.floats(-1, 12), max_size=12),
    st.sampled_from(["One two three four.", "Nothing like it at all", "1 2 3"]),
)
def test_times_never_go_back_whatever_the_engine_says(places: list[int], times: list[float], spoken: str) -> None:
    words = tuple(WordTime(place, place + 1, time) for place, time in zip(places, times, strict=False))
    found = timed(Utterance("One two three four.", spoken), Cue(2.0, 10.0, words))
    assert [text for text, *_ in found] == ["One", "two", "three", "four."]
    for (_, start, end, _), (_, following, _, _) in pairwise(found):
        assert 2.0 <= start <= end <= following <= 10.0


def test_the_words_file_is_a_podcasting_transcript_that_marks_estimates() -> None:
    text = words_file([(Word("One", 0.0, 0.5),), (Word("two", 1.0, 1.5, True),)])
    assert json.loads(text) == {
        "version": "1.0.0",
        "segments": [
            {"startTime": 0.0, "endTime": 0.5, "body": "One", "line": 0},
            {"startTime": 1.0, "endTime": 1.5, "body": "two", "line": 1, "estimated": True},
        ],
    }


def test_chapters_are_the_title_and_the_headings() -> None:
    manifest = manifest_of(
        ("Made with help.", 0.2, 1.0),
        ("A title", 1.5, 2.0),
        ("Text.", 3.0, 4.0),
        ("A heading", 5.0, 6.0),
        roles={1: "title", 3: "heading"},
    )
    assert chapters(manifest) == [{"startTime": 0, "title": "A title"}, {"startTime": 5.0, "title": "A heading"}]
    written = json.loads(chapters_file(manifest))
    assert (written["version"], len(written["chapters"])) == ("1.2.0", 2)


def test_one_chapter_is_none() -> None:
    assert chapters(manifest_of(("A title", 0.2, 1.0), roles={0: "title"})) == []


@pytest.mark.usefixtures("calm_tones")
def test_cues_and_words_are_within_50_ms_of_the_sound(tones: Settings, article: Article, tmp_path: Path) -> None:
    """The engine `tone` begins a word at a steady pace: both files are held against the decoded MP3."""
    with EpisodeMaker(tones) as episode_maker:
        master = write_sound_file(tmp_path, episode_maker, article)
        script = episode_maker.script(article)
    heard = tones_in(master.recording.path)
    words = word_times(script, master.recording.cues)
    starts = [start for start, _, _ in cues_of(transcript(master.manifest, words))]
    for tone, line, utterance in zip(heard, words, script.utterances, strict=True):
        assert min(abs(start - tone.start) for start in starts) <= 0.05
        assert line[0].start == pytest.approx(tone.start, abs=0.05)
        assert line[-1].end == pytest.approx(tone.end, abs=0.05)
        if utterance.written == utterance.spoken:
            for number, word in enumerate(line):
                assert word.start == pytest.approx(tone.start + WORD_SECONDS * number, abs=0.05)
                assert not word.estimated
