from __future__ import annotations

import pytest

from audiogen.model import Block, BlockKind
from audiogen.readers.tree import parse
from audiogen.readers.walk import MOST_BLOCKS, PATH_DEPTH, Walk


def walk(markup: str, host: str = "") -> list[Block]:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    return Walk(host).over(root)


def texts(markup: str) -> list[str]:
    return [block.text for block in walk(markup)]


TEXTS = {
    "paragraphs": ("<p>One</p><p>Two</p>", ["One", "Two"]),
    "text after an element": ("<div>One<p>Two</p>three</div>", ["One", "Two", "three"]),
    "inline markup": ("<p>A <b>bold</b> <i>word</i>, and <a href='x'>a link</a>.</p>", ["A bold word, and a link."]),
    "one break inside a sentence": ("<p>The quick<br>brown fox</p>", ["The quick brown fox"]),
    "two breaks": ("<p>One<br><br>Two</p>", ["One", "Two"]),
    "scripts and styles": ("<script>var a</script><style>p{}</style><template><p>x</p></template><p>One</p>", ["One"]),
    "a comment": ("<p>One <!-- hidden -->word</p>", ["One word"]),
    "white space": ("<p>One\n\t  two\xa0three</p>", ["One two three"]),
    "soft hyphens": ("<p>har\xadbour\u200b</p>", ["harbour"]),
    "adjacent links": ("<div><a href='a'>One</a><a href='b'>Two</a></div>", ["One Two"]),
    "unclosed": ("<p>One<p>Two<li>Three", ["One", "Two", "Three"]),
    "an unknown element": ("<my-box><p>One</p></my-box>", ["One"]),
    "a nul": ("<p>On\0e</p>", ["One"]),
    "entities": ("<p>&amp;&#x41;&eacute;</p>", ["&Aé"]),
    "noscript": ("<noscript><p>One</p></noscript>", ["One"]),
}


@pytest.mark.parametrize(("markup", "expected"), TEXTS.values(), ids=TEXTS)
def test_every_visible_word_is_in_one_block(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_a_break_after_a_whole_sentence_ends_the_block() -> None:
    sentence = "This is a sentence that is long enough to be a paragraph of its own, and it has an end."
    assert texts(f"<div>{sentence}<br>{sentence}</div>") == [sentence, sentence]


KINDS = {
    "a heading": ("<h3>x</h3>", BlockKind.HEADING, 3),
    "a heading by its role": ("<div role='heading' aria-level='4'>x</div>", BlockKind.HEADING, 4),
    "a list item": ("<ul><li>x</li></ul>", BlockKind.LIST_ITEM, 1),
    "a nested list item": ("<ul><li><ul><li>x</li></ul></li></ul>", BlockKind.LIST_ITEM, 2),
    "a quote": ("<blockquote><p>x</p></blockquote>", BlockKind.QUOTE, 0),
    "a post": ("<blockquote class='twitter-tweet'><p>x</p></blockquote>", BlockKind.EMBED, 0),
    "code": ("<pre><code>x = 1</code></pre>", BlockKind.CODE, 0),
    "prose in pre": ("<pre>A letter that somebody typed long ago</pre>", BlockKind.PARAGRAPH, 0),
    "a player": ("<iframe src='https://www.youtube.com/embed/1' title='x'></iframe>", BlockKind.EMBED, 0),
    "a chart": ("<iframe src='https://datawrapper.dwcdn.net/1' title='x'></iframe>", BlockKind.CHART, 0),
    "a paragraph": ("<p>x</p>", BlockKind.PARAGRAPH, 0),
}


@pytest.mark.parametrize(("markup", "kind", "level"), KINDS.values(), ids=KINDS)
def test_a_block_is_what_its_markup_says(markup: str, kind: BlockKind, level: int) -> None:
    block = walk(markup)[0]
    assert (block.kind, block.level) == (kind, level)


def test_a_data_table_is_told_from_a_layout_table() -> None:
    data = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    layout = f"<table><tr><td>menu</td><td>{'long prose ' * 80}</td></tr><tr><td>x</td><td>y</td></tr></table>"
    assert {block.kind for block in walk(data)} == {BlockKind.TABLE}
    assert BlockKind.TABLE not in {block.kind for block in walk(layout)}
    assert BlockKind.TABLE not in {block.kind for block in walk(data.replace("<table", "<table role='presentation'"))}


def marks(markup: str, host: str = "") -> dict[str, float]:
    evidence = walk(markup, host)[-1].evidence
    assert evidence is not None
    return dict(evidence.marks) | {"density": evidence.link_density}


MARKS = {
    "hidden by style": ("<div style='display: none'><p>x</p></div>", "hidden", 1.0),
    "hidden by attribute": ("<p hidden>x</p>", "hidden", 1.0),
    "bold": ("<p><b>whole</b></p>", "bold", 1.0),
    "italic": ("<p><em>ab</em>cd</p>", "italic", 0.5),
    "links": ("<p><a href='/a'>ab</a>cd</p>", "density", 0.5),
    "links to its own site": ("<p><a href='https://www.post.example/a'>ab</a></p>", "own_links", 1.0),
    "a picture before": ("<img src='a.jpg'><p>x</p>", "pictures_before", 1.0),
    "a picture inside": ("<p>x<img src='a.jpg'>y</p>", "pictures_inside", 1.0),
    "centred": ("<p style='text-align:center'>x</p>", "centred", 1.0),
}


@pytest.mark.parametrize(("markup", "name", "value"), MARKS.values(), ids=MARKS)
def test_the_evidence_tells_what_is_around(markup: str, name: str, value: float) -> None:
    assert marks(markup, "post.example")[name] == value


def test_a_tracking_pixel_is_no_picture() -> None:
    assert "pictures_before" not in marks("<img width='1' height='1' src='t.gif'><p>x</p>")


def test_the_path_leads_from_the_body_to_the_block() -> None:
    evidence = walk("<div class='story main' id='s'><p class='lead'><span class='drop'>x</span></p></div>")[0].evidence
    assert evidence is not None
    assert evidence.path[-3:] == ("div.story.main#s", "p.lead", "span.drop")
    assert len(evidence.elements) == len(evidence.path) - 1


def test_blocks_of_one_element_share_its_number() -> None:
    one, two, three = (b.evidence for b in walk("<div><p>1</p><p>2</p></div><div><p>3</p></div>"))
    assert one is not None
    assert two is not None
    assert three is not None
    assert one.elements[-2] == two.elements[-2] != three.elements[-2]


def test_a_path_stays_bounded() -> None:
    block = walk("<div>" * 150 + "<p>One</p>")[0]
    assert block.evidence is not None
    assert len(block.evidence.path) <= PATH_DEPTH


def test_the_walk_ends_where_no_article_goes_on() -> None:
    assert len(walk("<p>x</p>" * (MOST_BLOCKS + 50))) <= MOST_BLOCKS + 1
