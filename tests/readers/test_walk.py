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
    "entities escaped twice": ("<p>Fish &amp;amp; chips&amp;#8217; &amp;quot;x&amp;quot;</p>", ['Fish & chips’ "x"']),
    "tags escaped twice": ("<p>The tag &amp;lt;p&amp;gt;</p>", ["The tag <p>"]),
    "elements escaped twice": ("<p>&amp;lt;p&amp;gt;So it was.&amp;lt;/p&amp;gt;</p>", ["So it was."]),
    "entities that code writes": ("<p>Write <code>&amp;amp;</code> for it</p>", ["Write &amp; for it"]),
    "words that were taken back": (
        "<p>It cost <s>two</s> <del>four</del> <strike>six</strike> eight</p>",
        ["It cost eight"],
    ),
    "words struck by their style": (
        "<p>It cost <span style='text-decoration: line-through'>two</span> eight</p>",
        ["It cost eight"],
    ),
    "ruby": ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字</p>", ["漢字"]),
    "words for screen readers beside those for eyes": (
        "<p>It cost <span aria-hidden='true'>$3m</span><span class='sr-only'>three million</span> in all</p>",
        ["It cost $3m in all"],
    ),
    "words for screen readers alone": ("<p><span class='sr-only'>Three million</span></p>", ["Three million"]),
    "a card that opens over a sentence": (
        "<p>The <a href='x'>mayor<span role='tooltip'>Mayor of Ostrand since 2021</span></a> left</p>",
        ["The mayor left"],
    ),
    "a card that its class tells": (
        "<p>The <span class='tooltip'>anchor<span class='tooltiptext'>What stops the wheel</span></span> is worn</p>",
        ["The anchor is worn"],
    ),
    "hidden words inside a sentence": (
        "<p>The <span style='display:none'>old</span> mayor left</p>",
        ["The mayor left"],
    ),
    "where a link opens": (
        "<p>See <a href='x'>the report <span>Link opens in a new tab</span></a> of May</p>",
        ["See the report of May"],
    ),
    "where a link opens, in brackets": (
        "<p>See <a href='x'>the report (opens in a new tab)</a>.</p>",
        ["See the report."],
    ),
    "where a link opens, behind it": (
        "<p>Siehe <a href='x'>den Bericht</a><small> (öffnet in neuem Fenster)</small> vom Mai</p>",
        ["Siehe den Bericht vom Mai"],
    ),
    "where a link opens, and nothing else": (
        "<p><a href='x'><span>Opens in a new tab</span></a></p>",
        ["Opens in a new tab"],
    ),
    "a sentence about links": (
        "<p>A link that opens in a new tab says <code>opens in a new tab</code>.</p>",
        ["A link that opens in a new tab says opens in a new tab."],
    ),
    "a large first letter": ("<p><span class='drop-cap'>T</span>he mayor</p>", ["The mayor"]),
    "a large first letter with a space": ("<p><span class='dropcap'>T</span> he mayor</p>", ["The mayor"]),
    "a large first letter that is a word": ("<p><span class='dropcap'>A</span> mayor</p>", ["A mayor"]),
    "a large first letter on a line of its own": ("<div class='initial'>T</div><p>he mayor</p>", ["The mayor"]),
    "a first letter as a picture": ("<p><img alt='T' src='t.gif'>he mayor</p>", ["The mayor"]),
    "a first letter that is drawn": ("<p><svg aria-label='T'><path/></svg>he mayor</p>", ["The mayor"]),
    "a picture that is called by one letter": ("<p><img alt='T' src='t.gif'>The mayor</p>", ["The mayor"]),
    "entities": ("<p>&amp;&#x41;&eacute;</p>", ["&Aé"]),
    "noscript": ("<noscript><p>One</p></noscript>", ["One"]),
}


@pytest.mark.parametrize(("markup", "expected"), TEXTS.values(), ids=TEXTS)
def test_every_visible_word_is_in_one_block(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_a_break_after_a_whole_sentence_ends_the_block() -> None:
    sentence = "This is a sentence that is long enough to be a paragraph of its own, and it has an end."
    assert texts(f"<div>{sentence}<br>{sentence}</div>") == [sentence, sentence]


def test_an_anchor_without_an_address_is_no_link() -> None:
    named, linked = walk("<p><a name='x'>One</a></p><p><a href='y'>Two</a></p>")
    assert named.evidence is not None
    assert linked.evidence is not None
    assert (named.evidence.link_density, linked.evidence.link_density) == (0.0, 1.0)


def test_what_the_style_sheet_hides_is_marked() -> None:
    root = parse("<html><body><p class='gone'>One</p><div id='box'><p>Two</p></div><p>Three</p></body></html>")
    assert root is not None
    blocks = Walk(hidden=frozenset({".gone", "#box"})).over(root)
    marks = [block.evidence.marks if block.evidence else {} for block in blocks]
    assert ["hidden" in each for each in marks] == [True, True, False]
    assert ["concealed" in each for each in marks] == [True, False, False]


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


ENTITIES = {
    "by name": ("&eacute;&ndash;&hellip;", "é–…"),
    "without its semicolon": ("caf&eacute au lait", "café au lait"),
    "by number": ("&#8220;ice&#8221;", "“ice”"),
    "by hexadecimal number": ("&#x201C;ice&#X201D;", "“ice”"),
    "Windows's numbers": ("&#147;ice&#148; &#150;", "“ice” –"),
    "a space that does not break": ("5&nbsp;km", "5 km"),
    "a thin space": ("5&thinsp;km", "5 km"),
    "a soft hyphen": ("har&shy;bour", "harbour"),
    "no width": ("har&#8203;bour", "harbour"),
    "an ampersand alone": ("ice & snow", "ice & snow"),
    "signs of tags": ("3 &lt; 4 &gt; 2", "3 < 4 > 2"),
    "twice": ("&amp;eacute;", "é"),
    "outside of the first plane": ("&#x1F9CA;", "🧊"),
    "unknown": ("&harbour; froze", "&harbour; froze"),
}


@pytest.mark.parametrize(("written", "shown"), ENTITIES.values(), ids=ENTITIES)
def test_an_entity_is_what_it_stands_for(written: str, shown: str) -> None:
    assert texts(f"<p>{written}</p>") == [shown]


STRUCTURES = {
    "a definition list": ("<dl><dt>Tide</dt><dd>High</dd></dl>", ["Tide", "High"]),
    "a table": ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", ["a", "b", "1", "2"]),
    "a figure": ("<figure><img src=a><figcaption>Quay</figcaption></figure><p>Ice</p>", ["Quay", "Ice"]),
    "details": ("<details><summary>More</summary>Ice</details>", ["More", "Ice"]),
    "a form": ("<form><label>Name</label><select><option>Ana<option>Tom</select><button>Go</button></form>",
               ["Name", "Ana", "Tom", "Go"]),
    "a paragraph in a link": ("<a href=x><h3>Ice</h3><p>Snow</p></a>", ["Ice", "Snow"]),
    "text around a list": ("<div>Ice<ul><li>Snow</ul>Rain</div>", ["Ice", "Snow", "Rain"]),
    "a pre": ("<pre>Ice\n  Snow</pre>", ["Ice Snow"]),
    "custom elements in a sentence": ("<p>Ice <x-term>floe</x-term> here</p>", ["Ice floe here"]),
    "custom elements as boxes": ("<x-card><x-title>Ice</x-title><x-text>Snow</x-text></x-card>", ["Ice", "Snow"]),
    "a ruby": ("<p><ruby>港<rt>みなと</rt></ruby></p>", ["港"]),
    "superscripts": ("<p>5 m<sup>2</sup></p>", ["5 m2"]),
    "a button inside a sentence": ("<p>Ice <button>Share</button> snow</p>", ["Ice", "Share", "snow"]),
    "a video's fallback": ("<video src=a>No video</video><p>Ice</p>", ["No video", "Ice"]),
    "a drawing": ("<svg><text>Label</text></svg><p>Ice</p>", ["Ice"]),
    "a canvas": ("<canvas>Old browser</canvas><p>Ice</p>", ["Ice"]),
    "three breaks": ("<div>Ice<br><br><br>Snow</div>", ["Ice", "Snow"]),
    "breaks with blanks between": ("<div>Ice<br> \n <br>Snow</div>", ["Ice", "Snow"]),
    "a break in bold": ("<p><b>Ice<br>Snow</b></p>", ["Ice Snow"]),
    "an old centre": ("<center><font size=4>Ice</font></center>", ["Ice"]),
    "links in a row": ("<p><a href=a>Ice</a><a href=b>Snow</a> <a href=c>Rain</a></p>", ["Ice Snow Rain"]),
    "a link inside a word": ("<p>ice<a href=a>floe</a>s</p>", ["icefloes"]),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), STRUCTURES.values(), ids=STRUCTURES)
def test_blocks_end_where_people_see_them_end(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


MORE_KINDS = {
    "a post inside a quote": ("<blockquote class='twitter-tweet'><ul><li>x</ul></blockquote>", BlockKind.EMBED, 0),
    "AMP's post": ("<amp-instagram><p>x</p></amp-instagram>", BlockKind.EMBED, 0),
    "AMP's player": ("<amp-iframe src='https://www.youtube.com/embed/1' title='x'></amp-iframe>", BlockKind.EMBED, 0),
    "a frame of another site": ("<iframe src='https://a.example' title='x'></iframe><p>y</p>", BlockKind.PARAGRAPH, 0),
    "a lazy player": ("<iframe data-src='https://player.vimeo.com/1' title='x'></iframe>", BlockKind.EMBED, 0),
    "a quote in a list": ("<ul><li><blockquote>x</blockquote></ul>", BlockKind.QUOTE, 0),
    "an article in a list": ("<ul><li><article><p>x</p></article></ul>", BlockKind.PARAGRAPH, 0),
    "a heading in a list": ("<ul><li><h3>x</h3></ul>", BlockKind.HEADING, 3),
    "an item without a list": ("<li>x</li>", BlockKind.LIST_ITEM, 1),
    "a heading of no level": ("<div role=heading>x</div>", BlockKind.HEADING, 2),
    "a heading of level 99": ("<div role=heading aria-level=99>x</div>", BlockKind.HEADING, 6),
    "a heading of a level that is none": ("<div role=heading aria-level=high>x</div>", BlockKind.HEADING, 2),
    "code in a list": ("<ul><li><pre><code>x</code></pre></ul>", BlockKind.CODE, 0),
}


@pytest.mark.parametrize(("markup", "kind", "level"), MORE_KINDS.values(), ids=MORE_KINDS)
def test_what_stands_in_something_is_of_its_kind_where_that_is_stronger(
    markup: str, kind: BlockKind, level: int
) -> None:
    block = walk(markup)[0]
    assert (block.kind, block.level) == (kind, level)


NOT_MARKED = {
    "a class called hidden": ("<p><b class='md:!hidden'>x</b></p>", "hidden"),
    "hidden until it is found": ("<p hidden=until-found>x</p>", "hidden"),
    "a link away": ("<p><a href='https://a.example'>x</a></p>", "own_links"),
    "no picture": ("<p>x</p>", "pictures_before"),
    "a link of the block before": ("<p><a href='/a'>y</a></p><p>x</p>", "links"),
    "an empty link before": ("<p><a href='/a'></a></p><p>x</p>", "links"),
}


@pytest.mark.parametrize(("markup", "name"), NOT_MARKED.values(), ids=NOT_MARKED)
def test_nothing_is_noted_that_is_not_there(markup: str, name: str) -> None:
    assert name not in marks(markup, "post.example")


def test_a_hidden_box_hides_all_in_it() -> None:
    assert marks("<div hidden><section><p><b>x</b></p></section></div>")["hidden"] == 1.0
    assert marks("<p><span style='display:none'>x</span></p>")["hidden"] == 1.0
    assert "hidden" not in marks("<p><span style='display:none'>x</span> y</p>")


def test_a_class_with_an_exclamation_mark_stays_whole() -> None:
    evidence = walk("<p><b class='md:!hidden big'>x</b></p>")[0].evidence
    assert evidence is not None
    assert evidence.path[-1] == "b.md:!hidden.big"


APART = {
    "a class of Tailwind's": ("<h1>The clock<span class='big block'>Right again</span></h1>", "The clock Right again"),
    "a class of Bootstrap's": ("<p><b class='d-block'>Ana Ruiz</b>Harbour editor</p>", "Ana Ruiz Harbour editor"),
    "a style": ("<p>The clock<span style='color:red; display: block'>Right again</span></p>", "The clock Right again"),
    "two of them": ("<p><span class='block'>One</span><span class='block'>Two</span></p>", "One Two"),
    "within a word": ("<p>h<span class='inline-block'>arb</span>our</p>", "harbour"),
    "another class": ("<p>h<span class='blocks md:block'>arb</span>our</p>", "harbour"),
    "another style": ("<p>h<span style='display:inline-block'>arb</span>our</p>", "harbour"),
}


@pytest.mark.parametrize(("markup", "text"), APART.values(), ids=APART)
def test_words_on_a_line_of_their_own_are_not_run_together_with_those_before(markup: str, text: str) -> None:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    assert [block.text for block in Walk().over(root)] == [text]


def test_words_that_a_style_sheet_strikes_through_are_left_out_of_a_line_but_no_block_is() -> None:
    page = "<p>It cost <span class='was'>two</span> eight</p><h2 class='was'>Prices</h2>"
    root = parse(f"<html><body>{page}</body></html>")
    assert root is not None
    assert [block.text for block in Walk("", frozenset({"~.was"})).over(root)] == ["It cost eight", "Prices"]
