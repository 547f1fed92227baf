"""Formulas of pages, as TeX."""

import pytest
from lxml import html

import audiogen
from audiogen.model import SpanKind
from audiogen.readers.formulas import tex_of, tex_of_picture

FORMULAS = {
    "<math><mi>A</mi><annotation encoding='application/x-tex'>{\\displaystyle A}</annotation></math>": "A",
    "<math alttext='\\alpha_1'><mi>α</mi></math>": "\\alpha_1",
    "<math><msup><mi>x</mi><mn>2</mn></msup></math>": "x^{2}",
    "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>": "\\frac{a}{b}",
    "<math><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt></math>": "\\sqrt{a + b}",
    "<math><mroot><mi>a</mi><mn>3</mn></mroot></math>": "\\sqrt[3]{a}",
    "<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>": "∑_{i}^{n}",
    "<span class='MathJax'>x</span><script type='math/tex'>x^2</script>": "x^2",
    "<span><img alt='\\sqrt{x}'></span>": "\\sqrt{x}",
    "<span>nothing</span>": "",
}


@pytest.mark.parametrize("page", FORMULAS)
def test_the_tex_of_a_formula_is_found_or_made(page: str) -> None:
    element = html.fragments_fromstring(page)[0]
    assert tex_of(element) == FORMULAS[page]


def test_mathml_that_is_nested_for_ever_is_followed_only_so_far() -> None:
    element = html.fragments_fromstring("<math>" + "<msqrt>" * 200 + "<mi>x</mi>" + "</msqrt>" * 200 + "</math>")[0]
    assert len(tex_of(element)) < 500


PICTURES = {
    r'<img class="latex" alt="\beta">': r"\beta",
    '<img class="tex" alt="E=mc^2">': "E=mc^2",
    '<img class="ql-img-inline-formula" alt="Rendered by QuickLaTeX.com" title="x+1">': "x+1",
    '<img src="https://latex.codecogs.com/svg.latex?x%5E2" alt="">': "x^2",
    '<img src="https://s0.wp.com/latex.php?latex=x%2B1&bg=fff">': "x+1",
    '<img src="dog.jpg" alt="A dog">': "",
    '<img class="latex-gloves" src="gloves.jpg" alt="Gloves">': "",
}


@pytest.mark.parametrize("page", PICTURES)
def test_a_picture_of_a_formula_is_told_by_its_class_or_its_address(page: str) -> None:
    assert tex_of_picture(html.fragment_fromstring(page)) == PICTURES[page]


def formulas_in(paragraph: str) -> list[str]:
    """List the formulas of a page's paragraph, as TeX, in order."""
    page = f"<html><body><article><h1>A title</h1><p>{paragraph}</p></article></body></html>"
    return [span.value for span in audiogen.read(page).blocks[-1].spans if span.kind is SpanKind.FORMULA]


@pytest.mark.parametrize(
    "copies",
    [
        '<script type="math/tex">x+1</script>',
        '<span class="MathJax_Preview"></span><script type="math/tex">x+1</script>',
        '<span class="MathJax_Preview">x+1</span><script type="math/tex">x+1</script>',
        '<span class="MathJax_Preview"></span><span class="MathJax">x+1</span><script type="math/tex">x+1</script>',
        '<img class="latex" alt="x+1">',
    ],
    ids=["script", "empty preview", "preview", "drawn", "picture"],
)
def test_a_formula_is_taken_once_whatever_copies_a_page_has(copies: str) -> None:
    assert formulas_in(f"The value {copies} is here.") == ["x+1"]


def test_other_scripts_and_pictures_are_no_formulas() -> None:
    assert formulas_in('The value <script>x+1</script><img src="a.jpg" alt="x"> is here.') == []
