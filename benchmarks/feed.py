"""How long the feed of a large library takes: anew, with nothing changed, and with one more episode.

    python -m benchmarks.feed --episodes 1000 10000 [--pages]

Manifests are of the usual size, 60 sentences each (about 18 kB). Times are of whole runs of `publish` in this process.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from audiogen.podcast import publish
from audiogen.settings import Settings, Show

#: Sentences of an article that is read in eight minutes.
SENTENCES = 60
SHOW = Show(title="Many articles", description="Articles, read aloud.", base_url="https://audio.example.org/show")
WORDS = "The river authority said on Tuesday that the gates above the old mill would stay open until the spring tides"


def manifest(number: int) -> dict[str, Any]:
    """Make a manifest in the public format."""
    day = date(1999, 1, 1) + timedelta(days=number)
    slug = f"{day}-article-{number}"
    lines = [
        {
            "written": f"{WORDS}, note {place} of {number}.",
            "spoken": f"{WORDS}, note {place} of {number}.",
            "role": "heading" if place % 20 == 10 else "paragraph" if place else "title",
            "block": place // 3,
            "start": round(place * 7.5, 3),
            "end": round(place * 7.5 + 7, 3),
        }
        for place in range(SENTENCES)
    ]
    return {
        "format": 1,
        "generator": "audiogen",
        "created": f"2026-10-{number % 28 + 1:02}T08:00:00+00:00",
        "guid": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, slug)}",
        "slug": slug,
        "revision": 1,
        "disclosure": {
            "text": "This audio is created with AI assistance.",
            "place": "end",
            "source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        },
        "digests": {"article": "", "settings": ""},
        "article": {
            "title": f"Article {number}: the gates & the mill",
            "dek": f"{WORDS}.",
            "authors": ["Ada Merrin"],
            "published": f"{slug[:10]}T06:30:00+00:00",
            "modified": None,
            "site": "The Harrow Ledger",
            "url": f"https://ledger.example/{slug}",
            "language": "en",
            "image": "",
            "tags": ["Rivers", "Energy"],
        },
        "audio": {"file": f"{slug}.mp3", "type": "audio/mpeg", "bytes": 4, "sha256": "ab" * 32, "duration": 450.0},
        "voice": {"name": "english", "engine": "pyttsx3", "id": "en", "synthesis": "rules"},
        "utterances": {"total": SENTENCES, "spoken": SENTENCES},
        "script": lines,
        "removed": [],
    }


def shelve(root: Path, number: int) -> None:
    """Put an episode in the library."""
    data = manifest(number)
    folder = root / "episodes"
    folder.mkdir(parents=True, exist_ok=True)
    slug = data["slug"]
    (folder / f"{slug}.mp3").write_bytes(b"\xff\xfb\x90\x00")
    (folder / f"{slug}.vtt").write_text("WEBVTT\n")
    (folder / f"{slug}.chapters.json").write_text("{}")
    (folder / f"{slug}.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def measure(root: Path, *, pages: bool) -> tuple[float, float, int]:
    """Publish once; give the seconds on the clock, those of the processor, and how many files were written."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = publish(root, Settings(show=SHOW), pages=pages)
    return time.perf_counter() - wall, time.process_time() - cpu, len(done.written)


def main() -> None:
    """Print a line for each size and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--pages", action="store_true", help="the listening pages too")
    arguments = parser.parse_args()
    print(f"{'episodes':>9} {'run':<12} {'seconds':>8} {'processor':>10} {'files written':>14}")
    for count in arguments.episodes:
        root = Path(tempfile.mkdtemp(prefix="audiogen-feed-"))
        try:
            for number in range(count):
                shelve(root, number)
            for run in ("anew", "unchanged", "one more"):
                if run == "one more":
                    shelve(root, count)
                wall, cpu, written = measure(root, pages=arguments.pages)
                print(f"{count:>9} {run:<12} {wall:>8.2f} {cpu:>10.2f} {written:>14}")
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
