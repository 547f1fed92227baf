"""Fetching models from a server on loopback that cuts, refuses and lies."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from audiogen.engines import examination, folders, hibari, installing, open_engine
from audiogen.engines.installing import Download, fetch, install, piper_catalogue
from audiogen.engines.piper import Piper
from audiogen.engines.voices import find_voice, load_cards
from audiogen.errors import EngineError, UnknownVoiceError
from audiogen.model import Voice
from tests.engines.conftest import say
from tests.engines.models import make_piper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Shelf:
    """What the server has, what it will do wrong, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.ranges: list[str | None] = []
        self.paths: list[str] = []
        self.cut_after = 0
        self.ignores_ranges = False
        self.url = ""


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            shelf.paths.append(self.path)
            wanted = self.headers.get("Range")
            shelf.ranges.append(wanted)
            content = shelf.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            start = int(wanted[6:-1]) if wanted and not shelf.ignores_ranges else 0
            if start and start >= len(content):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            body = content[start:]
            if shelf.cut_after:
                body, shelf.cut_after = body[: shelf.cut_after], 0
                self.wfile.write(body)
                self.wfile.flush()
                self.connection.close()
            else:
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.daemon_threads = True
    shelf.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield shelf
    server.shutdown()
    thread.join()
    server.server_close()


CONTENT = bytes(range(256)) * 1000


def download(shelf: Shelf, folder: Path, md5: str = hashlib.md5(CONTENT).hexdigest()) -> Download:
    shelf.files["/model"] = CONTENT
    return Download(f"{shelf.url}/model", folder / "deep" / "model", len(CONTENT), md5)


def test_a_file_is_fetched_with_progress(shelf: Shelf, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    path = fetch(download(shelf, tmp_path), lambda *step: seen.append(step))
    assert path.read_bytes() == CONTENT
    assert seen[-1] == ("model", len(CONTENT), len(CONTENT))
    assert [step[1] for step in seen] == sorted(step[1] for step in seen)


def test_a_file_that_is_there_is_not_fetched_again(shelf: Shelf, tmp_path: Path) -> None:
    fetch(download(shelf, tmp_path))
    fetch(download(shelf, tmp_path))
    assert len(shelf.paths) == 1


@pytest.mark.parametrize("ignores_ranges", [False, True], ids=["resumes", "begins anew"])
def test_a_download_cut_off_goes_on_the_next_time(shelf: Shelf, tmp_path: Path, ignores_ranges: bool) -> None:
    wanted = download(shelf, tmp_path)
    shelf.cut_after = 100_000
    with pytest.raises(EngineError, match="again to go on"):
        fetch(wanted)
    assert not wanted.path.exists()
    shelf.ignores_ranges = ignores_ranges
    assert fetch(wanted).read_bytes() == CONTENT
    assert shelf.ranges[0] is None
    assert shelf.ranges[1] == "bytes=100000-"


def test_a_file_with_the_wrong_checksum_is_deleted(shelf: Shelf, tmp_path: Path) -> None:
    wanted = download(shelf, tmp_path, md5="0" * 32)
    with pytest.raises(EngineError, match="not arrive as its catalogue promises"):
        fetch(wanted)
    assert list(wanted.path.parent.iterdir()) == []


def test_a_whole_part_only_gets_its_name(shelf: Shelf, tmp_path: Path) -> None:
    wanted = download(shelf, tmp_path)
    wanted.path.parent.mkdir()
    wanted.path.with_name("model.part").write_bytes(CONTENT)
    assert fetch(wanted).read_bytes() == CONTENT
    assert shelf.paths == []


def test_a_part_longer_than_what_is_served_is_not_believed(shelf: Shelf, tmp_path: Path) -> None:
    wanted = download(shelf, tmp_path)
    shelf.files["/model"] = CONTENT[:1000]
    wanted.path.parent.mkdir()
    wanted.path.with_name("model.part").write_bytes(CONTENT[:2000])
    with pytest.raises(EngineError, match="promises"):
        fetch(wanted)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/model", "{shelf}/nothing"])
def test_a_server_without_the_file_is_an_error_that_names_it(shelf: Shelf, tmp_path: Path, url: str) -> None:
    url = url.format(shelf=shelf.url)
    with pytest.raises(EngineError) as caught:
        fetch(Download(url, tmp_path / "model"))
    assert url in caught.value.message


def stock_piper(shelf: Shelf, tmp_path: Path) -> None:
    model = make_piper(tmp_path / "made", "en_XX-hum-tiny")
    files = {}
    for path in (model, model.with_name(f"{model.name}.json")):
        content = path.read_bytes()
        shelf.files[f"/en/en_XX/hum/tiny/{path.name}"] = content
        files[f"en/en_XX/hum/tiny/{path.name}"] = {
            "size_bytes": len(content),
            "md5_digest": hashlib.md5(content).hexdigest(),
        }
    files["en/en_XX/hum/tiny/MODEL_CARD"] = {"size_bytes": 1, "md5_digest": ""}
    entry = {"name": "hum", "quality": "tiny", "language": {"code": "en_US", "name_english": "English"}, "files": files}
    shelf.files["/voices.json"] = json.dumps({"en_XX-hum-tiny": entry}).encode()


def test_a_piper_voice_is_fetched_with_a_card_and_speaks(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    installed = install("piper:en_XX-hum-tiny", base_url=shelf.url)
    assert installed.name == "hum"
    assert [path.parent for path in installed.files] == [folders.models() / "piper"] * 2
    voice = find_voice("hum")
    assert (voice.engine, voice.id, voice.language) == ("piper", "en_XX-hum-tiny", "en-US")
    assert load_cards()["hum"].layer == "user"
    with Piper() as engine:
        assert engine.speak(say("Hello."), voice).duration > 0.1


@pytest.fixture
def stocked_emma(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A server with a voice of hibari's, for which the one inside the package stands in."""
    heart, _ = hibari.model_of(Voice("v", "hibari", "heart"))
    content = heart.read_bytes()
    shelf.files["/bf_emma.int8.onnx"] = content
    facts = {
        "file": "bf_emma.int8.onnx",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "language": "en-GB",
    }
    monkeypatch.setattr(hibari, "downloads", lambda: {"emma": facts})
    examination._tried.cache_clear()
    return facts


@pytest.mark.usefixtures("stocked_emma")
def test_a_voice_of_hibaris_is_fetched_and_reads_british_pages(shelf: Shelf) -> None:
    seen: list[tuple[str, int, int]] = []
    shelf.cut_after = 3_000_000
    with pytest.raises(EngineError, match="again to go on"):
        install("hibari:emma", base_url=shelf.url)
    assert find_voice(None, "en-GB").name == "hibari"
    installed = install("hibari:emma", base_url=f"{shelf.url}/", progress=lambda *step: seen.append(step))
    assert shelf.ranges == [None, "bytes=3000000-"]
    assert seen[-1] == ("bf_emma.int8.onnx", 7_936_868, 7_936_868)
    assert (installed.name, installed.card.name) == ("hibari-emma", "hibari-emma.toml")
    assert find_voice(None, "en-GB").name == "hibari-emma"
    assert find_voice(None, "en").name == "hibari"
    with hibari.Hibari() as engine:
        assert engine.speak(say("Hello."), find_voice("hibari-emma")).duration > 0.3


def test_a_voice_of_hibaris_with_a_wrong_checksum_is_refused(shelf: Shelf, stocked_emma: dict[str, Any]) -> None:
    stocked_emma["sha256"] = "0" * 64
    with pytest.raises(EngineError, match="did not arrive as its catalogue promises"):
        install("hibari:emma", base_url=shelf.url)
    assert list((folders.models() / "hibari").iterdir()) == []
    assert find_voice(None, "en-GB").name == "hibari"


def test_the_voice_inside_the_package_needs_no_fetching(shelf: Shelf) -> None:
    assert install("hibari:heart", base_url=shelf.url).files == ()
    assert shelf.paths == []


def test_a_voice_hibari_has_not_gets_near_names() -> None:
    with pytest.raises(UnknownVoiceError, match="Did you mean emma"):
        install("hibari:ema")


@pytest.mark.parametrize("engine", ["hibari", "piper", "kokoro"])
def test_where_voices_come_from_is_nothing_to_the_engine_that_speaks(engine: str) -> None:
    assert open_engine(engine, {"base_url": "https://mirror.example/voices"}).name == engine


def test_a_card_changed_by_hand_is_left_alone(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    card = install("piper:en_XX-hum-tiny", base_url=shelf.url).card
    card.write_text(card.read_text() + "rate = 150\n")
    install("piper:en_XX-hum-tiny", base_url=shelf.url)
    assert find_voice("hum").rate == 150


def test_a_voice_not_in_the_catalogue_gets_near_names(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    with pytest.raises(UnknownVoiceError, match="Did you mean en_XX-hum-tiny"):
        install("piper:en_XX-hum-tinny", base_url=shelf.url)


@pytest.mark.parametrize("catalogue", [b"", b"<html>"])
def test_a_catalogue_that_is_none_is_an_error(shelf: Shelf, catalogue: bytes) -> None:
    shelf.files["/voices.json"] = catalogue
    with pytest.raises(EngineError, match=r"voices\.json"):
        piper_catalogue(shelf.url)


def test_kokoro_comes_with_a_card_for_the_voice_asked_for(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.files["/m.onnx"] = shelf.files["/v.bin"] = b"x" * 10
    digest = hashlib.sha256(b"x" * 10).hexdigest()
    monkeypatch.setattr(installing, "KOKORO_FILES", (("m.onnx", 10, digest), ("v.bin", 10, digest)))
    installed = install("kokoro:bf_emma", base_url=shelf.url)
    assert installed.name == "emma"
    assert find_voice("emma").language == "en-GB"
    assert install("kokoro", base_url=shelf.url).name == "heart"
    assert len(shelf.paths) == 2


def test_a_voice_with_a_letter_beyond_ascii_in_its_name_is_fetched(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    catalogue = json.loads(shelf.files["/voices.json"])
    entry = catalogue.pop("en_XX-hum-tiny")
    entry["files"] = {path.replace("hum", "tugão"): facts for path, facts in entry["files"].items()}
    for path in [path for path in shelf.files if "hum" in path]:
        shelf.files[quote(path.replace("hum", "tugão"))] = shelf.files.pop(path)
    shelf.files["/voices.json"] = json.dumps({"pt_PT-tugão-medium": entry}).encode()
    assert install("piper:pt_PT-tugão-medium", base_url=shelf.url).name == "hum"


@pytest.mark.parametrize("name", ["lessac", "piper:", "tone:x"])
def test_what_nobody_fetches_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(UnknownVoiceError, match="piper:en_US-ljspeech-high"):
        install(name)
