"""Markdown notes to blocks."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.model import BlockKind, SpanKind
from audiogen.readers import markdown
from audiogen.readers.markdown import read_markdown

NOTE = """---
title: "The harbour that froze"
author:
  - "[[Ada Lind]]"
published: 2024-02-03
source: https://example.org/harbour
site: Northern Post
tags: [harbour, "#ice"]
---
"""


def shown(document: str) -> list[tuple[str, str]]:
    """Give kind and text of each block."""
    return [(block.kind.value, block.text) for block in read_markdown(document).blocks]


def test_front_matter_is_metadata_and_no_text() -> None:
    article = read_markdown(f"{NOTE}It froze.")
    assert article.title == "The harbour that froze"
    assert article.authors == ("Ada Lind",)
    assert article.published == datetime.date(2024, 2, 3)
    assert article.url == "https://example.org/harbour"
    assert article.site == "Northern Post"
    assert article.tags == ("harbour", "ice")
    assert [block.text for block in article.blocks] == ["It froze."]


def test_front_matter_may_be_toml() -> None:
    article = read_markdown('+++\ntitle = "Ice"\ndate = 2024-02-03\n+++\nIt froze.')
    assert (article.title, article.published) == ("Ice", datetime.date(2024, 2, 3))


@pytest.mark.parametrize("matter", ["---\ntitle: [\n---\n", "+++\ntitle = \n+++\n", "---\n- a\n- b\n---\n"])
def test_broken_front_matter_tells_nothing_and_is_not_heard(matter: str) -> None:
    article = read_markdown(f"{matter}It froze.")
    assert (article.title, [block.text for block in article.blocks]) == ("", ["It froze."])


def test_the_first_heading_is_the_title_of_a_note_without_one() -> None:
    assert read_markdown("# Ice\n\nIt froze.").title == "Ice"
    assert read_markdown("It froze.\n\n# Ice").title == ""


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("It *froze* [at night](x).", [("paragraph", "It froze at night.")]),
        ("One\ntwo\n\nthree", [("paragraph", "One two"), ("paragraph", "three")]),
        ("## Ice\n\nUnder\n-----", [("heading", "Ice"), ("heading", "Under")]),
        ("- one\n- two\n    - three", [("list item", "one"), ("list item", "two"), ("list item", "three")]),
        ("> said\n> he", [("quote", "said he")]),
        ("```py\nx = 1\n```", [("code", "x = 1")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table", "a | b | 1 | 2")]),
        ("Text.\n\n![A ferry](ferry.png)", [("paragraph", "Text.")]),
        ("<div>Hi <b>there</b></div>", [("embed", "Hi there")]),
        ("a<br>b", [("paragraph", "a b")]),
    ],
    ids=["inline", "paragraphs", "headings", "lists", "quote", "code", "table", "picture", "html", "break"],
)
def test_each_block_has_its_kind(source: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(source) == blocks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See [[The bridge]] now.", "See The bridge now."),
        ("See [[bridge|the bridge]] now.", "See the bridge now."),
        ("A ==bright== word. ^block-1", "A bright word."),
        ("Seen %%by nobody%% here.", "Seen here."),
        ("Text.[^1]", "Text."),
        ("Ice <!-- hidden --> broke.", "Ice broke."),
        ("> [!note] Mind the ice", "Mind the ice"),
        ("![[picture.png]]\n\nText.", "Text."),
    ],
)
def test_what_note_programs_write_is_shown_as_they_show_it(source: str, text: str) -> None:
    assert " ".join(text for _, text in shown(source)) == text


def test_a_line_under_a_picture_is_marked() -> None:
    block = read_markdown("![](a.png)\n\n*The quay.*\n\nText.").blocks[0]
    assert block.evidence is not None
    assert block.evidence.marks["after picture"] == 1.0
    assert block.evidence.marks["italic"] == 1.0


def test_the_share_of_links_is_measured() -> None:
    block = read_markdown("[Four letters](x) more").blocks[0]
    assert block.evidence is not None
    assert block.evidence.link_density == pytest.approx(12 / 17)


def test_a_nested_item_knows_its_depth() -> None:
    assert [block.level for block in read_markdown("- one\n    - two").blocks] == [1, 2]


@pytest.mark.parametrize("source", [NOTE, "", "![](a.png)", "<!-- nothing -->"])
def test_a_note_without_text_is_empty(source: str) -> None:
    with pytest.raises(EmptyArticleError):
        read_markdown(source)


@given(st.text(alphabet=st.sampled_from("ab #*-_>`[]()!|\n\\<"), max_size=200))
def test_no_markdown_is_too_strange(source: str) -> None:
    try:
        blocks = read_markdown(source).blocks
    except EmptyArticleError:
        return
    assert all(block.text and isinstance(block.kind, BlockKind) for block in blocks)


FIELDS = {
    "a title without quotes": ("title: The ice: a story", "title", ""),
    "a quoted title": ("title: 'The ice: a story'", "title", "The ice: a story"),
    "a title over two lines": ("title: >\n  The ice\n  of January", "title", "The ice of January"),
    "a title that is a number": ("title: 1984", "title", "1984"),
    "a headline": ("headline: Ice", "title", "Ice"),
    "a title in capitals": ("Title: Ice", "title", "Ice"),
    "the first name of a field": ("name: Name\ntitle: Title", "title", "Title"),
    "an author": ("author: Ana Ruiz", "authors", ("Ana Ruiz",)),
    "authors in one text": ("author: Ana Ruiz, Tom Lee", "authors", ("Ana Ruiz", "Tom Lee")),
    "authors in a list": ("authors: [Ana Ruiz, Tom Lee]", "authors", ("Ana Ruiz", "Tom Lee")),
    "authors as links of a note program": ("author:\n  - '[[Ana Ruiz]]'", "authors", ("Ana Ruiz",)),
    "a link that YAML takes for a list": ("author: [[Ana Ruiz]]", "authors", ("Ana Ruiz",)),
    "authors with records": ("authors:\n  - name: Ana Ruiz\n    url: https://a.example", "authors", ("Ana Ruiz",)),
    "a byline": ("byline: By Ana Ruiz", "authors", ("Ana Ruiz",)),
    "staff": ("author: Staff", "authors", ()),
    "an empty author": ("author: ''", "authors", ()),
    "a day": ("published: 2024-02-03", "published", datetime.date(2024, 2, 3)),
    "a day in words": ("date: February 3, 2024", "published", datetime.date(2024, 2, 3)),
    "a day that is none": ("date: 2024-13-45", "published", None),
    "the day of clipping": ("created: 2024-02-03", "published", None),
    "a change": ("updated: 2024-02-04", "modified", datetime.date(2024, 2, 4)),
    "the source": ("source: https://a.example/ice", "url", "https://a.example/ice"),
    "a source that is a name": ("source: Northern Post", "url", ""),
    "an address in brackets": ("url: <https://a.example/ice>", "url", ""),
    "a site": ("publication: Northern Post", "site", "Northern Post"),
    "a subtitle": ("subtitle: After nine days", "dek", "After nine days"),
    "an image": ("cover: ice.jpg", "image", "ice.jpg"),
    "tags": ("tags:\n  - ice\n  - '#port'", "tags", ("ice", "port")),
    "one tag": ("tags: ice", "tags", ("ice",)),
    "tags with a hole": ("tags: [ice, null, port]", "tags", ("ice", "port")),
    "a list in a list in a list": ("tags: [[[ice, port], x], y]", "tags", ("y",)),
    "an unknown field": ("rating: 5", "title", ""),
    "a comment": ("# title: Ice", "title", ""),
}


@pytest.mark.parametrize(("matter", "field", "value"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_known_by_its_names_and_kept_plain(matter: str, field: str, value: object) -> None:
    assert getattr(read_markdown(f"---\n{matter}\n---\nIt froze."), field) == value


def test_the_caller_knows_the_address_better_than_the_note() -> None:
    assert read_markdown(f"{NOTE}It froze.", "https://a.example").url == "https://a.example"


def test_the_language_of_the_text_wins_over_that_of_the_note() -> None:
    german = "Der Hafen ist zugefroren, und seit Dienstag hat ihn keine Fähre verlassen."
    assert read_markdown(f"---\nlang: en\n---\n{german}").language == "de"
    assert read_markdown("---\nlang: uk\n---\n12:30").language == "uk"


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["Unix", "Windows"])
@pytest.mark.parametrize("close", ["---", "..."])
def test_front_matter_ends_as_yaml_does(end: str, close: str) -> None:
    article = read_markdown(end.join(["\ufeff---", "title: Ice", close, "It froze.", "", "Then not."]))
    assert (article.title, [block.text for block in article.blocks]) == ("Ice", ["It froze.", "Then not."])


def test_a_picture_written_into_the_note_does_not_make_it_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "LONGEST", 500)
    picture = f"![](data:image/png;base64,{'A' * 5000})"
    assert [block.text for block in read_markdown(f"{picture}\n\nIt froze.").blocks] == ["It froze."]
    with pytest.raises(UnsupportedSourceError):
        read_markdown("It froze. " * 60)


def test_a_note_with_endless_brackets_keeps_its_words() -> None:
    assert "It froze." in [block.text for block in read_markdown("[" * 5000 + "\n\nIt froze.").blocks]


NOTED = """It sank.[^a] It rained[^b_1] and snowed.[^nowhere]

[^a]: By the *mill*,
  on the island.[^b_1]
[^b_1]: All day.

      And all night.

The end.
"""


def test_notes_are_blocks_of_their_own_and_marks_are_empty_spans() -> None:
    article = read_markdown(NOTED)
    assert [block.text for block in article.blocks] == [
        "It sank. It rained and snowed.", "By the mill, on the island.", "All day. And all night.", "The end.",
    ]  # fmt: skip
    assert [(span.start, span.end, span.kind, span.value) for span in article.blocks[0].spans] == [
        (8, 8, SpanKind.NOTE, "1"),
        (18, 18, SpanKind.NOTE, "2"),
    ]
    assert [bool(block.evidence and block.evidence.marks.get("footnote")) for block in article.blocks] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_mark_without_its_note_is_not_shown() -> None:
    assert shown("It sank.[^1] It rained.") == [("paragraph", "It sank. It rained.")]


def test_signs_of_the_private_use_in_a_note_are_not_taken_for_numbers() -> None:
    assert [text for _, text in shown("It \ue0009\ue001sank.[^1]\n\n[^1]: In May.")] == ["It 9sank.", "In May."]
