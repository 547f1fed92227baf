"""A library that eSpeak read keeps its voice; new articles get the new default, and the change is announced once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audiogen.batch import work
from audiogen.cli import cli
from audiogen.cli.outcomes import Report
from audiogen.engines import fallback

if TYPE_CHECKING:
    from click.testing import Result

    from audiogen.model import Outcome

PAGE = (
    '<html lang="en"><head><title>{title}</title><link rel="canonical" href="https://ledger.example/{name}"></head>'
    "<body><article><h1>{title}</h1>{body}</article></body></html>"
)
BODY = (
    "The {title} was talked about all week in the harbour, and nobody could say what it would cost.",
    "Two of the crew said that the council had known since the spring, and that the work would begin soon.",
    "The vote was five to four, and the last of those who spoke asked for another month of patience.",
)


class InThisProcess(ThreadPoolExecutor):
    """A worker that sees what the test has put in place."""

    def stop(self) -> list[int]:
        self.submit(work.close).result()
        self.shutdown()
        return []


def save(pages: Path, name: str, more: str = "") -> None:
    pages.mkdir(exist_ok=True)
    title = f"{name} of Ostrand"
    body = "".join(f"<p>{line.format(title=title)}</p>" for line in (*BODY, *([more] if more else [])))
    (pages / f"{name}.html").write_text(PAGE.format(title=title, name=name, body=body), encoding="utf-8")


def batch(tmp_path: Path) -> Result:
    command = ["batch", str(tmp_path / "pages"), "-o", str(tmp_path / "library"), "--jobs", "1", "--no-feed", "--json"]
    command += ["--keep-duplicates"]
    return CliRunner().invoke(cli, command, catch_exceptions=False)


def names_of(result: Result) -> dict[str, str]:
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    return {Path(row["source"]).stem: row["status"] for row in rows}


def voices(tmp_path: Path) -> dict[str, str]:
    manifests: list[dict[str, Any]] = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "library" / "episodes").glob("*.json")
        if "." not in path.stem
    ]
    return {str(one["article"]["title"]).split()[0]: str(one["voice"]["name"]) for one in manifests}


@pytest.fixture
def read_by_espeak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_defaults: None) -> Path:
    """A library whose episodes were made when eSpeak was the default."""
    monkeypatch.setattr("audiogen.batch.worker_pool.WorkerPool", InThisProcess)
    for name in ("Bridge", "Ferry"):
        save(tmp_path / "pages", name)
    with monkeypatch.context() as before:
        before.setattr(fallback, "trouble_of", lambda voice: "not yet made" if voice.engine == "hibari" else "")
        assert set(names_of(batch(tmp_path)).values()) == {"new"}
    assert voices(tmp_path) == {"Bridge": "english", "Ferry": "english"}
    return tmp_path


def test_what_is_there_is_not_spoken_again_and_nothing_is_announced(read_by_espeak: Path) -> None:
    result = batch(read_by_espeak)
    assert names_of(result) == {"Bridge": "done", "Ferry": "done"}
    assert "now" not in result.stderr
    assert "other settings" not in result.stderr


@pytest.mark.slow
def test_a_correction_keeps_the_voice_and_a_new_article_gets_the_new_one_announced_once(read_by_espeak: Path) -> None:
    save(read_by_espeak / "pages", "Ferry", "A correction was made on Friday, because the first report named no day.")
    save(read_by_espeak / "pages", "Lock")
    result = batch(read_by_espeak)
    assert names_of(result) == {"Bridge": "done", "Ferry": "changed", "Lock": "new"}
    assert voices(read_by_espeak) == {"Bridge": "english", "Ferry": "english", "Lock": "hibari"}
    assert "read by the voice hibari now; episodes that keep the voice english: 2." in result.stderr
    assert '[speech]\n  voice = "espeak"' in result.stderr
    save(read_by_espeak / "pages", "Quay")
    assert "read by the voice" not in batch(read_by_espeak).stderr
    assert voices(read_by_espeak)["Quay"] == "hibari"


@pytest.mark.slow
def test_it_is_announced_where_the_first_batch_with_the_new_voice_is_broken_off(
    read_by_espeak: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(read_by_espeak / "pages", "Lock")
    real = Report.add

    def stop_at_new(report: Report, outcome: Outcome) -> None:
        real(report, outcome)
        if outcome.status == "new":
            raise KeyboardInterrupt

    monkeypatch.setattr(Report, "add", stop_at_new)
    result = batch(read_by_espeak)
    assert result.exit_code == 1
    assert "Stopped" in result.stderr
    assert "read by the voice hibari now; episodes that keep the voice english: 2." in result.stderr


def test_the_line_it_names_keeps_the_old_voice(read_by_espeak: Path) -> None:
    (read_by_espeak / "library" / "audiogen.toml").write_text('[speech]\nvoice = "espeak"\n', encoding="utf-8")
    save(read_by_espeak / "pages", "Lock")
    result = batch(read_by_espeak)
    assert names_of(result)["Lock"] == "new"
    assert set(voices(read_by_espeak).values()) == {"english"}
    assert "read by the voice" not in result.stderr
