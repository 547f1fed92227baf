"""Formulas of pages, as TeX."""

import pytest
from lxml import html

from audiogen.readers.formulas import tex_of

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
