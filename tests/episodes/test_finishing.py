"""What an episode gets once its sound is made, and what a killed run leaves."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3

from audiogen.assembler.credentials import State, inspect
from audiogen.audit import audit
from audiogen.episodes.finishing import shown
from audiogen.episodes.library import Library
from audiogen.errors import AssemblyError
from audiogen.model import Article
from audiogen.production import EpisodeMaker, make_in_library, write_sound_file
from tests.certificates import make_chain
from tests.conftest import EXAMPLES

if TYPE_CHECKING:
    from audiogen.settings import Settings


def make(settings: Settings, article: Article, folder: Path) -> Path:
    with EpisodeMaker(settings, folder=folder) as episode_maker:
        return Path(make_in_library(Library(folder), episode_maker, article).audio)


def test_an_episode_has_all_its_files(tones: Settings, article: Article, tmp_path: Path) -> None:
    audio = make(tones, article, tmp_path)
    suffixes = {path.name.removeprefix(audio.stem) for path in audio.parent.iterdir()}
    assert suffixes == {".mp3", ".json", ".vtt", ".words.json", ".chapters.json"}


def test_the_words_beside_it_are_those_of_its_script(tones: Settings, article: Article, tmp_path: Path) -> None:
    audio = make(tones, article, tmp_path)
    words = json.loads(audio.with_suffix(".words.json").read_text(encoding="utf-8"))["segments"]
    script = json.loads(audio.with_suffix(".json").read_text(encoding="utf-8"))["script"]
    assert [word["body"] for word in words] == [word for line in script for word in line["written"].split()]


def test_the_tags_name_the_show_where_there_is_one(tones: Settings, article: Article, tmp_path: Path) -> None:
    plain = ID3(make(tones, article, tmp_path / "a"))
    shown_ = ID3(make(tones.with_flags(show__title="Harbor Audio", show__copyright="© HL"), article, tmp_path / "b"))
    assert (str(plain["TALB"]), str(shown_["TALB"])) == ("The Harbor Ledger", "Harbor Audio")
    assert str(shown_["TCOP"]) == "© HL"
    assert str(plain["TPE1"]) == "Mira Tolland, Jonas Reeve"
    assert str(plain["TLAN"]) == "eng"


def test_the_image_saved_with_the_page_is_the_cover(tones: Settings, tmp_path: Path) -> None:
    from PIL import Image

    page = tmp_path / "page.html"
    html = (EXAMPLES / "harbor-ledger.html").read_text(encoding="utf-8")
    meta = '<head><meta property="og:image" content="https://harborledger.example/lead.png">'
    page.write_text(html.replace("<head>", meta, 1), encoding="utf-8")
    (tmp_path / "page_files").mkdir()
    Image.new("RGB", (700, 500), (10, 200, 10)).save(tmp_path / "page_files" / "lead.png")
    with EpisodeMaker(tones) as episode_maker:
        prepared = episode_maker.prepare(page)
        if prepared.image != "https://harborledger.example/lead.png":
            prepared = replace(prepared, image="https://harborledger.example/lead.png")
        assert prepared.source == str(page)
        master = write_sound_file(tmp_path / "out", episode_maker, prepared)
    picture = tmp_path / "cover.jpg"
    picture.write_bytes(ID3(master.recording.path).getall("APIC")[0].data)
    with Image.open(picture) as image:
        pixel = image.getpixel((100, 100))
    assert isinstance(pixel, tuple)
    assert pixel[1] > 150 > pixel[0]


def test_an_episode_is_signed_last_with_the_show_s_certificate(
    tones: Settings, article: Article, tmp_path: Path
) -> None:
    make_chain(tmp_path)
    keys = tones.with_flags(c2pa__certificate="chain.pem", c2pa__key="leaf.key", c2pa__anchors="root.pem")
    audio = make(keys, article, tmp_path)
    assert inspect(audio, tmp_path / "root.pem") is State.TRUSTED
    report = json.loads(audio.with_suffix(".json").read_text(encoding="utf-8"))["audio"]
    assert report["sha256"] == hashlib.sha256(audio.read_bytes()).hexdigest()
    assert audit(tmp_path, keys).is_good


def test_a_certificate_without_its_key_is_told_and_leaves_nothing(
    tones: Settings, article: Article, tmp_path: Path
) -> None:
    with pytest.raises(AssemblyError, match=r"c2pa\.key"):
        make(tones.with_flags(c2pa__certificate="chain.pem"), article, tmp_path)
    assert list((tmp_path / "episodes").iterdir()) == []


@pytest.mark.parametrize(("name", "place"), [("", None), ("cover.png", "show/cover.png"), ("/a/b.png", "/a/b.png")])
def test_paths_in_the_settings_start_at_the_show(name: str, place: str | None, tmp_path: Path) -> None:
    found = shown(name, tmp_path / "show")
    assert (None if found is None else str(found)) == (place and (place if place[0] == "/" else str(tmp_path / place)))


CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from audiogen.episodes.library import Library
from audiogen.model import Article, Block
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
root, seed = Path(sys.argv[1]), int(sys.argv[2])
settings = Settings().with_flags(speech__voice="tone", speech__cache=False)
article = Article(title="A story", site="The Harbor Ledger", language="en", cleaned=True)
with EpisodeMaker(settings) as episode_maker:
    for turn in range(1000):
        blocks = tuple(Block(f"Sentence {n} of turn {turn} of run {seed}.") for n in range(4))
        url = f"https://harborledger.example/{turn % 3}"
        make_in_library(Library(root), episode_maker, replace(article, blocks=blocks, url=url))
        print("made", flush=True)
"""


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_no_broken_episode(tones: Settings, tmp_path: Path) -> None:
    """The same three episodes are made over and over, and again and again the process is killed in the middle."""
    chance = random.Random(7)
    for seed in range(12):
        command = [sys.executable, "-c", CHILD, str(tmp_path), str(seed)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.7))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for manifest in Library(tmp_path).manifests():
            audio = tmp_path / "episodes" / manifest["audio"]["file"]
            assert hashlib.sha256(audio.read_bytes()).hexdigest() == manifest["audio"]["sha256"]
    assert list(Library(tmp_path).manifests())
    Library(tmp_path).recover()
    for turn in range(3):
        url = f"https://harborledger.example/{turn}"
        make(tones, Article(title="A story", site="The Harbor Ledger", language="en", cleaned=True, url=url), tmp_path)
    report = audit(tmp_path, tones)
    assert report.is_good, report
