"""Every document of folders through the whole way to an episode: what is made, refused, failed, in doubt, and how long.

    python -m benchmarks.whole FOLDER... [--report OUT.json] [--against EARLIER.json] [--jobs N] [--voice NAME]

Documents packed with gzip (`page.html.gz`) are unpacked first. Everything else is `audiogen.produce_all` with the
settings of a new user: processes of its own, an empty cache, an empty library. Each document is named with what became
of it; with `--against`, documents are named that an earlier report made and this run does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.batch import open_batch
from audiogen.batch.memory import BatchOptions
from audiogen.errors import NotAnArticleError
from audiogen.settings import load_settings
from audiogen.sources import find
from audiogen.sources.entries import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audiogen.model import Outcome

#: What became of a document that has an episode now.
_MADE = ("new", "done", "changed")


@dataclass(slots=True)
class Result:
    """What became of one document."""

    status: str
    #: Of a refusal: what the page is instead of an article.
    kind: str = ""
    reason: str = ""
    utterances: int = 0
    #: Written text and reason of each utterance in doubt.
    doubtful: list[tuple[str, str]] = field(default_factory=list)
    #: Seconds of sound, and of work.
    seconds: float = 0.0
    work: float = 0.0


def documents(folders: Iterable[Path]) -> Iterator[Path]:
    """Find the articles below folders, packed ones too, in an order that does not change."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.name.removesuffix(".gz")
            if path.is_file() and Path(name).suffix.lower() in ARTICLES:
                yield path


def unpack(folders: list[Path], target: Path) -> dict[str, str]:
    """Copy the documents below *target*, unpacked; give what each was called by its new path."""
    names = {}
    for number, folder in enumerate(folders):
        for path in documents([folder]):
            place = target / f"{number}-{folder.name}" / path.relative_to(folder)
            place = place.with_name(place.name.removesuffix(".gz"))
            place.parent.mkdir(parents=True, exist_ok=True)
            document = path.read_bytes()
            place.write_bytes(gzip.decompress(document) if path.suffix == ".gz" else document)
            names[str(place.absolute())] = str(path)
    return names


def result_of(outcome: Outcome) -> Result:
    """Read what became of a document, its manifest included."""
    error = outcome.error
    kind = error.kind if isinstance(error, NotAnArticleError) else type(error).__name__ if error else ""
    result = Result(outcome.status, kind, str(error or outcome.note), work=outcome.work)
    if outcome.episode is not None and outcome.status in _MADE:
        manifest: dict[str, Any] = json.loads(Path(outcome.episode.manifest).read_text(encoding="utf-8"))
        result.utterances, result.seconds = len(manifest["script"]), outcome.episode.duration
        result.doubtful = [(line["written"], line["doubtful"]) for line in manifest["script"] if line.get("doubtful")]
    return result


def run(pile: Path, names: dict[str, str], library: Path, jobs: int | None, voice: str | None) -> dict[str, Result]:
    """Make an episode of every document; tell on stderr how far it is."""
    settings = load_settings(library).with_flags(speech__voice=voice)
    results: dict[str, Result] = {}
    with open_batch(library, settings=settings, jobs=jobs, options=BatchOptions(keep_duplicates=True)) as batch:
        for outcome in batch.run(find([pile])):
            results[names.get(outcome.source, outcome.source)] = result_of(outcome)
            print(f"\r{len(results)} of {len(names)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return results


def tell(results: dict[str, Result], wall: float) -> None:
    """Print what became of the documents, kind by kind."""
    utterances = sum(result.utterances for result in results.values())
    doubtful = sum(len(result.doubtful) for result in results.values())
    for name, result in sorted(results.items()):
        if result.status not in _MADE:
            print(f"{result.status}\t{name}\t{result.kind}: {result.reason}")
        for written, reason in result.doubtful:
            print(f"doubtful\t{name}\t{reason}: {written}")
    print("by status:", dict(Counter(result.status for result in results.values())))
    print("refused:", dict(Counter(result.kind for result in results.values() if result.status == "refused")))
    print("failed:", dict(Counter(result.kind for result in results.values() if result.status == "failed")))
    print(f"utterances: {utterances}, doubtful: {doubtful} ({doubtful / max(1, utterances):.2%})")
    sound, work = (sum(getattr(result, name) for result in results.values()) for name in ("seconds", "work"))
    print(f"{wall:.0f} s by the clock, {work:.0f} s of work, {sound / 3600:.1f} hours of sound")


def tell_lost(results: dict[str, Result], earlier: Path) -> None:
    """Name the documents that an earlier run made and this one did not."""
    before = json.loads(earlier.read_text(encoding="utf-8"))
    lost = [name for name, result in before.items() if result["status"] in _MADE and _is_lost(results.get(name))]
    print(f"made by the earlier run and not now: {len(lost)}", *sorted(lost), sep="\n  ")


def _is_lost(result: Result | None) -> bool:
    return result is not None and result.status not in _MADE


def main() -> None:
    """Take the folders from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--report", type=Path, help="Write what became of each document, as JSON.")
    parser.add_argument("--against", type=Path, help="An earlier report.")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--voice")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="audiogen-whole-") as folder:
        os.environ |= {"HOME": folder, "XDG_CACHE_HOME": f"{folder}/cache", "XDG_CONFIG_HOME": f"{folder}/config"}
        pile = Path(folder, "pile")
        names = unpack(asked.folders, pile)
        start = time.perf_counter()
        results = run(pile, names, Path(folder, "library"), asked.jobs, asked.voice)
        tell(results, time.perf_counter() - start)
    if asked.report:
        asked.report.write_text(json.dumps({name: asdict(result) for name, result in results.items()}, indent=1))
    if asked.against:
        tell_lost(results, asked.against)


if __name__ == "__main__":
    main()
