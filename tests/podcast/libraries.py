"""Libraries to publish: manifests in the public format, beside files that stand for sound."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from audiogen.settings import Feed, Settings, Show

if TYPE_CHECKING:
    from pathlib import Path

#: Bytes that stand for a sound file where nobody listens.
SOUND = b"\xff\xfb\x90\x00" * 64

SHOW = Show(
    title="The Reach, Read Aloud",
    author="The Harrow Ledger",
    email="audio@ledger.example",
    description="Long reads from the river towns.",
    base_url="https://audio.ledger.example/reach",
    category="News > News Commentary",
    copyright="© 2026 The Harrow Ledger",
    license="CC-BY-4.0",
)


def settings(show: Show = SHOW, **feed: Any) -> Settings:
    """Settings of a show whose keys are all there."""
    return Settings(show=show, feed=Feed(**feed))


def manifest(slug: str, **article: Any) -> dict[str, Any]:
    """A manifest in the public format: a title, three chapters, the disclosure."""
    lines = [
        ("title", -1, "The dam closes"),
        ("paragraph", 0, "The gates were opened at dawn."),
        ("heading", 1, "A quiet machine"),
        ("paragraph", 2, "It had run for a century. Nobody noticed when it stopped."),
        ("heading", 3, "What comes back"),
        ("list item", 4, "salmon;"),
        ("list item", 5, "mud."),
        ("disclosure", -1, "This audio is created with AI assistance."),
    ]
    return {
        "format": 1,
        "generator": "audiogen 0.1.0",
        "created": "2026-10-01T08:00:00+00:00",
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
            "title": "The dam closes",
            "dek": "A river town waits.",
            "authors": ["Ada Merrin", "Tomas Hale"],
            "published": "2026-09-14T06:30:00+00:00",
            "modified": None,
            "site": "The Harrow Ledger",
            "url": f"https://ledger.example/{slug}",
            "language": "en",
            "image": "",
            "tags": ["Rivers"],
        }
        | article,
        "audio": {
            "file": f"{slug}.mp3",
            "type": "audio/mpeg",
            "bytes": len(SOUND),
            "sha256": "ab" * 32,
            "duration": 492.4,
            "sample_rate": 44100,
            "bitrate": 64,
            "loudness": -16.0,
            "peak": -1.0,
        },
        "voice": {"name": "english", "engine": "pyttsx3", "id": "en", "synthesis": "rules"},
        "utterances": {"total": len(lines), "spoken": len(lines)},
        "script": [
            {
                "written": text,
                "spoken": text,
                "role": role,
                "block": block,
                "start": 5.0 * place,
                "end": 5.0 * place + 4,
            }
            for place, (role, block, text) in enumerate(lines)
        ],
        "removed": [],
    }


def shelve(root: Path, slug: str, data: dict[str, Any] | None = None, **article: Any) -> dict[str, Any]:
    """Put an episode in the library at *root*: its manifest as *told*, else one with this *article*."""
    folder = root / "episodes"
    folder.mkdir(parents=True, exist_ok=True)
    data = data or manifest(slug, **article)
    (folder / data["audio"]["file"]).write_bytes(SOUND)
    (folder / f"{slug}.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (folder / f"{slug}.chapters.json").write_text('{"version": "1.2.0", "chapters": []}\n', encoding="utf-8")
    (folder / f"{slug}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return data


def files_of(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below *root*, with its time and content."""
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
