"""An English article that quotes in other languages, spoken by real eSpeak NG from the page to the manifest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from audiogen.cli import cli
from audiogen.production import EpisodeMaker, produce
from audiogen.settings import Settings, Speech

QUOTES = {
    "uk": "«Ми не знаємо, що буде завтра, але ми залишимося»",
    "zh": "“这艘旧渡轮本周不会离开港口”",
    "ar": "“لن تغادر العبّارة القديمة الميناء هذا الأسبوع”",
    "th": "“เรือข้ามฟากลำเก่าจะไม่ออกจากท่าเรือในสัปดาห์นี้”",
    "fr": "“Je ne sais pas ce qui va se passer demain”",
}
PLAIN = (
    "The old ferry stayed in the harbour for the whole of the week, because its engine had to be repaired by people "
    "who came from the other side of the bay with a box of parts and a long list of questions for the captain."
)


#: Plain articles, unlike enough not to be taken for one story.
OTHERS = {
    "The bakery closes": (
        "After forty years the bakery on Mill Lane sells its last loaves on Friday. The owner said that flour had "
        "become too dear and that her sons preferred to build boats. Neighbours brought flowers and an old photograph."
    ),
    "Bees on the town hall": (
        "Two hives stand on the roof of the town hall since April. A retired teacher looks after them and gives the "
        "honey to the hospital. Nobody has been stung so far, although the mayor keeps his window shut at lunch."
    ),
    "A bridge is measured": (
        "Engineers hung from ropes under the iron bridge all morning to measure its rust. They will report in autumn. "
        "Until then lorries have to take the long road through the valley, which farmers there do not welcome."
    ),
    "Choir seeks tenors": (
        "The church choir has thirty sopranos but only one tenor, and he is moving abroad. Whoever can hold a tune is "
        "invited to sing on Tuesdays. Cake is served afterwards, and no one must be able to read music."
    ),
}


def page(title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in (PLAIN, *paragraphs, PLAIN.replace("week", "month")))
    head = f"<head><title>{title}</title></head>"
    return f'<html lang="en">{head}<body><article><h1>{title}</h1>{body}</article></body></html>'


QUOTING = page(
    "What they said at the pier",
    *(f"One of the passengers told us: {quote} and then went on board with the others." for quote in QUOTES.values()),
)


def settings(foreign: str) -> Settings:
    return replace(Settings(), speech=Speech(voice="english", foreign=foreign, cache=False))  # type: ignore[arg-type]


def test_each_quotation_is_spoken_in_its_language_by_a_voice_of_it(tmp_path: Path) -> None:
    episode = produce(QUOTING, tmp_path, settings=settings("voice"))
    manifest = json.loads(Path(episode.manifest).read_text(encoding="utf-8"))
    assert [line["language"] for line in manifest["script"] if "language" in line] == list(QUOTES)
    assert manifest["utterances"]["spoken"] == manifest["utterances"]["total"]
    with EpisodeMaker(settings("voice")) as episode_maker:
        script = episode_maker.script(episode_maker.prepare(QUOTING))
        lines = zip(episode_maker._script_speaker.cast(script), script.utterances, strict=True)
        voices = {voice.id for voice, line in lines if line.language}
    assert len(voices) == len(QUOTES)


def test_skipped_quotations_are_in_the_ledger(tmp_path: Path) -> None:
    episode = produce(QUOTING, tmp_path, settings=settings("skip"))
    manifest = json.loads(Path(episode.manifest).read_text(encoding="utf-8"))
    assert not [line for line in manifest["script"] if "language" in line]
    skipped = [entry["text"] for entry in manifest["removed"] if entry["reason"] == "language"]
    assert skipped == list(QUOTES.values())


@pytest.mark.slow
def test_plain_pages_after_it_in_one_run_are_all_made(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "0.html").write_text(QUOTING, encoding="utf-8")
    for number, (title, text) in enumerate(OTHERS.items(), 1):
        body = f"<article><h1>{title}</h1><p>{text}</p></article>"
        document = f'<html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'
        (pages / f"{number}.html").write_text(document, encoding="utf-8")
    command = ["batch", str(pages), "-o", str(tmp_path / "library"), "--jobs", "1", "--voice", "english"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "library" / "episodes").glob("*.mp3"))) == 5
