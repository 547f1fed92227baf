"""The table of recommended voices, and fetching one from a server that speaks like the collection."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from audiogen import narration
from audiogen.engines import folders, installing
from audiogen.engines import recommended as module
from audiogen.engines.installing import Download, fetch, install
from audiogen.engines.recommended import File, Recommendation, recommendations, recommended, suggestion
from audiogen.engines.voices import find_voice, load_cards
from audiogen.errors import EngineError, UnknownVoiceError
from tests.engines.conftest import say
from tests.engines.models import make_piper
from tests.engines.test_installing import Shelf, shelf

__all__ = ["shelf"]  # a fixture of another module

#: Languages that have no voice to publish with.
WITHOUT = ("pl", "ru", "pt", "da", "tr")
_PACKS = Path(narration.__file__).parent / "languages"
PACKS = sorted(
    path.name.replace("_", "-")
    for path in _PACKS.iterdir()
    if (path / "__init__.py").is_file() and path.name != "european"
)


@pytest.mark.parametrize("entry", recommendations(), ids=lambda entry: entry.language)
def test_every_entry_says_all_there_is_to_know(entry: Recommendation) -> None:
    assert entry.licence
    assert entry.source.startswith("https://huggingface.co/")
    assert entry.sample_rate in (16_000, 22_050, 24_000)
    for name in (*entry.names, entry.language, entry.names[0].upper()):
        assert recommended(name) is entry
    if entry.engine == "piper":
        assert [Path(file.path).name for file in entry.files] == [f"{entry.voice}.onnx", f"{entry.voice}.onnx.json"]
        assert all(file.size > 1000 and len(file.md5) == 32 for file in entry.files)


def test_nothing_tuned_from_lessac_or_ryan_is_recommended() -> None:
    tuned = {"thorsten", "siwis", "gosia", "darkman", "dmitri", "denis", "davefx", "faber", "jirka", "lessac", "ryan"}
    ours = {part for entry in recommendations() if entry.engine == "piper" for part in entry.voice.split("-")}
    assert ours & tuned == set()


@pytest.mark.parametrize("tag", [tag for tag in PACKS if tag not in WITHOUT])
def test_every_language_we_read_has_a_voice(tag: str) -> None:
    assert recommended(tag) is not None


@pytest.mark.parametrize("tag", WITHOUT)
def test_a_language_without_a_voice_has_a_reason_and_a_way_for_ones_own_ears(tag: str) -> None:
    with pytest.raises(UnknownVoiceError, match=r"research only.*`audiogen voices install piper:"):
        recommended(tag)


@pytest.mark.parametrize(
    ("engine", "language", "spoken"),
    [
        ("pyttsx3", "de", "German is spoken by eSpeak NG; `audiogen voices install german` brings a better voice."),
        ("pyttsx3", "it", "Italian is spoken by eSpeak NG; `audiogen voices install italian` brings a better voice."),
        ("pyttsx3", "pl", ""),
        ("pyttsx3", "xx", ""),
        ("piper", "de", ""),
    ],
)  # fmt: skip
def test_a_better_voice_is_suggested_where_there_is_one(engine: str, language: str, spoken: str) -> None:
    assert suggestion(engine, language) == spoken


@pytest.fixture
def german(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put a hum in the place of the German voice."""
    model = make_piper(tmp_path / "made", "de_DE-ramona-low", language="de_DE")
    files = []
    for path in (model, model.with_name(f"{model.name}.json")):
        content = path.read_bytes()
        shelf.files[f"/de/{path.name}"] = content
        files.append(File(f"de/{path.name}", len(content), hashlib.md5(content).hexdigest()))
    found = recommended("german")
    assert found is not None
    monkeypatch.setitem(module._table(), "german", replace(found, files=tuple(files)))
    return shelf


def test_a_languages_voice_is_fetched_and_becomes_its_default(german: Shelf) -> None:
    from audiogen.engines.piper import Piper

    assert find_voice("", "de").name == "german"
    installed = install("german", base_url=german.url)
    assert installed.name == "ramona"
    voice = find_voice("", "de-AT")
    assert (voice.name, voice.engine, voice.licence[:8]) == ("ramona", "piper", "M-AILABS")
    assert find_voice("german", "de").engine == "pyttsx3"
    with Piper() as engine:
        assert engine.speak(say("Guten Abend."), voice).duration > 0.1


def test_without_the_wish_it_stays_beside_the_default(german: Shelf) -> None:
    name = install("german", base_url=german.url, default=False).name
    assert not load_cards()[name].default
    assert find_voice("", "de").name == "german"


def test_a_card_without_a_word_of_defaults_gets_it_and_keeps_the_rest(german: Shelf) -> None:
    card = install("german", base_url=german.url, default=False).card
    card.write_text(card.read_text() + "rate = 150\n")
    install("german", base_url=german.url)
    assert (find_voice("", "de").name, find_voice("", "de").rate) == ("ramona", 150)


@pytest.mark.parametrize("own", ['default = false\nengine = "piper"\nid = "de_DE-ramona-low"', 'engine = "tone"'])
def test_a_card_that_says_otherwise_is_left_alone(german: Shelf, own: str) -> None:
    folders.user_cards().mkdir(parents=True)
    (folders.user_cards() / "ramona.toml").write_text(own)
    assert install("german", base_url=german.url).card.read_text() == own


@pytest.mark.parametrize("name", ["polish", "polski", "pl-PL", "Русский"])
def test_a_language_without_a_voice_to_publish_with_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(UnknownVoiceError, match="research only"):
        install(name)


def test_a_wrong_file_of_a_languages_voice_is_deleted(german: Shelf) -> None:
    german.files["/de/de_DE-ramona-low.onnx"] = german.files["/de/de_DE-ramona-low.onnx"][::-1]
    with pytest.raises(EngineError, match="promises"):
        install("german", base_url=german.url)
    assert list((folders.models() / "piper").iterdir()) == []
    assert find_voice("", "de").name == "german"


def test_a_languages_voice_cut_off_goes_on(german: Shelf) -> None:
    german.cut_after = 300
    with pytest.raises(EngineError, match="again to go on"):
        install("german", base_url=german.url)
    assert install("german", base_url=german.url).name == "ramona"
    assert german.ranges[1] == "bytes=300-"


def test_a_disk_that_fills_up_is_told(shelf: Shelf, tmp_path: Path) -> None:
    shelf.files["/model"] = bytes(100_000)
    (tmp_path / "model.part").symlink_to("/dev/full")
    with pytest.raises(EngineError, match="is full: make room"):
        fetch(Download(f"{shelf.url}/model", tmp_path / "model"))


def test_what_the_disk_cannot_hold_is_not_begun(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"needs \d+ MB more"):
        fetch(Download(f"{shelf.url}/model", tmp_path / "model", size=10**18))
    assert shelf.paths == []


def test_kokoros_files_are_known_by_their_digests(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.files["/m.onnx"] = b"model"
    monkeypatch.setattr(installing, "KOKORO_FILES", (("m.onnx", 5, hashlib.sha256(b"model").hexdigest()),))
    assert install("français", base_url=shelf.url).name == "siwis"
    assert find_voice("", "fr").engine == "kokoro"
    monkeypatch.setattr(installing, "KOKORO_FILES", (("m.onnx", 5, hashlib.sha256(b"other").hexdigest()),))
    with pytest.raises(EngineError, match="promises"):
        install("kokoro:ff_siwis", base_url=shelf.url)
