"""Content Credentials: signed last, worth something, and broken by any change."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from mutagen.id3 import ID3

from audiogen.assembler import Sound, assemble
from audiogen.assembler.credentials import Signer, State, Statement, inspect, sign
from audiogen.assembler.tagging import tag
from audiogen.errors import AssemblyError
from audiogen.model import Script, Utterance
from tests.assembler.sounds import babble, clip_of, decode
from tests.assembler.test_tags import TAGS
from tests.certificates import Chain, make_chain

if TYPE_CHECKING:
    from pathlib import Path

STATEMENT = Statement(
    title=TAGS.title,
    url=TAGS.url,
    source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    disclosure=TAGS.disclosure,
    agent="piper",
    generator="audiogen 1.2.3",
)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    return make_chain(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def signer(chain: Chain) -> Signer:
    return Signer(chain.certificates, chain.key, anchors=chain.root)


def make(path: Path) -> Path:
    clip = clip_of(babble(2.5, 22_050), 22_050)
    line = Utterance("Words.", "Words.", 0.5)
    recording = assemble(Script((line,)), [clip], path, Sound(format=path.suffix[1:]))
    tag(path, replace(TAGS, chapters=()))
    return recording.path


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    return make(tmp_path / "a.mp3")


def statement_in(path: Path) -> dict[str, Any]:
    import c2pa

    with path.open("rb") as file, c2pa.Reader("audio/mpeg", file) as reader:
        store = json.loads(reader.json())
    manifest: dict[str, Any] = store["manifests"][store["active_manifest"]]
    return manifest


def test_a_file_without_credentials_has_none(mp3: Path) -> None:
    assert inspect(mp3) is State.NONE


def test_a_signed_file_is_trusted_where_its_root_is_and_valid_elsewhere(mp3: Path, signer: Signer) -> None:
    sign(mp3, STATEMENT, signer)
    assert inspect(mp3, signer.anchors) is State.TRUSTED
    assert inspect(mp3) is State.VALID


def test_the_statement_tells_that_the_sound_is_synthetic(mp3: Path, signer: Signer) -> None:
    sign(mp3, STATEMENT, signer)
    manifest = statement_in(mp3)
    assertions = {entry["label"]: entry["data"] for entry in manifest["assertions"]}
    (action,) = next(data for label, data in assertions.items() if label.startswith("c2pa.actions"))["actions"]
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"] == STATEMENT.source_type
    assert action["softwareAgent"]["name"] == "piper"
    assert action["description"] == TAGS.disclosure
    assert assertions["cawg.metadata"]["Iptc4xmpExt:DigitalSourceType"] == STATEMENT.source_type
    assert assertions["cawg.metadata"]["dc:source"] == TAGS.url
    assert manifest["claim_generator_info"][0]["name"] == "audiogen"
    assert manifest["title"] == TAGS.title


def test_signing_leaves_sound_and_tags(mp3: Path, signer: Signer) -> None:
    before, _ = decode(mp3)
    frames = {key: str(frame) for key, frame in ID3(mp3).items() if not key.startswith("APIC")}
    sign(mp3, STATEMENT, signer)
    after, _ = decode(mp3)
    assert (after == before).all()
    signed = ID3(mp3)
    assert {key: str(signed[key]) for key in frames} == frames
    assert list(mp3.parent.iterdir()) == [mp3]


@pytest.mark.parametrize("place", [-3000, -1, 40], ids=["in the sound", "at the end", "in a tag"])
def test_any_changed_byte_makes_it_invalid(place: int, mp3: Path, signer: Signer) -> None:
    sign(mp3, STATEMENT, signer)
    data = bytearray(mp3.read_bytes())
    data[place] ^= 0x01
    mp3.write_bytes(bytes(data))
    assert inspect(mp3, signer.anchors) is State.INVALID


def test_a_tag_edited_afterwards_makes_it_invalid(mp3: Path, signer: Signer) -> None:
    sign(mp3, STATEMENT, signer)
    tags = ID3(mp3)
    tags["TIT2"].text = ["Another title"]
    tags.save(mp3)
    assert inspect(mp3) is State.INVALID


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_an_audiobook_can_be_signed_and_opus_cannot(tmp_path: Path, signer: Signer) -> None:
    book = make(tmp_path / "a.m4b")
    sign(book, STATEMENT, signer)
    assert inspect(book, signer.anchors) is State.TRUSTED
    with pytest.raises(AssemblyError, match=r"\.opus file holds no Content Credentials"):
        sign(make(tmp_path / "a.opus"), STATEMENT, signer)
    assert inspect(tmp_path / "a.opus") is State.NONE


def test_a_source_type_that_is_none_is_refused(mp3: Path, signer: Signer) -> None:
    nonsense = replace(STATEMENT, source_type="http://cv.iptc.org/newscodes/digitalsourcetype/madeByMagic")
    with pytest.raises(AssemblyError, match="no digital source type"):
        sign(mp3, nonsense, signer)


def test_a_key_of_another_certificate_is_refused_and_the_file_stays(
    mp3: Path, signer: Signer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = mp3.read_bytes()
    other = make_chain(tmp_path_factory.mktemp("other"))
    with pytest.raises(AssemblyError, match="could not be signed"):
        sign(mp3, STATEMENT, replace(signer, key=other.key))
    assert mp3.read_bytes() == before
    assert list(mp3.parent.iterdir()) == [mp3]


@pytest.mark.parametrize("missing", ["certificates", "key", "anchors"])
def test_a_missing_file_is_named(missing: str, mp3: Path, signer: Signer, tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="could not be signed"):
        sign(mp3, STATEMENT, replace(signer, **{missing: tmp_path / "gone.pem"}))  # type: ignore[arg-type]


def test_without_the_extra_it_says_what_to_install(mp3: Path, signer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(mp3, STATEMENT, signer)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(AssemblyError, match=r"install .*\[c2pa\]"):
        sign(mp3, STATEMENT, signer)
    assert inspect(mp3) is State.UNREAD
