"""A table of things that are no article, each of which once ended a batch or could: none costs another article."""

from __future__ import annotations

import json
import os
import zipfile
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.batch.conftest import assert_whole, statuses
from tests.batch.pile import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.batch.conftest import Run


_numbers = count(100)


def _with(head: str = "", body: str = "") -> str:
    """A good page of a story of its own, with something added."""
    return page(next(_numbers)).replace("</head>", f"{head}</head>").replace("</article>", f"{body}</article>")


def _image(address: str) -> str:
    return _with(f'<meta property="og:image" content="{address}">')


def _json_ld(text: str) -> str:
    return _with(f'<script type="application/ld+json">{text}</script>')


NESTED = "[" * 200_000 + "]" * 200_000
DEEP_FOLDERS = '{"type": "folder", "name": "f", "children": [' * 400 + "]}" * 400
READWISE = "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
POCKET = "title,url,time_added,tags,status\n"

#: Files by name; what becomes of each is told in the second table below.
FILES: dict[str, str | bytes] = {
    # Pages that are good but for one thing: each becomes an episode.
    "long image.html": _image("https://ledger.example/" + "quay" * 140 + ".jpg"),
    "no image address.html": _image("http://["),
    "image in a closed bracket.html": _image("//[::1/quay.jpg"),
    "image with a zero byte.html": _image("https://ledger.example/quay%00.jpg"),
    "image outside.html": _image("../../../../etc/passwd"),
    "canonical.html": page(71, url="http://["),
    "canonical with a wild port.html": page(72, url="https://ledger.example:port/a"),
    "long canonical.html": page(73, url="https://ledger.example/" + "a" * 5000),
    "links.html": _with(body='<p>See <a href="http://[">this</a> and <a href="//]">that</a>.</p>'),
    "next.html": _with('<link rel="next" href="http://[">'),
    "half an emoji.html": _json_ld('{"@type": "NewsArticle", "headline": "The quay \\ud83d", "keywords": ["\\udc00"]}'),
    "nested json-ld.html": _json_ld(NESTED),
    "date.html": _with('<meta property="article:published_time" content="99999-99-99T99:99:99Z">'),
    "language.html": page(77).replace('lang="en"', 'lang="' + "x" * 3000 + '"'),
    "long title.html": page(78, title="The quay " * 400),
    "entities.html": page(79, title="&#0; &#xD800; &#x110000; &#99999999999; quay"),
    "controls.html": page(80, text=["The pilot\x01 saw \x0c nothing \x7f at all, and he said so in the evening." * 3]),
    # Files that hold nothing for us.
    "brackets.json": NESTED,
    "braces.json": '{"bookmarks":' * 100_000,
    "huge number.json": '{"roots": ' + "9" * 10_000 + "}",
    "folders.json": '{"roots": {"bar": ' + DEEP_FOLDERS + "}}",
    "nulls.json": '{"roots": {"a": null, "b": 1, "c": {"children": 5}}}',
    "tag.csv": READWISE + f"T,http://[x,1,{'(' * 20_000},,,new,\n",
    "quotes.csv": READWISE + f'T,http://[x,1,"[\'{chr(92) * 20_000}",,,new,\n',
    "unary.csv": READWISE + f"T,http://[x,1,[{'-' * 50_000}1],,,new,\n",
    "time.csv": POCKET + "T,http://[x,1e308,a,unread\nT,http://[x::1,nan,a,unread\n",
    "zero byte.csv": POCKET + "T\0,http://[x\0,1,a\0,unread\n",
    "list.txt": "http://[x\nhttps://[::1\nhttp://ledger.example:port/\nhttps://" + "a" * 300 + "/\n",
    "no feed.xml": "<rss><channel><item>" + "<x>" * 5000,
    "not a.zip": b"PK\x03\x04" + bytes(200),
    "empty.html": "",
    "zeros.html": bytes(5000),
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    "random.txt": bytes(range(256)) * 40,
    "half utf-16.txt": b"\xff\xfe" + b"\x00\xd8" * 200,
    "tags.html": "<html>" + "<div>" * 30_000,
    "mhtml.mht": "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n",
    "plist.webarchive": "<?xml version='1.0'?><plist>WebMainResource" + "<dict>" * 500,
    "book.epub": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip" + bytes(60),
    "front matter.md": "---\n" + "a: " + "[" * 20_000 + "\n---\n",
    "quotes.md": ">" * 20_000 + " deep",
}
#: What becomes an episode, however strange it is; of the rest it only matters that it costs no other article.
MADE = [name for name in FILES if name.endswith(".html")][:17]


def _page(number: int, path: Path) -> None:
    path.write_text(page(number), encoding="utf-8")


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _closed(path: Path) -> None:
    path.write_text(page(90), encoding="utf-8")
    path.chmod(0)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a" * 300 + ".txt", "http://[\n")
        archive.writestr("b/" + "c" * 400 + ".html", page(91))


def _omnivore(path: Path) -> None:
    (path / "content").mkdir(parents=True)
    entry = {"slug": "s" * 400, "title": "A \ud83d", "url": "http://[", "labels": [], "savedAt": "never"}
    (path / "metadata_0_to_1.json").write_text(json.dumps([entry, entry | {"slug": "a\0b"}]), encoding="utf-8")


#: What is no plain file with plain bytes: by name, what makes it.
STRANGE: dict[str, Callable[[Path], None]] = {
    "pipe.html": _fifo,
    "pipe.csv": _fifo,
    "loop.html": _loop,
    "loop": _loop,
    "closed.html": _closed,
    "device.html": _device,
    "folder.html": lambda path: path.mkdir(),
    "nowhere.html": lambda path: path.symlink_to("gone"),
    "long names.zip": _zip,
    "omnivore": _omnivore,
    "n" * 250 + ".html": partial(_page, 92),
    os.fsdecode(b"latin-\xe9.html"): partial(_page, 93),
}


def lay_out(folder: Path) -> Path:
    """Fill a folder with all of it, between articles that are good."""
    folder.mkdir()
    for number, name in enumerate(("aaa first", "mmm middle", "zzz last")):
        (folder / f"{name}.html").write_text(page(number), encoding="utf-8")
    for name, content in FILES.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(data)
    for name, make in STRANGE.items():
        make(folder / name)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="pipes and links in folders")
def test_nothing_in_a_folder_costs_a_good_article(run: Run, tmp_path: Path, library: Path) -> None:
    became = statuses(run(lay_out(tmp_path / "hostile")))
    good = ["aaa first.html", "mmm middle.html", "zzz last.html", *MADE]
    assert {name: became.get(name) for name in good} == dict.fromkeys(good, "new")
    assert assert_whole(library)
    log = (library / ".audiogen" / "batch.log").read_text(encoding="utf-8")
    assert "refused   http://[x: http://[x is no address of a page: it names no host." in log
    again = run(tmp_path / "hostile")
    assert {outcome.status for outcome in again} <= {"done", "refused", "failed"}


@pytest.mark.parametrize("name", ["http://[", "https://" + "a" * 6000, "https://ledger.example:port/"])
def test_an_address_that_is_none_fails_alone(name: str, run: Run, pile: Path) -> None:
    became = run(name, pile)
    assert [outcome.status for outcome in became].count("new") == 3
    assert {outcome.status for outcome in became} <= {"new", "refused", "failed"}
