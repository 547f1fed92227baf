"""What a player shows and a machine reads."""

from __future__ import annotations

import shutil
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from mutagen import File
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from audiogen.assembler import Sound, assemble
from audiogen.assembler.tagging import read_guid, tag
from audiogen.assembler.tags import Chapter, Tags, comment_of, language_code
from audiogen.audit.tagging import read_tags
from audiogen.errors import AssemblyError
from audiogen.model import Script, Utterance
from tests.assembler.sounds import babble, clip_of, probe

if TYPE_CHECKING:
    from pathlib import Path

TAGS = Tags(
    title="The ferry to Ostrand sails again",
    artist="Mira Tolland, Jonas Reeve",
    album="The Harbor Ledger",
    language="pt-BR",
    disclosure="This audio is created with AI assistance.",
    source_type="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
    guid="urn:uuid:5f8b9c6e-0000-5000-8000-000000000001",
    text="The ferry left at noon.\nЗа погоди — “yes”.",
    summary="A storm had kept it in port.",
    publisher="The Harbor Ledger",
    copyright="© 2026 The Harbor Ledger",
    published=datetime(2026, 9, 6, 6, 13, tzinfo=UTC),
    url="https://harborledger.example/ferry",
    duration=3.2,
    chapters=(
        Chapter("A rather long first title, longer than the others", 0.0, 1.0),
        Chapter("Zwei; mit = Zeichen # und \\ dabei", 1.0, 2.0),
        Chapter("3", 2.0, 3.2),
    ),
    cover=b"\xff\xd8\xff\xe0 a picture",
)
LINE = Utterance("Words.", "Words.", 0.5)
FORMATS = ["mp3", *(("m4b", "opus") if shutil.which("ffmpeg") else ())]


@pytest.fixture(scope="module", params=FORMATS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / f"a.{request.param}"
    clip = clip_of(babble(2.5, 22_050), 22_050)
    return assemble(Script((LINE,)), [clip], path, Sound(format=request.param)).path


@pytest.fixture
def sound(made: Path, tmp_path: Path) -> Path:
    """A file of each format, without tags."""
    path = tmp_path / made.name
    shutil.copy(made, path)
    return path


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    clip = clip_of(babble(2.5, 22_050), 22_050)
    return assemble(Script((LINE,)), [clip], tmp_path / "a.mp3").path


def test_every_format_tells_the_same(sound: Path) -> None:
    tag(sound, TAGS)
    assert read_tags(sound) == {
        "title": TAGS.title,
        "artist": TAGS.artist,
        "album": TAGS.album,
        "genre": "Podcast",
        "language": "por",
        "address": TAGS.url,
        "comment": comment_of(TAGS),
        "text": TAGS.text,
        "cover": read_tags(sound)["cover"],  # type: ignore[index]
        "disclosure": TAGS.disclosure,
        "source type": TAGS.source_type,
        "GUID": TAGS.guid,
    }
    assert read_tags(sound)["cover"]  # type: ignore[index]
    assert read_guid(sound) == TAGS.guid


def test_chapters_are_read_by_ffmpeg_in_their_order(sound: Path) -> None:
    tag(sound, TAGS)
    chapters = probe(sound)["chapters"]
    assert [chapter["tags"]["title"] for chapter in chapters] == [  # type: ignore[index]
        chapter.title for chapter in TAGS.chapters
    ]
    assert [float(chapter["start_time"]) for chapter in chapters] == pytest.approx([0.0, 1.0, 2.0], abs=0.001)


def test_tags_leave_the_sound_as_it_was(sound: Path) -> None:
    from tests.assembler.sounds import decode

    before, _ = decode(sound)
    tag(sound, TAGS)
    after, _ = decode(sound)
    assert after.size == before.size
    assert (after == before).all()


def test_tagging_again_replaces_the_tags(sound: Path) -> None:
    tag(sound, TAGS)
    tag(sound, replace(TAGS, title="Another", chapters=()))
    found = read_tags(sound)
    assert found is not None
    assert found["title"] == "Another"


def test_an_mp3_has_the_frames_of_the_widest_read_version(mp3: Path) -> None:
    tag(mp3, TAGS)
    id3 = ID3(mp3, translate=False)
    assert id3.version == (2, 3, 0)
    assert {frame[:4] for frame in id3} >= {
        "TIT2", "TPE1", "TALB", "TCON", "TYER", "TDAT", "COMM", "USLT", "APIC", "TLAN", "WOAS", "WXXX", "TLEN", "TSSE",
        "TXXX", "TPUB", "TCOP", "CHAP", "CTOC",
    }  # fmt: skip
    assert (str(id3["TYER"]), str(id3["TDAT"]), str(id3["TIME"])) == ("2026", "0609", "0613")
    assert str(id3["TLEN"]) == "3200"
    assert id3.getall("COMM")[0].lang == "por"


def test_the_chapters_of_an_mp3_are_listed_in_one_ordered_table(mp3: Path) -> None:
    tag(mp3, TAGS)
    id3 = ID3(mp3)
    (table,) = id3.getall("CTOC")
    frames = {frame.element_id: frame for frame in id3.getall("CHAP")}
    listed = [frames[name] for name in table.child_element_ids]
    assert [str(frame.sub_frames["TIT2"]) for frame in listed] == [chapter.title for chapter in TAGS.chapters]
    assert [(frame.start_time, frame.end_time) for frame in listed] == [(0, 1000), (1000, 2000), (2000, 3200)]


def test_the_length_is_exact_behind_a_large_cover(mp3: Path) -> None:
    before = MP3(mp3).info
    tag(mp3, replace(TAGS, cover=b"\xff\xd8\xff" + bytes(400_000)))
    after = MP3(mp3).info
    assert before is not None
    assert after is not None
    assert after.length == before.length


@pytest.mark.parametrize(
    ("cover", "mime"), [(b"\x89PNG\r\n\x1a\n picture", "image/png"), (b"\xff\xd8\xff picture", "image/jpeg")]
)
def test_the_kind_of_the_cover_is_told(cover: bytes, mime: str, mp3: Path) -> None:
    tag(mp3, replace(TAGS, cover=cover))
    assert ID3(mp3).getall("APIC")[0].mime == mime


def test_what_is_not_known_has_no_frame(mp3: Path) -> None:
    tag(mp3, Tags("a", "b", "c", "en", "d", "e", "f"))
    assert not {"USLT", "APIC", "TDRC", "WOAS", "TPUB", "TCOP", "CHAP", "CTOC"} & {frame[:4] for frame in ID3(mp3)}


def test_a_day_without_an_hour_is_a_day(mp3: Path) -> None:
    tag(mp3, replace(TAGS, published=date(2026, 9, 6)))
    assert str(ID3(mp3)["TDRC"]) == "2026-09-06"


def test_the_comment_begins_with_the_disclosure() -> None:
    assert comment_of(TAGS).split("\n") == [TAGS.disclosure, TAGS.summary, TAGS.url]


@pytest.mark.parametrize(
    ("tag_", "code"), [("en", "eng"), ("uk-UA", "ukr"), ("de-AT", "deu"), ("tlh", "und"), ("", "und")]
)
def test_languages_have_the_codes_that_id3_asks_for(tag_: str, code: str) -> None:
    assert language_code(tag_) == code


@pytest.mark.parametrize("content", [b"", b"no sound"], ids=["empty", "text"])
@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus", ".txt"])
def test_a_file_without_tags_has_no_guid(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    assert read_guid(path) == ""
    assert read_guid(tmp_path / f"missing{suffix}") == ""


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.m4b").write_bytes(b"no sound")
    with pytest.raises(AssemblyError, match="tags of"):
        tag(tmp_path / "a.m4b", replace(TAGS, chapters=()))
    with pytest.raises(AssemblyError, match="tags of"):
        tag(tmp_path / "gone" / "a.mp3", TAGS)


def test_tagging_does_not_read_the_sound_into_memory(mp3: Path) -> None:
    with mp3.open("ab") as file:
        file.write(bytes(30_000_000))
    tracemalloc.start()
    tag(mp3, TAGS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert File(mp3) is not None
