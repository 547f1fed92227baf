"""Formulas, said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.model import SpanKind, TextSpan
from audiogen.narration.data import load_table
from audiogen.narration.formulas import __file__ as module_file
from audiogen.narration.formulas import formula_edits, say_formula

SPOKEN = {
    "x^2": "x squared",
    "{\\displaystyle A}": "A",
    "10^{-4}": "10 to the minus 4",
    "\\frac{a}{b}": "a over b",
    "a/b": "a over b",
    "\\sqrt{x+1}": "the square root of x plus 1",
    "\\sqrt[3]{x}": "the cube root of x",
    "x_i": "x sub i",
    "\\alpha + \\beta": "alpha plus beta",
    "α ≤ 2π": "alpha is at most 2 pi",
    "\\sum_{i=1}^{n} x_i": "the sum from i equals 1 to n of x sub i",
    "\\int_0^1 f": "the integral from 0 to 1 of f",
    "E = mc^2": "E equals m c squared",
    "f(x)": "f of x",
    "f'(x)": "f prime of x",
    "g(x,y)": "g of x, y",
    "a(x)": "a x",
    "f(x+1)g": "f x plus 1 g",
    "\\sin x": "sine x",
    "\\cos(2x)": "cosine of 2 x",
    "n!": "n factorial",
    "\\mathrm{CO}_2": "CO sub 2",
    "\\unknowncommand{x}": "a formula",
    "x +": "x plus",
    "{x": "a formula",
    " + ".join("abcdefghijklmno"): "a formula",
    "": "a formula",
}


@pytest.mark.parametrize("tex", SPOKEN)
def test_short_formulas_are_said_and_others_named(tex: str) -> None:
    assert say_formula(tex) == SPOKEN[tex]


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("de", "a durch b"), ("fr", "a sur b"), ("es", "a sobre b"), ("it", "a fratto b"), ("pt-BR", "a sobre b"),
     ("pl", "a przez b"), ("ru", "a делить на b"), ("uk", "a поділити на b"), ("nl", "a gedeeld door b"),
     ("no", "a delt på b"), ("cs", "a lomeno b"), ("fi", "")],
)  # fmt: skip
def test_each_language_has_its_own_words(language: str, spoken: str) -> None:
    assert say_formula("\\frac{a}{b}", language) == spoken


def test_every_language_has_every_word() -> None:
    table = load_table(module_file, "formulas.toml")
    assert all(set(words) == set(table["en"]) for words in table.values())
    assert all(len(words["greek"].split()) == 24 for words in table.values())


@pytest.mark.parametrize(
    ("text", "count"),
    [("for $x^2$ is", 1), ("for \\(x\\) and \\[y\\] is", 2), ("for $n$ of them", 1), ("$$a=b$$", 1),
     ("from $5 to $6 a head", 0), ("costs $5, or $6", 0), ("a $HOME and $PATH", 0), ("one $ alone", 0)],
)  # fmt: skip
def test_formulas_between_dollars_are_told_from_prices(text: str, count: int) -> None:
    assert len(list(formula_edits(text, (), "en"))) == count


@given(st.text("ab12\\{}^_$+-/ frac sqrt", max_size=60), st.sampled_from(["en", "de", "xx"]))
def test_any_text_is_said_or_named(tex: str, language: str) -> None:
    assert isinstance(say_formula(tex, language), str)
    list(formula_edits(tex, [TextSpan(0, len(tex), SpanKind.FORMULA, tex)], language))


@pytest.mark.parametrize(
    ("text", "narrated"),
    [
        ("so $x^2$ is", "so x squared is"),
        ("so$x$ is", "so$x$ is"),
        ("see:$x^2$ is", "see: x squared is"),
        (r"so\(x\)is", "so x is"),
        (r"(\(x\)).", "(x)."),
        (r"\(x\) is", "x is"),
    ],
)
def test_a_formula_is_kept_apart_from_the_words_around_it(text: str, narrated: str) -> None:
    for edit in reversed(list(formula_edits(text, (), "en"))):
        text = text[: edit.start] + edit.narrated + text[edit.end :]
    assert text == narrated


def test_a_formula_that_is_marked_is_said_where_it_stands() -> None:
    span = TextSpan(3, 5, SpanKind.FORMULA, "x^2")
    (edit,) = formula_edits("so x2 is", (span, TextSpan(0, 2, SpanKind.NOTE)), "en")
    assert (edit.start, edit.end, edit.narrated) == (3, 5, "x squared")


NESTED = {"{" * 8 + "x" + "}" * 8: "x", "{" * 9 + "x" + "}" * 9: "a formula"}
LIMITS = {
    **NESTED,
    "": "a formula",
    "+".join("a" * 12): " plus ".join("a" * 12),
    "+".join("a" * 13): "a formula",
    "x" + " " * 239: "x",
    "x" + " " * 240: "a formula",
    "\\frac{a}": "a formula",
    "\\sqrt": "a formula",
    "{x": "a formula",
    "x^2^3": "a formula",
    "x^2_3": "x sub 3 squared",
    "x^3": "x cubed",
    "x^4": "x to the power of 4",
    "x^n": "x to the nth",
    "x^m": "x to the m",
    "5^2": "5 to the power of 2",
    "x'": "x prime",
    "x^\\prime": "x prime",
    "90^\\circ": "90 degrees",
    "\\sqrt[4]{x}": "the fourth root of x",
    "\\sqrt[n]{x}": "the n-th root of x",
    "\\sqrt[5]{x}": "the 5th root of x",
    "\\sqrt x": "the square root of x",
    "f(x)g": "f of x g",
    "f(xy)": "f x y",
    "g'(x)": "g prime of x",
    "a'(x)": "a prime x",
    "\\phi(x)": "phi x",
    "φ(x)": "phi of x",
    "\\text{if} x": "if x",
    "\\text{for all} x": "forall x",
    "\\mathbb R": "R",
    "\\sum x": "the sum of x",
    "\\prod_i x": "the product from i of x",
    "\\int\\limits_0^1 x": "the integral from 0 to 1 of x",
    "a,b": "a, b",
    "a;b": "a; b",
    "1,\\dots,n": "1, n",
    "ς": "sigma",
    "ω": "omega",
    "Ω": "omega",
    "ϕ": "phi",
    "α": "alpha",
    "ρ": "rho",
    "σ": "sigma",
    "\\varepsilon": "epsilon",
    "я": "я",
}


@pytest.mark.parametrize("tex", LIMITS)
def test_each_limit_of_a_formula_has_both_its_sides(tex: str) -> None:
    assert say_formula(tex) == LIMITS[tex]


def test_powers_of_other_languages_have_one_form() -> None:
    assert say_formula("x^4", "de") == "x hoch 4"
    assert say_formula("x^n", "de") == "x hoch n"
    assert say_formula("\\sqrt[3]{x}", "de") == "3te Wurzel aus x"
