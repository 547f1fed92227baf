"""`audiogen doctor`: what is installed, what is missing, what to do."""

from __future__ import annotations

import json
import platform
import shutil
from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.engines.examination import Finding

#: What the extras add besides engines: extra, the module that shows it is there, what it is for.
EXTRAS = {
    "ocr": ("rapidocr", "scans and photographed pages"),
    "browser": ("playwright", "pages that only scripts fill, with the system's Chromium"),
    "listen": ("faster_whisper", "check --listen: what was published is heard"),
    "c2pa": ("c2pa", "signed provenance in the MP3"),
    "dask": ("distributed", "batches over a cluster"),
    "s3": ("s3fs", "a library in a bucket"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Tell what is installed, what is missing, and the command that installs it.

    Exits with 1 where the default voice cannot speak.

    \b
    Example:
        audiogen doctor
        audiogen doctor --json
    """
    from audiogen.engines.examination import examine

    findings = (*examine(), *_extras(), _ffmpeg(), *_neighbours())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        click.echo(f"Python {platform.python_version()} on {platform.platform(terse=True)}")
        for finding in findings:
            click.echo(_line(finding))
    if not all(finding.ready for finding in findings if finding.engine == "pyttsx3"):
        raise SystemExit(1)


def _extras() -> Iterator[Finding]:
    from audiogen.engines.examination import Finding
    from audiogen.installation import install_command

    for extra, (module, purpose) in EXTRAS.items():
        there = find_spec(module) is not None
        yield Finding(extra, there, purpose, "" if there else install_command(extra=extra))


def _ffmpeg() -> Finding:
    from audiogen.engines.examination import Finding

    where = shutil.which("ffmpeg")
    remedy = "" if where else "install ffmpeg with your system's package manager"
    detail = f"{where or 'not found'}; only for M4B, Opus and music of other kinds"
    return Finding("ffmpeg", where is not None, detail, remedy)


def _neighbours() -> Iterator[Finding]:
    """Tell of a distribution under the name that ours had once: its files lie in the same folder as ours."""
    from audiogen.engines.examination import Finding
    from audiogen.installation import (
        FORMER_NAME,
        find_installation,
        former_neighbours,
        reinstall_command,
        remove_command,
    )

    for neighbour in former_neighbours():
        whose = "an earlier audiogen under its former name" if neighbour.ours else "another project of that name"
        installed = find_installation()
        remedy = f"{remove_command(installed, FORMER_NAME)} && {reinstall_command(installed)}"
        yield Finding(FORMER_NAME, False, f"{neighbour.version} is {whose}, and its files mix with this one's", remedy)


def _line(finding: Finding) -> str:
    mark = click.style("ok", fg="green") if finding.ready else click.style("--", fg="yellow")
    remedy = f"  ->  {finding.remedy}" if finding.remedy else ""
    return f"{mark}  {finding.engine:<10} {finding.detail}{remedy}"
