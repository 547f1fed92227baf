"""`make demo`: narrate an example article; print the MP3's path, its length and what was left out."""

from __future__ import annotations

from pathlib import Path

from audiogen.production import EpisodeMaker, write_sound_file
from audiogen.settings import load_settings

PAGE = Path(__file__).with_name("harbor-ledger.html")


def main() -> None:
    """Narrate the page into `out/`."""
    with EpisodeMaker(load_settings()) as episode_maker:
        article = episode_maker.prepare(PAGE)
        master = write_sound_file(Path("out"), episode_maker, article)
    minutes, seconds = divmod(round(master.recording.duration), 60)
    print(f"{master.recording.path}  {minutes}:{seconds:02}  {master.recording.loudness:.1f} LUFS")
    print(f"{len(article.blocks)} blocks are heard, {len(article.removed)} are not:")
    for entry in article.removed:
        text = entry.block.text if len(entry.block.text) < 70 else f"{entry.block.text[:67]}..."
        print(f"  {entry.reason.value:<15} {text}")


if __name__ == "__main__":
    main()
