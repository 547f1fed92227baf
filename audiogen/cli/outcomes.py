"""What people see of a batch: a display while it runs, a line for each article in a pipe, a summary at the end."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audiogen.cli.display import display
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted
from audiogen.sources import Found
from audiogen.untrusted import visible, without_secrets

if TYPE_CHECKING:
    from audiogen.batch.announcing import VoiceChange
    from audiogen.batch.forecast import Estimate
    from audiogen.batch.scheduler import Batch
    from audiogen.cli.suggestions import Suggestions
    from audiogen.model import Outcome, Source

#: The order in which a summary counts.
_ORDER = ("new", "changed", "healed", "done", "kept", "duplicate", "removed", "refused", "damaged", "failed")
_PLURAL = {"duplicate": "duplicates"}
#: Names of each kind that a summary lists; the log has them all.
_LISTED = 20

#: Said once in a library, when a new default voice has spoken there for the first time.
_CHANGED = (
    "New articles are read by the voice {change.new} now; episodes that keep the voice {change.old}: {change.kept}.\n"
    'To have it for new articles, too, write into {library}/audiogen.toml:\n  [speech]\n  voice = "espeak"'
)


class Report:
    """Gathers what became of the articles, and tells it."""

    def __init__(self, *, as_json: bool = False, dry: bool = False, suggestions: Suggestions | None = None) -> None:
        self.found = Found()
        self._suggestions = suggestions
        self._as_json, self._dry = as_json, dry
        self._counts: Counter[str] = Counter()
        self._troubles: dict[str, list[Outcome]] = {
            "healed": [],
            "kept": [],
            "duplicate": [],
            "refused": [],
            "damaged": [],
            "failed": [],
        }
        self._doubtful: list[Outcome] = []
        self._seconds, self._bytes, self._started = 0.0, 0, time.monotonic()
        self._stale, self._older, self._estimate = 0, 0, None

    _estimate: Estimate | None
    _change: VoiceChange | None = None

    @property
    def made(self) -> int:
        """How many episodes were made."""
        return 0 if self._dry else sum(self._counts[status] for status in ("new", "changed", "healed"))

    @property
    def failed(self) -> int:
        """How many articles failed, or have an episode that is damaged and could not be healed."""
        return self._counts["failed"] + self._counts["damaged"]

    def show(self, batch: Batch, sources: list[Source]) -> None:
        """Run a batch and show how it goes."""
        try:
            with display(batch, len(sources), self._so_far, _near) as step:
                for outcome in batch.run(sources):
                    self.add(outcome)
                    step()
        except KeyboardInterrupt:
            # The next run would not tell of it: its new articles are not the first.
            self._change = batch.voice_change()
            raise
        self._stale, self._older = batch.memory.stale, batch.memory.older
        self._change = batch.voice_change()
        if self._dry:
            self._estimate = batch.estimate()

    def add(self, outcome: Outcome) -> None:
        """Take an outcome; where nobody looks at a display, print its line."""
        self.count(outcome)
        if self._as_json:
            click.echo(json.dumps(outcome_fields(outcome), ensure_ascii=False))
        elif not sys.stdout.isatty() and not self._dry:
            click.echo(line(outcome))

    def count(self, outcome: Outcome) -> None:
        """Take an outcome for the summary."""
        # What is done and not as it was made is counted apart.
        status = "kept" if outcome.status == "done" and outcome.note else outcome.status
        self._counts[status] += 1
        if status in self._troubles:
            self._troubles[status].append(outcome)
        if outcome.work and outcome.episode:
            self._seconds += outcome.episode.duration
            self._bytes += outcome.episode.size
            if self._suggestions:
                self._suggestions.made(outcome.episode)
            self._doubtful += [outcome] if outcome.episode.doubtful else []

    def sum_up(self, library: Path | str) -> None:
        """Say on stderr what was done, and why some of it was not."""
        inform(self._counted())
        if self._suggestions:
            self._suggestions.print_new()
        for suffix, count in sorted(self.found.left.items()):
            inform(f"Left aside: {count} × {suffix}, which audiogen does not read.")
        if self._stale:
            inform(f"{self._stale} were made with other settings; --remake makes them anew.")
        if self._older:
            inform(f"{self._older} were made by an older version; --remake makes them anew.")
        if self._doubtful:
            inform(self._doubts())
        if self._change:
            inform(_CHANGED.format(change=self._change, library=library))
        for status, outcomes in self._troubles.items():
            for outcome in outcomes[:_LISTED]:
                click.echo(f"  {status}: {_reason(outcome)}", err=True)
            if len(outcomes) > _LISTED:
                click.echo(f"  … and {len(outcomes) - _LISTED} more; the log has them.", err=True)
        if self.made or (self.failed and not self._dry):
            inform(f"Log: {library}/.audiogen/batch.log")
        if self._troubles["failed"] or self._troubles["refused"]:
            click.echo(f"To try these again: audiogen batch --retry -o {library}", err=True)

    def broken_off(self, library: Path | str, error: BaseException, *, published: int = 0) -> None:
        """Say what was done before the work was broken off; the feed has so many of the episodes as are *published*."""
        if isinstance(error, KeyboardInterrupt):
            click.echo("Stopped; what was in hand is dropped, and the same command goes on from here.", err=True)
            error.reported = True  # type: ignore[attr-defined]
        # Before the first article there is nothing to sum up, and that nothing was found would be untrue.
        if self._counts:
            self.sum_up(library)
        if self.made > published:
            inform(f"The feed does not have them yet: audiogen feed {library}")

    def _doubts(self) -> str:
        count = sum(outcome.episode.doubtful for outcome in self._doubtful if outcome.episode)
        episodes = len(self._doubtful)
        where = "an episode" if episodes == 1 else f"{episodes} episodes"
        return f"{counted(count, 'utterance')} in doubt, in {where}; `audiogen check` lists them."

    def _so_far(self) -> str:
        return ", ".join(f"{self._counts[status]:,} {status}" for status in _ORDER if self._counts[status])

    def _counted(self) -> str:
        """Return the sentence that sums up the batch."""
        counts = ", ".join(
            f"{self._counts[status]:,} {_PLURAL.get(status, status) if self._counts[status] != 1 else status}"
            for status in _ORDER
            if self._counts[status]
        )
        if self._dry:
            return f"Would be done: {counts or 'nothing'}." + (_forecast(self._estimate) if self._estimate else "")
        took = duration(time.monotonic() - self._started)
        sound = f"; {duration(self._seconds)} of sound, {size(self._bytes)}" if self.made else ""
        return f"{counts or 'Nothing found'} in {took}{sound}."


def _forecast(estimate: Estimate) -> str:
    cost = f", {money(estimate.cost)} to pay" if estimate.cost else ""
    work = f", in about {duration(estimate.work)}" if estimate.work is not None else ""
    unfetched = counted(estimate.unfetched, "address", "addresses")
    more = f" Not counted in: {unfetched}, fetched first." if estimate.unfetched else ""
    sound = f" {duration(estimate.seconds)} of sound, {size(estimate.bytes)}{work}{cost}."
    return (sound if estimate.seconds else "") + more


def outcome_fields(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON has it."""
    episode, error = outcome.episode, outcome.error
    return {
        "source": without_secrets(outcome.source),
        "status": outcome.status,
        "episode": {
            "slug": episode.slug,
            "title": episode.title,
            "audio": str(episode.audio),
            "duration": round(episode.duration, 3),
            "doubtful": episode.doubtful,
        }
        if episode
        else None,
        "error": {"kind": type(error).__name__, "message": str(error)} if error else None,
        "note": outcome.note,
        "work": round(outcome.work, 3),
    }


def line(outcome: Outcome) -> str:
    """Return an outcome in one line: what became of it, what it was, and where it is or why it is not."""
    there = _explanation(outcome) or str(outcome.episode.audio if outcome.episode else "")
    return f"{outcome.status}\t{_near(outcome.source)}\t{' '.join(there.split())}"


def _reason(outcome: Outcome) -> str:
    """Say why an article was not made, with its name: once, where the sentence has it already."""
    explanation, near = _explanation(outcome), _near(outcome.source)
    return explanation if near in explanation else f"{near}: {explanation}"


def _explanation(outcome: Outcome) -> str:
    text = outcome.note or (str(outcome.error) if outcome.error else "")
    whole = without_secrets(outcome.source)
    return visible(text.replace(whole, _near(outcome.source)) if whole else text)


def _near(source: str) -> str:
    """Shorten a path that is below the current folder; an address is shown without what lets in."""
    return visible(without_secrets(source.removeprefix(_here())))


@cache
def _here() -> str:
    return f"{Path.cwd()}{os.sep}"


def duration(seconds: float) -> str:
    """Say a length of time.

    >>> duration(1), duration(5), duration(150), duration(9000)
    ('1 second', '5 seconds', '2.5 minutes', '2.5 hours')
    """
    for unit, name in ((3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.1f} {name}"
    return counted(round(seconds), "second")


def money(amount: float) -> str:
    """Say what something costs, in the money of the voice cards; little is told to the hundredth part of a cent.

    >>> money(12.3456), money(0.012345)
    ('12.35', '0.0123')
    """
    return f"{amount:.2f}" if amount >= 1 or not amount else f"{amount:.4f}"


def size(count: int) -> str:
    """Say a number of bytes.

    >>> size(1_500_000), size(2_500_000_000)
    ('1.5 MB', '2.5 GB')
    """
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
