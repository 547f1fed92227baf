"""Seeking in an MP3, in a real browser over byte ranges: what is heard first is what is at that place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from audiogen.engines.tone import frequency_of
from audiogen.episodes.library import Library
from audiogen.model import Article, Block
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
from tests.browser.conftest import sentences, served
from tests.podcast.libraries import SHOW
from tests.tones import CALM, tones_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

#: How far from the place a seek may land, in seconds.
OFF = 0.1
#: Seconds before a sentence's end that are sought, and frames a second of what is heard.
BEFORE, RATE = 0.8, 44_100
#: Where in the recording, in parts of it: forwards, back, far, near.
PLACES = (0.5, 0.1, 0.95, 0.3, 0.8, 0.02, 0.65, 0.4)
ARTICLE = Article(
    title="The long way round",
    site="The Harrow Ledger",
    url="https://ledger.example/way",
    language="en",
    cleaned=True,
    blocks=tuple(Block(sentences(6, f"On day {day} we walked as far as the mill at mile")) for day in range(8)),
)
#: Runs in the sound's own thread, so that nothing is lost where the page is busy.
RECORDER = """
registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([[channel]]) {
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
});
"""
#: Plays a little more than a second from a place in a file that nothing was heard of yet; gives what is heard.
LISTEN = """
async ({address, place, rate, recorder: program}) => {
  const context = new AudioContext({sampleRate: rate});
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([program], {type: 'text/javascript'})));
  const audio = new Audio();
  const recorder = new AudioWorkletNode(context, 'recorder');
  context.createMediaElementSource(audio).connect(recorder).connect(context.destination);
  const heard = [];
  recorder.port.onmessage = told => heard.push(...told.data);
  const event = name => new Promise(done => audio.addEventListener(name, done, {once: true}));
  const known = event('loadedmetadata');
  audio.preload = 'metadata';
  audio.src = address;
  await known;
  const there = event('seeked');
  audio.currentTime = place;
  await there;
  await audio.play();
  while (audio.currentTime < place + 1.2) await new Promise(done => setTimeout(done, 50));
  audio.pause();
  await context.close();
  return heard;
}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of one episode of some minutes, in tones."""
    library = Library(tmp_path_factory.mktemp("seeking"))
    settings = replace(Settings().with_flags(speech__voice="tone", speech__cache=False), show=SHOW)
    with tones_of(CALM), EpisodeMaker(settings) as episode_maker:
        make_in_library(library, episode_maker, ARTICLE)
    return library


@pytest.fixture(scope="module")
def manifest(library: Library) -> dict[str, Any]:
    """The episode's manifest."""
    [path] = (library.root / "episodes").glob("*.vtt")
    manifest = library.manifest(path.stem)
    assert manifest is not None
    return manifest


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    """Where the library is served."""
    with served(library.root) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def first_sound(heard: np.ndarray) -> np.ndarray:
    """Give what is heard from the first sound to the first pause, without gaps that a busy machine leaves."""
    width = RATE // 200
    windows = heard[: heard.size // width * width].reshape(-1, width)
    loud = np.flatnonzero(np.abs(windows).max(axis=1) > 0.02)
    assert loud.size, "nothing is heard"
    pauses = np.flatnonzero(np.diff(loud) > 30)
    return np.asarray(windows[loud[: pauses[0] + 1] if pauses.size else loud].ravel())


def frequency(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size), 1 << 17))
    return float(np.argmax(spectrum) * RATE / (1 << 17))


@pytest.mark.slow
def test_seeks_land_within_a_tenth_of_a_second(page: Page, address: str, manifest: dict[str, Any]) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    lines = [line for line in manifest["script"] if line["end"] - line["start"] > 2 * BEFORE]
    assert manifest["audio"]["duration"] > 120
    landed = []
    for number, part in enumerate(PLACES):
        line = lines[round(part * (len(lines) - 1))]
        sound = f"{address}/episodes/{manifest['audio']['file']}?{number}"
        place = line["end"] - BEFORE
        given = {"address": sound, "place": place, "rate": RATE, "recorder": RECORDER}
        heard = first_sound(np.array(page.evaluate(LISTEN, given)))
        assert frequency(heard) == pytest.approx(frequency_of(line["spoken"]), rel=0.01), line
        landed.append(BEFORE - heard.size / RATE)
    assert landed == pytest.approx([0.0] * len(PLACES), abs=OFF)
    ranges = [request.all_headers().get("range", "") for request in asked]
    assert any(wanted not in ("", "bytes=0-") for wanted in ranges), ranges
