"""A real recogniser listens to a real voice: a batch, a whole episode, and one with words taken out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from audiogen.cli import cli
from tests.engines import real_models

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.slow

PAGE = """<html lang="en"><head><title>The ferry sails again</title></head><body><article><h1>The ferry sails again</h1>
<p>The night ferry left the harbour at noon with forty passengers and a cargo of timber for the northern islands.</p>
<p>The council had closed the service in March because of a damaged engine, and farmers had waited since then.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        return real_models.whisper(tmp_path_factory.mktemp("whisper"))
    except real_models.Unavailable as reason:
        pytest.skip(f"no model of Whisper: {reason}")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def test_a_batch_that_listens_makes_what_is_heard_whole_and_a_word_cut_out_is_found(
    whisper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, library = tmp_path / "ferry.html", tmp_path / "library"
    page.write_text(PAGE, encoding="utf-8")
    # The user's own word: a library may not name files outside of itself.
    monkeypatch.setenv("AUDIOGEN_LISTEN_MODEL", str(whisper))
    made = run("batch", page, "-o", library, "--voice", "hibari", "--jobs", "1", "--listen")
    assert made.exit_code == 0, made.output
    (found,) = (path for path in library.glob("episodes/*.json") if path.name.count(".") == 1)
    manifest = json.loads(found.read_text(encoding="utf-8"))
    assert not any("doubtful" in line for line in manifest["script"])

    whole = run("check", library, "--listen")
    assert whole.exit_code == 0, whole.output

    line = next(line for line in manifest["script"] if "harbour" in line["spoken"])
    audio = library / "episodes" / manifest["audio"]["file"]
    samples, rate = soundfile.read(audio, dtype="float32")
    first, length = line["start"] * rate, (line["end"] - line["start"]) * rate
    # "ferry left the harbour", or most of it: a shorter silence may fall where the voice takes a breath.
    samples[round(first + 0.1 * length) : round(first + 0.35 * length)] = 0.0
    soundfile.write(audio, np.asarray(samples), rate, format="MP3")
    result = run("check", library, "--listen", "--all")
    assert result.exit_code == 1
    heard = [found for found in result.stdout.splitlines() if ": listening: " in found]
    assert len(heard) == 1, result.output
    assert line["spoken"][:60] in heard[0]
