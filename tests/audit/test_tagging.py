"""What a file's tags say is held against its manifest, in each of the formats."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, TLEN, CTOCFlags
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from audiogen.assembler import QUALITIES, Sound, assemble
from audiogen.assembler.tagging import tag
from audiogen.assembler.tags import Chapter, Tags, comment_of
from audiogen.audit.tagging import disclosed_in_file, read_tags, tag_faults
from audiogen.model import Script, Utterance
from tests.assembler.sounds import FFMPEG, clip_of, sine
from tests.podcast.libraries import manifest

RIVER = manifest("river")
HEADS = [line for line in RIVER["script"] if line["role"] in ("title", "heading")]
STARTS = [0.0, *(line["start"] for line in HEADS[1:])]
TAGS = Tags(
    title="The dam closes",
    artist="Ada Merrin, Tomas Hale",
    album="The Reach, Read Aloud",
    language="en",
    disclosure=RIVER["disclosure"]["text"],
    source_type=RIVER["disclosure"]["source_type"],
    guid=RIVER["guid"],
    text="The dam closes",
    published=None,
    url=RIVER["article"]["url"],
    duration=RIVER["audio"]["duration"],
    chapters=tuple(
        Chapter(line["written"], start, end)
        for line, start, end in zip(HEADS, STARTS, [*STARTS[1:], 40.0], strict=True)
    ),
    cover=b"\xff\xd8\xff a picture",
)
#: The manifest without what only some articles have: a date is tested on its own.
REPORTED = {**RIVER, "article": {**RIVER["article"], "published": None}}
FORMATS = ["mp3", *(("m4b", "opus") if FFMPEG else ())]


def make(folder: Path, kind: str) -> Path:
    """A moment of sound with all its tags."""
    path = folder / f"river.{kind}"
    line, clip = Utterance("Words.", "Words.", 0.1), clip_of(sine(0.6, 22_050, level=-12), 22_050)
    assemble(Script((line,)), [clip], path, Sound(format=kind, encoding=QUALITIES["small"]))
    tag(path, TAGS)
    return path


@pytest.fixture(scope="module", params=FORMATS)
def tagged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("tagged"), request.param)


@pytest.fixture(scope="module")
def tagged_mp3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("tagged"), "mp3")


@pytest.fixture
def file(tagged: Path, tmp_path: Path) -> Path:
    """A file of each format, to change."""
    return Path(shutil.copy(tagged, tmp_path / tagged.name))


@pytest.fixture
def mp3(tagged_mp3: Path, tmp_path: Path) -> Path:
    """An MP3 to change."""
    return Path(shutil.copy(tagged_mp3, tmp_path / tagged_mp3.name))


def faults(path: Path, fields: dict[str, Any] = REPORTED) -> list[str]:
    return list(tag_faults(path, fields))


def test_our_own_tags_have_no_fault(tagged: Path) -> None:
    assert faults(tagged) == []
    assert list(disclosed_in_file(tagged, RIVER["disclosure"])) == []


def test_every_format_is_read_by_the_same_names(tagged: Path) -> None:
    found = read_tags(tagged)
    assert found is not None
    assert found.pop("cover")
    assert found == {
        "title": TAGS.title,
        "artist": TAGS.artist,
        "album": TAGS.album,
        "genre": "Podcast",
        "language": "eng",
        "address": TAGS.url,
        "comment": comment_of(TAGS),
        "text": TAGS.text,
        "disclosure": TAGS.disclosure,
        "source type": TAGS.source_type,
        "GUID": TAGS.guid,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": "The dam opens"}, "tag title is 'The dam opens'; it should be 'The dam closes'"),
        ({"artist": "Nobody"}, "tag artist is 'Nobody'"),
        ({"language": "de"}, "tag language is 'deu'; it should be 'eng'"),
        ({"url": "https://other.example/"}, "tag address is 'https://other.example/'"),
        ({"guid": "urn:uuid:x"}, "tag GUID is 'urn:uuid:x'"),
        ({"album": ""}, "tag album is missing"),
        ({"text": ""}, "tag text is missing"),
        ({"cover": b""}, "tag cover is missing"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_tag_that_says_another_thing_is_told(file: Path, change: dict[str, Any], says: str) -> None:
    _untag(file)
    tag(file, replace(TAGS, **change))
    assert [fault for fault in faults(file) if says in fault], faults(file)


def _untag(path: Path) -> None:
    if path.suffix == ".mp3":
        ID3(path).delete(path)
    else:
        (MP4 if path.suffix == ".m4b" else OggOpus)(path).delete()


def test_a_file_without_tags_is_told(file: Path) -> None:
    _untag(file)
    assert faults(file) == [f"{file.name} has no tags."]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"disclosure": "Spoken by somebody."}, ["comment", "AI-DISCLOSURE"]),
        ({"source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}, ["DigitalSourceType"]),
    ],
    ids=["sentence", "source type"],
)
def test_a_layer_of_the_disclosure_that_is_missing_is_told(file: Path, change: dict[str, Any], says: list[str]) -> None:
    _untag(file)
    tag(file, replace(TAGS, **change))
    result = list(disclosed_in_file(file, RIVER["disclosure"]))
    assert len(result) == len(says)
    assert all(name in fault for name, fault in zip(says, result, strict=True))


def test_a_file_that_cannot_be_read_discloses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"no sound")
    assert len(list(disclosed_in_file(tmp_path / "a.mp3", RIVER["disclosure"]))) == 3
    assert faults(tmp_path / "a.mp3") == ["a.mp3 has no tags."]


def test_a_file_of_another_kind_has_no_tags_of_ours(mp3: Path) -> None:
    import soundfile

    other = mp3.with_suffix(".flac")
    soundfile.write(other, sine(0.1, 22_050), 22_050)
    from mutagen.flac import FLAC

    flac = FLAC(other)
    flac["title"] = "The dam closes"
    flac.save()
    assert read_tags(other) is None
    assert faults(other) == ["river.flac has no tags."]


@pytest.mark.parametrize(
    ("length", "wrong"), [("492400", False), ("492360", False), ("492300", True), ("8 min", True), ("", True)]
)
def test_the_length_in_the_tags_is_within_a_twentieth_of_a_second(mp3: Path, length: str, wrong: bool) -> None:
    tags = ID3(mp3)
    tags["TLEN"] = TLEN(encoding=3, text=[length] if length else [])
    tags.save(mp3)
    assert any("TLEN" in fault for fault in faults(mp3)) is wrong


@pytest.mark.parametrize(("published", "wrong"), [("2026-09-14T06:30:00+00:00", True), (None, False), ("", False)])
def test_a_date_is_asked_for_where_the_article_has_one(mp3: Path, published: str | None, wrong: bool) -> None:
    result = {**RIVER, "article": {**RIVER["article"], "published": published}}
    assert any("date" in fault for fault in faults(mp3, result)) is wrong


def rechapter(path: Path, *chapters: tuple[str, str | None, int]) -> None:
    """Replace the chapters: name, title and start; a title that is None has no frame."""
    tags = ID3(path)
    tags.delall("CHAP")
    tags.delall("CTOC")
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tags.add(CTOC(element_id="toc", flags=flags, child_element_ids=[name for name, _, _ in chapters], sub_frames=[]))
    for name, title, start in chapters:
        frames = [] if title is None else [TIT2(encoding=3, text=[title])]
        tags.add(CHAP(element_id=name, start_time=start, end_time=start + 10, sub_frames=frames))
    tags.save(path)


RIGHT = [
    (f"c{place}", line["written"], round(start * 1000))
    for place, (line, start) in enumerate(zip(HEADS, STARTS, strict=True))
]


def test_chapters_by_another_hand_have_no_fault(mp3: Path) -> None:
    rechapter(mp3, *RIGHT)
    assert faults(mp3) == []


@pytest.mark.parametrize(
    "chapters",
    [
        RIGHT[:-1],
        RIGHT[::-1],
        [*RIGHT, ("more", "More", 30_000)],
        [RIGHT[0], ("c1", None, RIGHT[1][2]), RIGHT[2]],
        [RIGHT[0], ("c1", "", RIGHT[1][2]), RIGHT[2]],
        [RIGHT[0], ("c1", RIGHT[1][1], RIGHT[1][2] + 51), RIGHT[2]],
        [],
    ],
    ids=["too few", "turned", "too many", "no title", "empty title", "late", "none"],
)
def test_chapters_that_are_not_the_script_s_are_told(mp3: Path, chapters: list[tuple[str, str | None, int]]) -> None:
    rechapter(mp3, *chapters)
    (fault,) = faults(mp3)
    assert fault.startswith("Its chapter tags are")
    assert fault.endswith("the script has 3 chapters.")
