"""A good library passes; each fault that is planted is found, under the check it belongs to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mutagen.id3 import ID3

from audiogen.assembler import QUALITIES
from audiogen.assembler.mp3 import open_mp3
from audiogen.assembler.streams import to_pcm
from audiogen.audit import CHECKS, audit
from audiogen.errors import LibraryError
from audiogen.settings import FILE_NAME, Settings
from tests.certificates import make_chain
from tests.hearing import samples_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.audit.conftest import Shelf


def test_a_good_library_has_no_fault(good_shelf: Shelf) -> None:
    report = good_shelf.audit()
    assert [fault for audit in report.verdicts for fault in audit.faults] == []
    assert report.strays == ()
    assert report.is_good
    assert [audit.credentials for audit in report.verdicts] == ["trusted", "trusted"]
    assert all(audit.loudness and abs(audit.loudness + 16) < 0.5 for audit in report.verdicts)


def edit_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def retag(shelf: Shelf, change: Callable[[ID3], object]) -> None:
    """Change the tags, and let the manifest agree with the file."""
    tags = ID3(shelf.path(".mp3"))
    change(tags)
    tags.save(shelf.path(".mp3"))
    shelf.trust_file()


def drop(frame: str) -> Callable[[Shelf], None]:
    return lambda shelf: retag(shelf, lambda tags: tags.delall(frame))


def set_manifest(section: str, **values: object) -> Callable[[Shelf], None]:
    return lambda shelf: shelf.change(lambda manifest: manifest[section].update(values))


def truncate(shelf: Shelf) -> None:
    data = shelf.path(".mp3").read_bytes()
    shelf.path(".mp3").write_bytes(data[: len(data) * 2 // 3])


def truncate_and_agree(shelf: Shelf) -> None:
    truncate(shelf)
    shelf.trust_file()


def remake(shelf: Shelf, change: Callable[[NDArray[np.float32], int], NDArray[np.float32]]) -> None:
    """Encode the episode's sound again after a *change*, with its old tags; the encoder's own loss is made good."""
    path = shelf.path(".mp3")
    tags = ID3(path)
    samples, rate = samples_of(path)
    with open_mp3(path, QUALITIES["small"]) as writer:
        writer.write(to_pcm(change(samples * np.float32(1 / 0.95), rate)))
        writer.finish()
    tags.save(path)
    shelf.trust_file()


def too_quiet(shelf: Shelf) -> None:
    remake(shelf, lambda samples, rate: samples * np.float32(0.6))


def too_high(shelf: Shelf) -> None:
    """A moment at full scale: nothing of the loudness changes."""

    def strike(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
        samples[rate : rate + 40] = 1.0
        return samples

    remake(shelf, strike)


def silence_a_line(shelf: Shelf) -> None:
    line = shelf.manifest()["script"][3]

    def silence(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
        samples[round((line["start"] - 0.03) * rate) : round((line["end"] + 0.03) * rate)] = 0
        return samples

    remake(shelf, silence)


def overwrite(shelf: Shelf) -> None:
    shelf.path(".mp3").write_bytes(b"nothing that sounds")
    shelf.trust_file()


def reverse(shelf: Shelf) -> None:
    shelf.path(".mp3").write_bytes(shelf.path(".mp3").read_bytes()[::-1])


def untag(shelf: Shelf) -> None:
    ID3(shelf.path(".mp3")).delete(shelf.path(".mp3"))
    shelf.trust_file()


def say_dawn(suffix: str) -> Callable[[Shelf], None]:
    return lambda shelf: edit_text(shelf.path(suffix), "noon", "dawn")


def drop_a_line(shelf: Shelf) -> None:
    shelf.change(lambda manifest: manifest["script"].pop(2))


def swap_lines(shelf: Shelf) -> None:
    def swap(manifest: dict[str, Any]) -> None:
        lines = manifest["script"]
        lines[2], lines[3] = lines[3], lines[2]

    shelf.change(swap)


def shift_cues(shelf: Shelf) -> None:
    path = shelf.path(".vtt")
    text = path.read_text(encoding="utf-8")
    clock = re.compile(r"(\d\d:\d\d:\d\d)\.(\d)")
    path.write_text(clock.sub(lambda m: f"{m[1]}.{(int(m[2]) + 3) % 10}", text), encoding="utf-8")


def shift_words(shelf: Shelf) -> None:
    path = shelf.path(".words.json")
    words = json.loads(path.read_text(encoding="utf-8"))
    for segment in words["segments"]:
        segment["startTime"] += 0.4
        segment["endTime"] += 0.4
    path.write_text(json.dumps(words), encoding="utf-8")


def shift_chapters(shelf: Shelf) -> None:
    path = shelf.path(".chapters.json")
    chapters = json.loads(path.read_text(encoding="utf-8"))
    chapters["chapters"][1]["startTime"] += 1
    path.write_text(json.dumps(chapters), encoding="utf-8")


def shift_chapter_tags(shelf: Shelf) -> None:
    def shift(tags: ID3) -> None:
        for frame in tags.getall("CHAP"):
            frame.start_time += 700

    retag(shelf, shift)


def change_tag(frame: str, text: str) -> Callable[[Shelf], None]:
    return lambda shelf: retag(shelf, lambda tags: setattr(tags[frame], "text", [text]))


def take_out_of_script(shelf: Shelf) -> None:
    def take(manifest: dict[str, Any]) -> None:
        manifest["script"].pop()
        manifest["utterances"] = {key: value - 1 for key, value in manifest["utterances"].items()}

    shelf.change(take)


def in_every_feed(shelf: Shelf, pattern: str, new: str) -> None:
    for path in shelf.root.glob("*.xml"):
        path.write_text(re.sub(pattern, new, path.read_text(encoding="utf-8")), encoding="utf-8")


def on_the_page(pattern: str) -> Callable[[Shelf], None]:
    def change(shelf: Shelf) -> None:
        page = shelf.path(".html").read_text(encoding="utf-8")
        assert re.search(pattern, page)
        shelf.path(".html").write_text(re.sub(pattern, "", page), encoding="utf-8")

    return change


def tamper(shelf: Shelf) -> None:
    """Change one byte of the sound, late in the file."""
    data = bytearray(shelf.path(".mp3").read_bytes())
    data[-5000] ^= 0x55
    shelf.path(".mp3").write_bytes(bytes(data))
    shelf.trust_file()


def unsign(shelf: Shelf) -> None:
    retag(shelf, lambda tags: tags.delall("GEOB"))


def double(shelf: Shelf) -> None:
    """Copy the whole episode under a second name, which comes later in the alphabet."""
    other = next(path for path in shelf.root.glob("episodes/*.json") if "quiet" in path.name and "." not in path.stem)
    guid = json.loads(other.read_text(encoding="utf-8"))["guid"]
    shelf.change(lambda manifest: manifest.update(guid=guid))


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault: how it is planted, the check that must find it, and a piece of what it must say."""

    plant: Callable[[Shelf], object]
    check: str
    says: str


SENTENCE = r"This audio is created with AI assistance\."
PLANTS = {
    "the sound is missing": Plant(lambda shelf: shelf.path(".mp3").unlink(), "file", "is missing"),
    "the sound is cut off": Plant(truncate, "file", "bytes"),
    "the sound is another": Plant(reverse, "file", "SHA"),
    "the transcript is missing": Plant(lambda shelf: shelf.path(".vtt").unlink(), "file", ".vtt is missing"),
    "the manifest is no JSON": Plant(lambda shelf: shelf.path(".json").write_text("{"), "file", "cannot be read"),
    "the manifest lacks a key": Plant(lambda s: s.change(lambda m: m.pop("audio")), "file", "lacks audio"),
    "the manifest has a wrong kind": Plant(set_manifest("audio", bytes="many"), "file", "lacks audio.bytes"),
    "the manifest is of another": Plant(lambda s: s.change(lambda m: m.update(slug="x")), "file", "another episode"),
    "the manifest is of tomorrow": Plant(lambda s: s.change(lambda m: m.update(format=99)), "file", "format 99"),
    "two episodes have one GUID": Plant(double, "file", "GUID"),
    "the length is wrong": Plant(set_manifest("audio", duration=3.0), "sound", "s long"),
    "the sound is cut off and nobody knows": Plant(truncate_and_agree, "sound", "s long"),
    "the sound is too quiet": Plant(too_quiet, "sound", "LUFS"),
    "the peak is too high": Plant(too_high, "sound", "dBTP"),
    "the sound is none": Plant(overwrite, "sound", "read"),
    "not all were spoken": Plant(set_manifest("utterances", spoken=5), "utterances", "5 were spoken"),
    "a line is missing": Plant(drop_a_line, "utterances", "the script has 6"),
    "lines changed places": Plant(swap_lines, "utterances", "out of order"),
    "a line is silent": Plant(silence_a_line, "utterances", "no sound at"),
    "cues are late": Plant(shift_cues, "timed text", "out of step"),
    "a cue says another thing": Plant(say_dawn(".vtt"), "timed text", "does not say"),
    "the transcript is none": Plant(lambda s: s.path(".vtt").write_text("Hello"), "timed text", "not WebVTT"),
    "a cue is too many": Plant(
        lambda s: s.path(".vtt").open("a").write("\n00:01:00.000 --> 00:01:01.000\nMore\n"), "timed text", "more than"
    ),
    "words are late": Plant(shift_words, "timed text", "out of step"),
    "words are others": Plant(say_dawn(".words.json"), "timed text", "the words"),
    "words cannot be read": Plant(lambda s: s.path(".words.json").write_text("[]"), "timed text", "cannot be read"),
    "chapters are late": Plant(shift_chapters, "timed text", "out of step"),
    "chapters are gone": Plant(
        lambda s: s.path(".chapters.json").write_text('{"chapters": []}'), "timed text", "headings"
    ),
    "there are no tags": Plant(untag, "tags", "no tags"),
    "the title is another": Plant(change_tag("TIT2", "Untitled"), "tags", "title"),
    **{
        f"{frame} is missing": Plant(drop(frame), "tags", says)
        for frame, says in {
            "TIT2": "title", "TPE1": "artist", "TALB": "album", "TCON": "genre", "TLAN": "language", "USLT": "text",
            "APIC": "cover", "WOAS": "address", "TLEN": "TLEN", "TSSE": "TSSE", "TDRC": "date", "CHAP": "chapter",
            "CTOC": "chapter", "TXXX:audiogen-guid": "GUID",
        }.items()
    },
    "chapter tags are late": Plant(shift_chapter_tags, "tags", "out of step"),
    "the disclosure is not heard": Plant(take_out_of_script, "disclosure", "not heard at the end"),
    "the disclosure says nothing": Plant(set_manifest("disclosure", text=" "), "disclosure", "no text"),
    "the disclosure is elsewhere now": Plant(
        set_manifest("disclosure", place="start"), "disclosure", "disclosure.place is 'end'"
    ),
    "the sentence was another's": Plant(
        set_manifest("disclosure", text="Read by a robot."), "disclosure", "no longer the setting disclosure.text"
    ),
    "the disclosure has no place": Plant(set_manifest("disclosure", place="none"), "disclosure", "not heard at all"),
    "the comment does not disclose": Plant(drop("COMM"), "disclosure", "comment"),
    "no tag discloses": Plant(drop("TXXX:AI-DISCLOSURE"), "disclosure", "AI-DISCLOSURE"),
    "no source type": Plant(drop("TXXX:DigitalSourceType"), "disclosure", "source type"),
    "the source type is another": Plant(
        change_tag("TXXX:DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        "disclosure",
        "source type",
    ),
    "the feed does not disclose": Plant(lambda s: in_every_feed(s, SENTENCE, ""), "disclosure", "feed's description"),
    "the feed is not marked": Plant(
        lambda s: in_every_feed(s, r"<podcast:txt[^>]*>true</podcast:txt>", ""), "disclosure", "podcast:txt"
    ),
    "the page does not disclose": Plant(on_the_page(SENTENCE), "disclosure", "page"),
    "the page has no source type": Plant(on_the_page("digitalSourceType"), "disclosure", "JSON-LD"),
    "a signed file was changed": Plant(tamper, "credentials", "invalid"),
    "the signature was taken out": Plant(unsign, "credentials", "not signed"),
    "the feed lacks the episode": Plant(
        lambda s: in_every_feed(s, r"<guid[^>]*>[^<]*</guid>", "<guid>x</guid>"), "publication", "not in the feed"
    ),
    "the feed has another size": Plant(
        lambda s: in_every_feed(s, r'length="\d+"', 'length="0"'), "publication", "says 0 bytes"
    ),
    "a feed is no XML": Plant(lambda s: (s.root / "feed.xml").write_text("<rss"), "folder", "feed.xml cannot be read"),
    "a sound belongs to nobody": Plant(
        lambda s: s.path(".mp3").with_name("lonely.mp3").write_bytes(b""), "folder", "lonely.mp3 belongs to no episode"
    ),
    "a manifest is gone": Plant(lambda s: s.path(".json").unlink(), "folder", "belongs to no episode"),
    "an episode was not put in place": Plant(
        lambda s: (s.root / ".audiogen" / "ready-a").mkdir(), "folder", "not put in place"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found(name: str, shelf: Shelf) -> None:
    plant = PLANTS[name]
    plant.plant(shelf)
    report = shelf.audit()
    found = shelf.faults(report)
    assert [fault for fault in found if fault.check == plant.check and plant.says in fault.message], found
    assert not report.is_good


def test_every_check_has_a_fault_planted_for_it() -> None:
    assert {plant.check for plant in PLANTS.values()} == {*CHECKS, "folder"}


def test_a_signature_by_strangers_is_told_where_anchors_are_set(shelf: Shelf, tmp_path: Path) -> None:
    (shelf.root / "keys" / "root.pem").write_bytes(make_chain(tmp_path, "Somebody Else").root.read_bytes())
    assert [fault.check for fault in shelf.faults()] == ["credentials"]
    assert {audit.credentials for audit in shelf.audit().verdicts} == {"valid"}


def test_a_library_that_publishes_nothing_and_signs_nothing_is_good(shelf: Shelf) -> None:
    for path in [*shelf.root.glob("*.xml"), *shelf.root.glob("episodes/*.html")]:
        path.unlink()
    unsigned = replace(shelf, settings=Settings().with_flags(speech__voice="tone"))
    assert unsigned.faults() == []


def test_a_show_without_a_heard_disclosure_asked_for_that(shelf: Shelf) -> None:
    take_out_of_script(shelf)
    set_manifest("disclosure", place="none")(shelf)
    silent = replace(shelf, settings=shelf.settings.with_flags(disclosure__place="none"))
    assert [fault for fault in silent.faults() if fault.check == "disclosure"] == []


def test_what_is_no_library_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        audit(tmp_path, Settings())


def test_a_library_that_was_only_begun_has_no_episodes_yet(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[show]\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="no episodes in"):
        audit(tmp_path, Settings())
