"""What inline markup says of a block's text: kinds, places and values."""

import pytest
from lxml import html

from audiogen.model import SpanKind, TextSpan
from audiogen.readers.walk import Walk


def spans_of(body: str) -> list[tuple[str, SpanKind, str]]:
    """Read a paragraph; give the stretches that are marked, their kinds and values."""
    block = Walk().over(html.document_fromstring(f"<html><body><p>{body}</p></body></html>"))[0]
    return [(block.text[span.start : span.end], span.kind, span.value) for span in block.spans]


MARKED = {
    "20<sup>th</sup> of May": ("th", SpanKind.RAISED, ""),
    "of  the\n m<sup> 2 </sup>": ("2", SpanKind.RAISED, ""),
    'a<span style="vertical-align: super">1</span>': ("1", SpanKind.RAISED, ""),
    "H<sub>2</sub>O": ("2", SpanKind.LOWERED, ""),
    '<abbr title="Harbor Trust">HT</abbr> said': ("HT", SpanKind.ABBREVIATION, "Harbor Trust"),
    'on <time datetime="2024-04-03">3 April</time>': ("3 April", SpanKind.TIME, "2024-04-03"),
    '<data value="12">a dozen</data> eggs': ("a dozen", SpanKind.DATA, "12"),
    "he said <q>so be it</q> twice": ("so be it", SpanKind.QUOTATION, ""),
    'the <i lang="fr">mairie</i> burned': ("mairie", SpanKind.LANGUAGE, "fr"),
    "one line<br>and another": (" ", SpanKind.LINE_BREAK, ""),
    "is <math><mi>x</mi></math> here": ("x", SpanKind.FORMULA, "x"),
}


@pytest.mark.parametrize("body", MARKED)
def test_markup_is_kept_as_a_span_over_the_text(body: str) -> None:
    assert spans_of(body) == [MARKED[body]]


NOTES = {
    "pandoc": ('so<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.', "1", "fn1"),
    "wikipedia": ('so<sup class="reference"><a href="#cite_note-4">[4]</a></sup>.', "[4]", "cite_note-4"),
    "substack": ('so<a class="footnote-anchor" id="footnote-anchor-2" href="#footnote-2">2</a>.', "2", "footnote-2"),
    "wordpress": ('so<sup class="modern-footnotes-footnote "><a href="javascript:void(0)">3</a></sup>.', "3", ""),
    "easy footnotes": ('so<span class="easy-footnote"><a href="#easy-footnote-bottom-1"><sup>1</sup></a></span>.', "1",
                       "easy-footnote-bottom-1"),
    "github": ('so<sup><a href="#user-content-fn-7">7</a></sup>.', "7", "user-content-fn-7"),
    "word": ('so<a href="#_ftn3">[3]</a>.', "[3]", "_ftn3"),
    "epub": ('so<a epub:type="noteref" href="notes.xhtml#n5">*</a>.', "*", "n5"),
    "docutils": ('so <a class="footnote-reference" href="#id2">[2]</a>.', "[2]", "id2"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
def test_marks_of_notes_are_known_whoever_wrote_them(name: str) -> None:
    body, mark, place = NOTES[name]
    assert (mark, SpanKind.NOTE, place) in spans_of(body)


@pytest.mark.parametrize(
    "body",
    [
        'see <a href="#chapter-two">chapter two</a> for more',
        'in <a href="/harbor/2024">2024</a> it burned',
        'the <a href="#fn-the-long-story">long story of the harbor</a>',
        'see figure <a class="reference internal" href="#fig-7">the seventh</a>',
    ],
)
def test_links_to_other_places_are_no_marks(body: str) -> None:
    assert [kind for _, kind, _ in spans_of(body)] == []


def test_several_copies_of_a_formula_are_one_span() -> None:
    body = (
        'so <span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup>'
        '</mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true">x<sup>2</sup></span></span> is'
    )
    assert spans_of(body) == [("x2x^2x2", SpanKind.FORMULA, "x^2")]


def test_a_formula_that_is_hidden_keeps_its_place() -> None:
    body = (
        'the matrix <span class="mwe-math-element"><span style="display: none;"><math><annotation encoding='
        '"application/x-tex">{\\displaystyle A}</annotation></math></span><img alt="A"></span> is'
    )
    block = Walk().over(html.document_fromstring(f"<p>{body}</p>"))[0]
    assert (block.text, block.spans) == ("the matrix is", (TextSpan(10, 10, SpanKind.FORMULA, "A"),))


def test_a_large_first_letter_moves_the_spans_behind_it() -> None:
    page = '<div class="dropcap">T</div><p>he 20<sup>th</sup> day</p>'
    block = Walk().over(html.document_fromstring(f"<html><body>{page}</body></html>"))[0]
    assert block.text[block.spans[0].start : block.spans[0].end] == "th"


def test_a_block_that_ends_inside_an_element_leaves_no_span_of_another() -> None:
    blocks = Walk().over(html.document_fromstring("<body><div><sup>one<p>two</p></sup></div></body>"))
    assert all(span.end <= len(block.text) for block in blocks for span in block.spans)


def test_plain_prose_has_no_spans() -> None:
    assert spans_of("The <b>harbor</b> council met on <a href='/monday'>Monday</a>.") == []
