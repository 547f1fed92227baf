"""`audiogen check`: is every episode of a library whole, complete and disclosed?"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from audiogen.cli import library_option
from audiogen.cli.parameters import Whole
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from audiogen.audit import EpisodeAudit, Report
    from audiogen.listening.library import LibraryResults
    from audiogen.listening.recogniser import Recogniser
    from audiogen.settings import Settings


#: Columns of a table that nobody looks at in a terminal: names of files have 255 letters at most.
_WIDE = 320


@click.command()
@click.argument("library", type=library_option.existing_library)
@click.option("--all", "everything", is_flag=True, help="Look again at what was good and was left alone since.")
@click.option("--jobs", type=Whole(min=1), help="Episodes looked at side by side; without it, one a core.")
@click.option("--listen", is_flag=True, help="Listen to new episodes, too: is every word heard? (extra listen)")
@click.option("--listen-model", metavar="NAME", help="Whisper's model to listen with: base, small… or a folder.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(
    library: Path | str, everything: bool, jobs: int | None, listen: bool, listen_model: str | None, as_json: bool
) -> None:
    """Audit a library: files, sound, transcripts, tags, disclosure, credentials, feed.

    No episode is changed. An episode that was good and was left alone since is not decoded again, unless settings or
    checks changed. The exit code is 1 where anything is wrong. Utterances that may not have been spoken whole are
    listed, and are no fault.

    With --listen a recogniser hears the sentences of episodes that it has not heard before (of all with --all), and
    those with words missing, doubled or garbled are faults. An episode that it does not understand is told of once.

    \b
    Example:
        audiogen check ~/Podcasts/library
        audiogen check ~/Podcasts/library --all --json
    """
    from audiogen.audit import audit
    from audiogen.episodes.library import open_library
    from audiogen.settings import load_settings

    heard = None
    with open_library(library).storage.local_folder(whole=True) as folder:
        settings = load_settings(folder).with_flags(listen__model=listen_model)
        recogniser = _recogniser(settings) if listen or listen_model else None
        report = audit(folder, settings, everything=everything, jobs=jobs or os.cpu_count() or 1)
        if recogniser is not None:
            from audiogen.listening.library import listen_to_all

            heard = listen_to_all(folder, settings, recogniser, everything=everything, progress=_tell_progress)
            report = _with_heard(report, heard)
    if as_json:
        rows = {} if heard is None else {"listening": _rows(heard), "not_understood": _not_understood(heard)}
        click.echo(json.dumps({"good": report.is_good, **asdict(report), **rows}, ensure_ascii=False, indent=1))
    else:
        _print(report, heard)
    if report.unchanged:
        inform(f"{report.unchanged} were good and are unchanged; --all decodes them again.")
    if heard is not None and heard.unchanged:
        inform(f"{heard.unchanged} were listened to before; --all listens again.")
    if not report.is_good:
        raise SystemExit(1)


def _recogniser(settings: Settings) -> Recogniser:
    from audiogen.listening.recogniser import Whisper

    return Whisper(settings.listen.model)


def _tell_progress(slug: str) -> None:
    inform(f"Listening to {slug}…")


def _with_heard(report: Report, heard: LibraryResults) -> Report:
    """Add what was heard amiss to what else was found."""
    from audiogen.audit import Fault

    def faults(slug: str) -> tuple[Fault, ...]:
        found = heard.findings.get(slug, ())
        return tuple(Fault("listening", f"At {one.start:.1f} s, “{one.spoken[:60]}”: {one.message}") for one in found)

    verdicts = (replace(audit, faults=(*audit.faults, *faults(audit.slug))) for audit in report.verdicts)
    return replace(report, verdicts=tuple(verdicts))


def _rows(heard: LibraryResults) -> list[dict[str, Any]]:
    return [{"slug": slug, **asdict(one)} for slug, found in heard.findings.items() for one in found]


def _not_understood(heard: LibraryResults) -> list[dict[str, str]]:
    return [{"slug": slug, "message": remark} for slug, remarks in heard.remarks.items() for remark in remarks]


def _print(report: Report, heard: LibraryResults | None) -> None:
    """Print a table of the episodes, their faults and remarks, and a summary."""
    from rich.console import Console

    # A pipe has no width: the part of a file name that a terminal cuts would be lost to its reader.
    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    if report.verdicts:
        console.print(_table(report.verdicts))
    faults = [(audit.slug, fault) for audit in report.verdicts for fault in audit.faults]
    for slug, fault in [*faults, *(("", fault) for fault in report.strays)]:
        click.echo(f"{slug}: {fault.check}: {fault.message}" if slug else fault.message)
    for audit in report.verdicts:
        for remark in (*audit.remarks, *audit.edits):
            click.echo(f"{audit.slug}: {remark}")
    for row in _not_understood(heard) if heard else ():
        click.echo(f"{row['slug']}: {row['message']}")
    doubtful = sum(len(audit.remarks) for audit in report.verdicts)
    wrong = sum(1 for audit in report.verdicts if audit.faults)
    in_doubt = f"; {counted(doubtful, 'utterance')} in doubt" if doubtful else ""
    episodes, strays = counted(len(report.verdicts), "episode"), counted(len(report.strays), "stray file")
    click.echo(f"{episodes}, {wrong} with faults; {strays}{in_doubt}.")


def _table(audits: tuple[EpisodeAudit, ...]) -> Table:
    """Return the table of audits."""
    from rich.markup import escape
    from rich.table import Table

    table = Table("episode", "length", "LUFS", "dBTP", "signed", "found", box=None)
    for audit in audits:
        wrong = list(dict.fromkeys(fault.check for fault in audit.faults))
        found = f"[red]{', '.join(wrong)}[/red]" if wrong else "[green]good[/green]"
        levels = (_number(audit.loudness), _number(audit.peak))
        table.add_row(escape(audit.slug), _length(audit.duration), *levels, audit.credentials, found)
    return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _length(seconds: float | None) -> str:
    return "" if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02}"
