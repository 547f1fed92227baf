"""Links of README.md, CONTRIBUTING.md and docs/ lead somewhere: to a file that is there, and a heading that it has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "CHANGELOG.md",
    PROJECT / "SECURITY.md",
    *sorted(DOCS.glob("*.md")),
]


def links_of(text: str) -> list[str]:
    """Give the addresses of links and pictures."""
    found = []
    for block in MarkdownIt().enable("table").parse(text):
        for token in block.children or ():
            address = token.attrs.get("href") or token.attrs.get("src")
            if address:
                found.append(str(address))
    return found


@cache
def anchors_of(page: Path) -> frozenset[str]:
    """Give the anchors of a page's headings, as the hosts of repositories and the site make them."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    headings = [tokens[number + 1].content for number, token in enumerate(tokens) if token.type == "heading_open"]
    return frozenset(map(anchor_of, headings))


def anchor_of(heading: str) -> str:
    """Make the anchor of a heading.

    >>> anchor_of("The default for English: hibari"), anchor_of("`[engines.NAME]`"), anchor_of("[A link](b.md)")
    ('the-default-for-english-hibari', 'enginesname', 'a-link')
    """
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def fault_of(page: Path, link: str) -> str:
    """Say what is wrong with a link; nothing where it leads somewhere, or to the web."""
    parts = urlsplit(link)
    if parts.scheme:
        return "" if parts.scheme in ("http", "https") else f"{link}: no address of the web"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return f"{link}: there is no such file"
    if page.parent == DOCS and not target.is_relative_to(DOCS):
        return f"{link}: leads out of docs/, where the site ends"
    if parts.fragment and parts.fragment not in anchors_of(target):
        return f"{link}: there is no such heading"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = links_of(page.read_text(encoding="utf-8"))
    assert [fault for link in links if (fault := fault_of(page, link))] == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("batch.md", ""), ("batch.md#dry-run", ""), ("https://example.org/x", ""), ("images/episode.png", ""),
        ("gone.md", "no such file"), ("batch.md#gone", "no such heading"), ("../README.md", "leads out"),
        ("ftp://example.org", "no address"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_a_fault(link: str, fault: str) -> None:
    found = fault_of(DOCS / "feed.md", link)
    assert fault in found
    assert bool(found) is bool(fault)


def test_links_are_found_in_text_tables_and_pictures() -> None:
    text = "A [b](c.md).\n\n| d |\n|---|\n| [e](f.md) |\n\n![g](h.png)\n\n    [i](j.md)\n\n`[k](l.md)`\n"
    assert links_of(text) == ["c.md", "f.md", "h.png"]


def test_every_page_that_the_site_lists_is_there() -> None:
    """The site's settings are read without the tags that only its own programs know."""
    text = re.sub(r"!!python/\S+", "", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = re.findall(r"[\w-]+\.md", str(yaml.safe_load(text)["nav"]))
    assert len(named) > 15
    assert [name for name in named if not (DOCS / name).exists()] == []


#: Endings of files that hold text.
_TEXTS = {".css", ".html", ".js", ".json", ".md", ".py", ".toml", ".yaml", ".yml"}
#: What git writes around the two texts of a conflict; put together here so that this file is not found.
MARKERS = tuple(sign * 7 + " " for sign in "<>|")


def marked_lines(text: str) -> list[str]:
    """Give the lines by which git marks a merge conflict."""
    return [line for line in text.splitlines() if line.startswith(MARKERS)]


def test_no_file_that_people_read_holds_the_marks_of_a_merge_conflict() -> None:
    folders = ("audiogen", "benchmarks", "deploy", "docs", "examples", "tests", "tools", "training", "voices")
    files = [path for folder in folders for path in (PROJECT / folder).rglob("*") if path.suffix in _TEXTS]
    assert len(files) > 500
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in [*PAGES, *files]}
    assert {str(path): found for path, text in texts.items() if (found := marked_lines(text))} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"a\n{MARKERS[0]}HEAD\nb\n=======\nc\n{MARKERS[1]}d\n", 2),
        ("Heading\n=======\n", 0),
        (f"a {MARKERS[0]}HEAD\n", 0),
    ],
)  # fmt: skip
def test_the_marks_of_a_merge_conflict_are_known_at_the_start_of_a_line(text: str, count: int) -> None:
    assert len(marked_lines(text)) == count
