"""Each rule by itself: what it silences, under which name, and its near miss, whatever the model thinks."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html import vetoes
from audiogen.cleaner.html.clean import judge, look, rate_blocks
from audiogen.cleaner.html.page import Page
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Block, BlockKind, Reason
from tests.cleaner.blocks import PROSE, TITLE, heading, make_block, make_case, prose, rule_of, verdicts
from tests.cleaner.pages import make_article


def verdict_of(markup: str, text: str, **around: str) -> Verdict | None:
    article = make_article(markup, **around)
    page = look(article, rate_blocks(article))
    place = next(place for place, block in enumerate(article.blocks) if text in block.text)
    return judge(page)[place]


RULES = {
    "comments": (
        "<div id='comment-12'><p>It was never slow in my day, whatever they say.</p></div>",
        "never slow",
        "page.comments",
    ),
    "caption": (
        "<figure><figcaption>The clock on its new bracket</figcaption></figure>",
        "new bracket",
        "page.tag.figcaption",
    ),
    "centred": (
        "<div><img src='c.jpg'></div><p style='text-align:center'>The clock after it was cleaned</p>",
        "after it was cleaned",
        "page.centred-after-picture",
    ),
    "pointer": (
        "<p><a href='/x'>A lighthouse for sale and nobody to buy it</a></p>",
        "lighthouse for sale",
        "page.pointer",
    ),
    "bracketed": ("<p>(<a href='/x'>How the quay was built</a> in one summer.)</p>", "How the quay", "page.pointer"),
    "placeholder": ("<p>[gallery ids='1,2' columns='3']</p>", "[gallery", "page.placeholder"),
    "a server's message": (
        "<p>Warning: date(): It is not safe to rely on the clock of the quay in /srv/www/tides.php on line 12</p>",
        "Warning: date()",
        "page.message",
    ),
    "noscript": (
        "<noscript><p>Please turn on scripts to see the tide table on this page.</p></noscript>",
        "tide table",
        "page.tag.noscript",
    ),
    "control": ("<select><option>Choose your nearest harbour here</option></select>", "nearest harbour", "page.tag."),
    "hidden": ("<div hidden><h3>Folded away for nobody at all</h3></div>", "Folded away", "page.hidden"),
}


@pytest.mark.parametrize(("markup", "text", "rule"), RULES.values(), ids=RULES)
def test_a_rule_is_named_in_the_verdict(markup: str, text: str, rule: str) -> None:
    verdict = verdict_of(markup, text)
    assert verdict is not None
    assert verdict.rule.startswith(rule) or verdict.rule.startswith("phrases.")


def test_a_teaser_before_the_headline_is_not_heard() -> None:
    teaser = "<p>A whole paragraph of another story that the page shows above this one, for it is newer.</p>"
    verdict = verdict_of("", "newer", before=teaser)
    assert verdict is not None


def test_an_ordinary_paragraph_has_no_veto() -> None:
    article = make_article()
    page = look(article, rate_blocks(article))
    place = next(place for place, block in enumerate(article.blocks) if "pendulum" in block.text)
    assert vetoes.veto(page, place) is None


MAX_OFFER_WORDS = "They were paid by affiliate links and a sponsored post."
LABELLED = "Video: four hours of the clock at night"
LINE = "The hands were gilded in 1911 by a man who owed the board a favour."
SILENCED = {
    "a figure's caption": (make_block(LINE, inside=("figure", "figcaption")), "page.tag.figcaption"),
    "a reader's comment": (make_block(LINE, inside=("div#comments", "p")), "page.comments"),
    "a comment by its number": (make_block(LINE, inside=("li.comment-12", "p")), "page.comments"),
    "a forum's reply": (make_block(LINE, inside=("li.xenforo-comment#reply-7", "div")), "page.comments"),
    "a comment's body": (make_block(LINE, inside=("div.comment-body", "p")), "page.comments"),
    "Disqus": (make_block(LINE, inside=("div#disqus_thread", "p")), "page.comments"),
    "a copy without scripts": (make_block(LINE, inside=("noscript", "p")), "page.tag.noscript"),
    "a choice": (make_block(LINE, inside=("select", "option")), "page.tag.option"),
    "a menu": (make_block(LINE, inside=("nav", "p")), "page.tag.nav"),
    "a dialog": (make_block(LINE, inside=("dialog", "p")), "page.tag.dialog"),
    "a template's gap": (make_block("{{related_links_of_this_story}}"), "page.placeholder"),
    "a shortcode": (make_block('[gallery ids="1,2,3" columns="2"]'), "page.placeholder"),
    "sample text": (make_block("Lorem ipsum dolor sit amet, consectetur adipiscing elit."), "page.placeholder"),
    "a linked line": (make_block("A lighthouse for sale and nobody to buy it", density=1.0), "page.pointer"),
    "a linked line in brackets": (make_block("(How the quay was built in one summer)", density=0.6), "page.pointer"),
    "a centred line under a picture": (
        make_block(LINE, centred=1.0, pictures_before=1.0),
        "page.centred-after-picture",
    ),
    "a hidden heading": (make_block(LINE, BlockKind.HEADING, hidden=1.0), "page.hidden"),
    "a hidden cookie box": (make_block(LINE, inside=("div.cookie-consent", "p"), hidden=1.0), "page.hidden"),
    "a box about the author": (
        make_block(LINE, inside=("div.author__bio-wrapper", "p"), elements=(90, 91)),
        "page.named.biography",
    ),
    "a description of the author": (
        make_block(LINE, inside=("div.author-description", "p"), elements=(90, 91)),
        "page.named.biography",
    ),
    "about the author": (
        make_block(LINE, inside=("section#about-the-author", "p"), elements=(90, 91)),
        "page.named.biography",
    ),
    "a caption that is called one": (
        make_block(LINE, inside=("p", "span.media-caption"), elements=(90,)),
        "page.named.caption",
    ),
    "a feed of another outlet": (
        make_block(LINE, inside=("div.widget.widget_rss", "li"), elements=(90, 91)),
        "page.named.feed",
    ),
    "an entry of a feed": (make_block(LINE, inside=("li", "div.rssSummary")), "page.named.feed"),
    "a plugin's box about the author": (
        make_block(LINE, inside=("div.saboxplugin-desc", "p"), elements=(90, 91)),
        "page.named.biography",
    ),
    "a profile": (
        make_block(LINE, inside=("div.col-md-8.profile-info", "p"), elements=(90, 91)),
        "page.named.biography",
    ),
    "a text in the margin": (
        make_block(LINE, inside=("aside.widget.widget_text", "p"), elements=(90, 91)),
        "page.named.feed",
    ),
    "another article": (
        make_block(LINE, inside=("div.associated-post", "p"), elements=(90, 91)),
        "page.named.related",
    ),
    "a table": (make_block("4.1 metres", BlockKind.TABLE), "page.kind.table"),
    "code": (make_block("print(tide)", BlockKind.CODE), "page.kind.code"),
    "an embedded post": (make_block("The clock is right.", BlockKind.EMBED), "page.kind.embed"),
    "a chart": (make_block("Tides of May", BlockKind.CHART), "page.kind.chart"),
    "a formula by its kind": (make_block("h = a cos t", BlockKind.FORMULA), "page.kind.formula"),
    "MathML": (make_block("h=acost", inside=("p", "math")), "page.formula"),
    "KaTeX": (make_block("h=acost", inside=("p", "span.katex-display", "span.katex")), "page.formula"),
    "MathJax": (make_block("h=acost", inside=("div.MathJax_Display",)), "page.formula"),
    "TeX in brackets": (make_block(r"\[ h = a \cos t \]"), "page.formula"),
    "TeX in dollars": (make_block("$$h = a + b$$"), "page.formula"),
    "a TeX environment": (make_block(r"\begin{align} h &= a \\ t &= b \end{align}"), "page.formula"),
}


@pytest.mark.parametrize(("block", "rule"), SILENCED.values(), ids=SILENCED)
def test_a_rule_silences_a_block_the_model_would_hear(block: Block, rule: str) -> None:
    page = make_case(*prose(4), block, *prose()[4:], chances={block.text: 0.8})
    assert rule_of(page, block.text) == rule
    assert [text for text in PROSE if rule_of(page, text)] == []


THRESHOLDS = {
    "links, at most": (make_block(LINE, density=0.73), 0.98, ""),
    "links, more": (make_block(LINE, density=0.77), 0.98, "page.pointer"),
    "links in brackets, at most": (make_block(f"({LINE})", density=0.48), 0.98, ""),
    "links in brackets, more": (make_block(f"({LINE})", density=0.52), 0.98, "page.pointer"),
    "three words in links": (make_block("The old bell", density=1.0), 0.98, ""),
    "four words in links": (make_block("The old bell tower", density=1.0), 0.98, "page.pointer"),
    "a caption of thirty words": (
        make_block(" ".join(["word"] * 30) + ".", centred=1.0, pictures_before=1.0), 0.98, "page.centred-after-picture",
    ),
    "a line of thirty-one": (make_block(" ".join(["word"] * 31) + ".", centred=1.0, pictures_before=1.0), 0.98, ""),
    "about the author and hardly sure": (make_block(LINE, inside=("div.author-bio", "p"), elements=(90, 91)), 0.91, ""),
    "about the author and not sure": (
        make_block(LINE, inside=("div.author-bio", "p"), elements=(90, 91)), 0.89, "page.named.biography",
    ),
    "in the margin and hardly sure": (make_block(LINE, inside=("div.widget_text", "p"), elements=(90, 91)), 0.91, ""),
    "in the margin and not sure": (
        make_block(LINE, inside=("div.widget_text", "p"), elements=(90, 91)), 0.89, "page.named.feed",
    ),
    "related and hardly sure": (make_block(LINE, inside=("div.related-posts", "p"), elements=(90, 91)), 0.91, ""),
    "related and not sure": (
        make_block(LINE, inside=("div.related-posts", "p"), elements=(90, 91)), 0.89, "page.named.related",
    ),
    "small print and hardly sure": (make_block(LINE, inside=("p.smallprint",), elements=(90,)), 0.99, ""),
    "small print and not sure": (
        make_block(LINE, inside=("p.smallprint",), elements=(90,)), 0.97, "page.named.disclaimer",
    ),
    "a heading for screen readers": (
        make_block("Article content of the day", BlockKind.HEADING, inside=("h2.visually-hidden",), elements=(90,)),
        0.97, "page.named.hidden",
    ),
    "a byline and hardly sure": (make_block(LINE, inside=("div.entry-byline", "p"), elements=(90, 91)), 0.96, ""),
    "a byline and not sure": (
        make_block(LINE, inside=("div.entry-byline", "p"), elements=(90, 91)), 0.94, "page.named.byline",
    ),
    "in a film and hardly sure": (make_block(LINE, inside=("details.transcript", "p"), elements=(90, 91)), 0.99, ""),
    "in a film and not sure": (
        make_block(LINE, inside=("details.transcript", "p"), elements=(90, 91)), 0.97, "page.named.embed",
    ),
    "a box of facts and sure": (
        make_block(LINE, inside=("aside.fact-box", "p"), elements=(90, 91)), 0.99, "page.named.feed",
    ),
    "the heading of such a box": (make_block(LINE, inside=("p.fact-box-title",), elements=(90,)), 0.9, ""),
    "a feed and sure": (make_block(LINE, inside=("div.widget_rss", "li"), elements=(90, 91)), 0.99, "page.named.feed"),
    "hidden and hardly sure": (make_block(LINE, hidden=1.0), 0.91, ""),
    "hidden and not sure": (make_block(LINE, hidden=1.0), 0.89, "page.hidden"),
    "a control and hardly sure": (make_block(LINE, inside=("label",)), 0.96, ""),
    "a control and not sure": (make_block(LINE, inside=("label",)), 0.94, "page.tag.label"),
    "a phrase in a paragraph, hardly sure": (make_block(MAX_OFFER_WORDS), 0.76, ""),
    "a phrase in a paragraph, not sure": (make_block(MAX_OFFER_WORDS), 0.74, "phrases.en.advertisement.anywhere"),
    "a phrase in a heading, hardly likely": (make_block(MAX_OFFER_WORDS, BlockKind.HEADING, inside=("h2",)), 0.51, ""),
    "a label before an item, hardly sure": (make_block(LABELLED, BlockKind.LIST_ITEM, inside=("ul", "li")), 0.76, ""),
}  # fmt: skip


@pytest.mark.parametrize(("block", "chance", "rule"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_each_threshold_has_both_its_sides(block: Block, chance: float, rule: str) -> None:
    page = make_case(*prose(4), block, *prose()[4:], chances={block.text: chance})
    assert rule_of(page, block.text) == rule


HEARD = {
    "a quotation": make_block(LINE, BlockKind.QUOTE, inside=("blockquote", "p")),
    "a comment of the minister's": make_block(LINE, inside=("p.commentary",)),
    "a heading": heading("What the fishermen say"),
    "a line with a link in it": make_block(LINE, density=0.5),
    "a linked item": make_block(
        "The bell of the harbour master", BlockKind.LIST_ITEM, inside=("ul", "li"), density=1.0
    ),
    "a linked name": make_block("The harbour master", density=1.0),
    "brackets": make_block("(The file was never found, and nobody looked.)", density=0.3),
    "a centred line": make_block(LINE, centred=1.0),
    "a line under a picture": make_block(LINE, pictures_before=1.0),
    "a long centred line under a picture": make_block(" ".join(PROSE[:3]), centred=1.0, pictures_before=1.0),
    "square brackets": make_block("[He laughs.] The tooth was mine, of course."),
    "prices": make_block("It cost $5 in the first year and $6 in the second."),
    "a sum in the text": make_block(
        "The tide is a cos t, as every child on the quay knows.", inside=("p", "span.number")
    ),
    "a paper's class": make_block(LINE, inside=("blockquote.abstract.mathjax",)),
    "a co-author's work": make_block(LINE, inside=("div.coauthored", "p"), elements=(90, 91)),
    "boxes of authors": make_block(LINE, inside=("div.author-boxes", "p"), elements=(90, 91)),
    "an aftermath": make_block(LINE, inside=("div.aftermath", "p")),
}


@pytest.mark.parametrize("block", HEARD.values(), ids=HEARD)
def test_its_near_miss_is_heard(block: Block) -> None:
    text = block.text
    own = [make_block(f"Or so it is told: {line}") for line in PROSE] if text == " ".join(PROSE[:3]) else prose()
    assert rule_of(make_case(*own[:4], block, *own[4:]), text) == ""


def test_hidden_text_of_which_the_model_is_sure_is_heard() -> None:
    block = make_block(LINE, hidden=1.0)
    assert rule_of(make_case(*prose(4), block, *prose()[4:], chances={LINE: 0.95}), LINE) == ""
    assert rule_of(make_case(*prose(4), block, *prose()[4:], chances={LINE: 0.85}), LINE) == "page.hidden"


def test_links_mean_nothing_where_all_of_the_text_is_links() -> None:
    offers = [make_block(text, density=1.0) for text in PROSE]
    assert [text for text in PROSE if rule_of(make_case(*offers), text)] == []
    assert rule_of(make_case(*offers[:1], *prose()[1:]), PROSE[0]) == "page.pointer"


def test_a_page_that_is_filled_with_a_templates_text_is_heard() -> None:
    filled = [make_block(f"Lorem ipsum dolor sit amet. {text}") for text in PROSE]
    assert [block.text for block in filled if rule_of(make_case(*filled), block.text)] == []
    assert rule_of(make_case(*filled[:1], *prose()[1:]), filled[0].text) == "page.placeholder"


def test_a_page_in_a_noscript_is_heard_from_it() -> None:
    inside = [make_block(text, inside=("noscript", "p")) for text in PROSE]
    assert [text for text in PROSE if rule_of(make_case(*inside), text)] == []


def test_the_name_of_what_holds_the_text_means_nothing() -> None:
    inside = [make_block(text, inside=("div.author-bio", "p"), elements=(50, 51 + n)) for n, text in enumerate(PROSE)]
    assert [rule_of(make_case(*inside, chances={"": 0.8}), text) for text in PROSE] == [""] * len(PROSE)


def test_a_question_in_a_label_of_which_the_model_is_sure_is_heard() -> None:
    block = make_block(LINE, inside=("label", "p"))
    assert rule_of(make_case(*prose(4), block, *prose()[4:], chances={LINE: 0.97}), LINE) == ""


TITLES = {
    "itself below the byline": TITLE,
    "a part of it": "The tide clock",
    "in capitals": "THE TIDE CLOCK IS RIGHT AGAIN",
}


@pytest.mark.parametrize("text", TITLES.values(), ids=TITLES)
def test_the_headline_is_not_heard_again_above_the_text(text: str) -> None:
    page = make_case(make_block(text), *prose())
    assert [rule for rule in (v.rule for v in _verdicts_of(page, text) if v) if rule.startswith("page.title")]


def _verdicts_of(page: Page, text: str) -> list[Verdict | None]:
    return [verdict for known, verdict in verdicts(page).items() if known == text]


def test_a_line_with_words_of_the_headline_is_heard_in_the_text() -> None:
    line = "Right again, the clock"
    assert rule_of(make_case(*prose(4), make_block(line), *prose()[4:]), line) == ""
    assert rule_of(make_case(make_block(line), *prose()), line) == "page.title-part"


def test_what_stands_before_the_headline_is_not_heard() -> None:
    page = make_case(*prose())
    shifted = Page(page.article, page.chances, 3, -1, 4, titled=True)
    assert vetoes.veto_before_title(shifted, 2) == Verdict(Reason.NAVIGATION, "page.before-title")
    assert vetoes.veto_before_title(shifted, 3) is None


def test_the_first_rule_that_speaks_is_named() -> None:
    block = make_block("Photo: The harbour in the first light of the day", inside=("figure", "figcaption"))
    assert rule_of(make_case(*prose(4), block, *prose()[4:]), "Photo:").startswith("phrases.en.caption")


OWN_WORDS = {
    "a heading in brackets": ("The tide clock of Northmouth (Old Quay / New Quay)", BlockKind.HEADING, 0.55, ""),
    "an item in brackets": ("Oil for the wheels and a cloth (Linen / Wool)", BlockKind.LIST_ITEM, 0.6, ""),
    "an item after a label": ("Video: four hours of the clock at night", BlockKind.LIST_ITEM, 0.8, ""),
    "a sure paragraph": ("They were paid by affiliate links and a sponsored post.", BlockKind.PARAGRAPH, 0.8, ""),
    "a paragraph": (
        "They were paid by affiliate links and a sponsored post.", BlockKind.PARAGRAPH, 0.7,
        "phrases.en.advertisement.anywhere",
    ),
    "a long paragraph with its agency": (
        f"{'The clock struck and the tide went out again. ' * 5}(Ada Lind / Quay Post)", BlockKind.PARAGRAPH, 0.55, "",
    ),
    "a heading like a byline": ("Written by Chance and Tide", BlockKind.HEADING, 0.55, ""),
    "a heading like a byline, not sure": (
        "Written by Chance and Tide", BlockKind.HEADING, 0.45, "phrases.en.byline.whole",
    ),
    "a caption": (
        "The clock in the evening light (Ada Lind / Quay Post)", BlockKind.PARAGRAPH, 0.7,
        "phrases.en.caption.anywhere",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "chance", "rule"), OWN_WORDS.values(), ids=OWN_WORDS)
def test_words_inside_a_line_settle_it_only_where_the_model_is_unsure(
    text: str, kind: BlockKind, chance: float, rule: str
) -> None:
    page = make_case(*prose(4), make_block(text, kind), *prose()[4:], chances={text: chance})
    assert rule_of(page, text) == rule
