"""A library that came from somebody else runs nothing, sends nothing and touches nothing outside of itself."""

from __future__ import annotations

import json
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from audiogen import produce
from audiogen.engines.voices import find_voice, load_cards, named_voice
from audiogen.episodes.library import Library
from audiogen.errors import LibraryError, SettingsError
from audiogen.podcast import publish
from audiogen.settings import load_settings
from audiogen.trust import distrust, is_inside, is_trusted, trust, trusted
from tests.cli.pages import write_page
from tests.podcast.libraries import settings, shelve

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    (root / "voices").mkdir(parents=True)
    return root


def card(library: Path, text: str, name: str = "x") -> None:
    (library / "voices" / f"{name}.toml").write_text(text, encoding="utf-8")


def settings_file(library: Path, text: str) -> None:
    (library / "audiogen.toml").write_text(text, encoding="utf-8")


CARDS = {
    "a program": 'engine = "command"\ndefault = true\nlanguage = "en"\n[options]\ncommand = ["sh", "-c", "touch RAN"]',
    "a key": 'engine = "http"\ndefault = true\nlanguage = "en"\n[options]\nkey_variable = "AWS_SECRET_ACCESS_KEY"',
    "an address": 'engine = "http"\ndefault = true\nlanguage = "en"\n[options]\nbase_url = "http://127.0.0.1:9"',
    "an engine of another package": 'engine = "foreign"\ndefault = true\nlanguage = "en"',
    "an address for an engine of ours": 'engine = "piper"\nlanguage = "en"\ndefault = true\n[options]\nbase_url = "http://a"',
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_that_comes_with_a_library_stops_with_the_command_that_allows_it(library: Path, name: str) -> None:
    card(library, CARDS[name])
    folders = (library / "voices",)
    assert load_cards(folders)["x"].refused, "it can be listed"
    with pytest.raises(SettingsError, match="audiogen trust"):
        find_voice("", "en", folders)
    with pytest.raises(SettingsError, match="audiogen trust"):
        named_voice("x", load_cards(folders))
    assert find_voice("english", "en", folders).name == "english", "another voice speaks"
    trust(library)
    assert named_voice("x", load_cards(folders)).name == "x"
    distrust(library)
    with pytest.raises(SettingsError):
        named_voice("x", load_cards(folders))


def test_a_card_for_a_part_or_in_the_place_of_ours_stops_as_well(library: Path) -> None:
    card(library, CARDS["a program"], "english")
    with pytest.raises(SettingsError, match="audiogen trust"):
        named_voice("english", load_cards((library / "voices",)))


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell's")
def test_no_program_of_a_library_runs_until_it_is_allowed(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "RAN"
    card(library, CARDS["a program"].replace("RAN", str(ran)))
    page = write_page(tmp_path)
    with pytest.raises(SettingsError, match="audiogen trust"):
        produce(page, library)
    assert not ran.exists()


def test_cards_of_the_user_s_own_need_no_leave(library: Path) -> None:
    from audiogen.engines.folders import user_cards

    user_cards().mkdir(parents=True)
    (user_cards() / "mine.toml").write_text(CARDS["a program"], encoding="utf-8")
    assert named_voice("mine", load_cards((library / "voices",))).engine == "command"


SETTINGS = {
    "engines.http": '[engines.http]\nbase_url = "https://a.example"',
    "engines.command": '[engines.command]\ncommand = ["sh"]',
    "engines.piper": '[engines.piper]\nbase_url = "https://a.example"',
    "engines.foreign": "[engines.foreign]\nx = 1",
    "speech.voice": '[speech]\nvoice = "http:alloy"',
    "listen.model": '[listen]\nmodel = "stranger/model"',
    "fetch.private": "[fetch]\nprivate = true",
    "show.cover": '[show]\ncover = "../cover.png"',
    "audio.intro": '[audio]\nintro = "/etc/passwd"',
    "audio.outro": '[audio]\noutro = "~/music.mp3"',
    "audio.bed": '[audio]\nbed = "music/../../x.mp3"',
    "c2pa.key": '[c2pa]\nkey = "/etc/ssl/private/key.pem"',
}


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_of_a_library_that_leads_out_of_it_stops_likewise(library: Path, key: str) -> None:
    settings_file(library, SETTINGS[key])
    with pytest.raises(SettingsError, match="audiogen trust") as caught:
        load_settings(library)
    assert caught.value.subject == key
    trust(library)
    load_settings(library)


@pytest.mark.parametrize(
    "text",
    [
        '[show]\ncover = "art/cover.png"',
        '[audio]\nintro = "music/../jingle.mp3"',
        '[listen]\nmodel = "small"',
        '[speech]\nvoice = "espeak"',
        "[engines.pyttsx3]\nworkers = 2\n[engines.http]\nworkers = 2",
    ],
)
def test_what_stays_inside_needs_no_leave(library: Path, text: str) -> None:
    settings_file(library, text)
    load_settings(library)


def test_the_user_s_own_settings_need_no_leave(library: Path) -> None:
    from audiogen.settings import user_folder

    user_folder().mkdir(parents=True, exist_ok=True)
    (user_folder() / "config.toml").write_text(SETTINGS["engines.http"] + '\n[audio]\nintro = "/a.mp3"', "utf-8")
    assert load_settings(library).audio.intro == "/a.mp3"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_inside_of_a_library_leads_no_setting_out(library: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    (library / "cover.png").symlink_to(tmp_path / "secret.png")
    assert not is_inside(library, "cover.png")
    settings_file(library, '[show]\ncover = "cover.png"')
    with pytest.raises(SettingsError):
        load_settings(library)


def test_the_list_is_in_the_user_s_folder_and_nobody_else_reads_it(library: Path) -> None:
    from audiogen.settings import user_folder

    trust(library, "s3://bucket/library/")
    assert trusted() == [str(library.resolve()), "s3://bucket/library"]
    assert is_trusted("s3://bucket/library")
    path = user_folder() / "trusted.json"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(library.rglob("trusted*"))
    path.write_text("{", encoding="utf-8")
    assert not is_trusted(library), "a list that cannot be read allows nothing"


# What is noted in a library removes and writes nothing elsewhere.


@pytest.mark.parametrize(
    "name",
    ["../victim", "{absolute}", "episodes/../../victim", "feeds/../../victim", "assets/../../victim.js",
     "episodes/river.mp3", "audiogen.toml", "state/drafts.json", "removed/river.json", "..\\victim"],
)  # fmt: skip
def test_the_feed_removes_only_files_that_it_may_have_written(tmp_path: Path, name: str) -> None:
    library = tmp_path / "library"
    shelve(library, "river")
    settings_file(library, "")
    for kept in ("state/drafts.json", "removed/river.json"):
        (library / kept).parent.mkdir(parents=True)
        (library / kept).write_text("{}", encoding="utf-8")
    victims = [tmp_path / "victim", tmp_path / "victim.js"]
    for victim in victims:
        victim.write_text("mine", encoding="utf-8")
    name = name.replace("{absolute}", str(victims[0]))
    (library / ".audiogen").mkdir()
    (library / ".audiogen" / "feed-files.json").write_text(json.dumps({name: "", "feeds/gone.xml": ""}), "utf-8")
    (library / "feeds").mkdir()
    (library / "feeds" / "gone.xml").write_text("old", encoding="utf-8")
    done = publish(library, settings())
    assert done.removed == ("feeds/gone.xml",)
    assert all(victim.read_text(encoding="utf-8") == "mine" for victim in victims)
    assert (library / "episodes" / "river.mp3").exists()
    assert all((library / kept).exists() for kept in ("audiogen.toml", "state/drafts.json", "removed/river.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(
    "name", ["episodes", "oembed", "assets", "feeds", "state", ".audiogen", ".audiogen/batch.log", "state/log.jsonl"]
)
def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path, name: str) -> None:
    library, outside = tmp_path / "library", tmp_path / "outside"
    if name != "episodes":
        shelve(library, "river")
    library.mkdir(exist_ok=True)
    if "/" in name or "." in name[1:]:
        (library / name).parent.mkdir(exist_ok=True)
        outside.write_text("mine", encoding="utf-8")
    else:
        outside.mkdir()
    (library / name).symlink_to(outside)
    with pytest.raises(LibraryError, match="leads out of the library"):
        publish(library, settings())
    with pytest.raises(LibraryError, match="leads out of the library"), Library(library).changing("drafts") as drafts:
        drafts["river"] = {}
    with pytest.raises(LibraryError, match="leads out of the library"), Library(library).stage():
        pass
    assert outside.read_text(encoding="utf-8") == "mine" if outside.is_file() else not list(outside.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("suffix", [".json", ".mp3", ".vtt"])
def test_nothing_is_published_that_a_link_leads_to_outside(tmp_path: Path, suffix: str) -> None:
    library = tmp_path / "library"
    shelve(library, "river")
    file = library / "episodes" / f"river{suffix}"
    (library / "kept").mkdir()
    for folder, episodes in ((library / "kept", 1), (tmp_path, 0)):
        elsewhere = file.rename(folder / file.name)
        file.symlink_to(elsewhere)
        published = publish(library, settings())
        assert published.episodes == episodes
        assert [broken.slug for broken in published.broken] == ["river"] * (1 - episodes)
        file.unlink()
        elsewhere.rename(file)
    file.rename(tmp_path / file.name)
    file.symlink_to(tmp_path / file.name)
    trust(library)
    assert publish(library, settings()).episodes == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_who_keeps_episodes_on_another_disk_allows_the_link(tmp_path: Path) -> None:
    library = tmp_path / "library"
    shelve(library, "river")
    (library / "episodes").rename(tmp_path / "disk")
    (library / "episodes").symlink_to(tmp_path / "disk")
    with pytest.raises(LibraryError, match="audiogen trust"):
        publish(library, settings())
    trust(library)
    assert publish(library, settings()).episodes == 1
