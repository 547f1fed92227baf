"""Pages for the commands: as short as an article can be, for what a command does with it is the same at any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Its first sentence has a number, so that what is written and what is said differ.
SENTENCES = (
    "The lock at Ostrand was opened again on Monday after 9 days of repairs that had held up every barge on the canal.",
    "Nobody cheered, but the keeper, who had slept in his hut, made tea for all who were waiting at the gate.",
    "The line of boats was gone by the evening, and the water stood as high as it had before the storm.",
)


def make_page(title: str = "The lock opens", url: str = "https://harborledger.example/lock") -> str:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}">'
        f'<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{paragraphs}<aside><p>Support our work: become a member today.</p></aside></article>"
        "</body></html>"
    )


def write_page(folder: Path, name: str = "lock.html", **facts: str) -> Path:
    path = folder / name
    path.write_text(make_page(**facts), encoding="utf-8")
    return path


#: A page that is no article, and is not narrated unasked.
LOGIN = "<html><body><form><h1>Log in to go on</h1><input><button>Sign in</button></form></body></html>"
