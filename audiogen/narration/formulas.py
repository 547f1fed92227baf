r"""Reads formulas in words: TeX that a page marks, `\(…\)`, and `$…$` if it is not a price.

A small recursive-descent parser knows letters, numbers, Greek, signs, powers, indices, fractions, roots and sums. No
library fits: speech-rule-engine needs Node, and it and MathCAT (Rust; its Python binding is not on PyPI) read MathML
and no TeX; latex2mathml converts TeX to MathML and pylatexenc to plain text, neither to speech. A formula of more than
`MAX_WORDS` words, or with something that the parser does not know, is read as "a formula".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from audiogen.language.tags import list_tag
from audiogen.model import SpanKind
from audiogen.narration.data import load_table
from audiogen.narration.late import late
from audiogen.narration.narrated import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audiogen.model import TextSpan

#: Longest formula that is read, in words, and longest one that is parsed, in characters.
MAX_WORDS = 24
MAX_TEX_LENGTH = 240
#: How deep groups may be nested.
MAX_DEPTH = 8
_TEX = late(
    r"\\\((?P<round>[^\n]{1,400}?)\\\)|\\\[(?P<square>[^\n]{1,400}?)\\\]|\$\$(?P<display>[^$\n]{1,400}?)\$\$"
    r"|(?<![\w$\\])\$(?P<dollar>[^\s$](?:[^$\n]{0,200}?[^\s$\\])?)\$(?![\w$])"
)
#: What distinguishes a formula between dollar signs from two prices.
_IS_TEX = late(r"[\\^_{}]|\A[A-Za-z]\Z|\A[A-Za-z][\w\s+\-*/=<>().,|]{0,20}[=<>+][\w\s+\-*/=<>().,|]*\Z")
_TOKEN = late(r"\\[a-zA-Z]+|\\.|\d+(?:[.,]\d+)*|[^\s]")
_LETTERS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "chi",
    "psi",
    "omega",
]
_VARIANTS = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma"}
#: Commands and signs, each with the key of its word in the table.
_SIGN_WORDS = {
    "+": "plus", "-": "minus", "−": "minus", "–": "minus", "±": "plus_minus", "pm": "plus_minus", "×": "times",
    "times": "times", "cdot": "times", "·": "times", "⋅": "times", "*": "times", "∗": "times", "÷": "divided",
    "div": "divided", "/": "over", "=": "equals", "≠": "unequal", "ne": "unequal", "neq": "unequal", "≈": "about",
    "approx": "about", "sim": "about", "simeq": "about", "∼": "about", "<": "less", "lt": "less", ">": "greater",
    "gt": "greater", "≤": "at_most", "le": "at_most", "leq": "at_most", "leqslant": "at_most", "≥": "at_least",
    "ge": "at_least", "geq": "at_least", "geqslant": "at_least", "infty": "infinity", "∞": "infinity", "'": "prime",
    "′": "prime", "prime": "prime", "!": "factorial", "%": "percent", "circ": "degrees", "°": "degrees", "∘": "degrees",
    "in": "in", "∈": "in", "to": "arrow", "rightarrow": "arrow", "→": "arrow",
}  # fmt: skip
_OPERATORS = {"sum": "sum", "∑": "sum", "prod": "product", "∏": "product", "int": "integral", "∫": "integral"}
_PRIMES = frozenset("'′")
#: Letters that stand for functions where a bracket with one variable follows.
_FUNCTION_LETTERS = frozenset("fghFGHPφψϕ")
#: Names of functions; the table `functions` of a language may have other words for them.
_FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "log",
        "ln",
        "exp",
        "lim",
        "max",
        "min",
        "det",
        "gcd",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
    ]
)
#: Layout commands: only their argument is read.
_LAYOUT = frozenset(
    [
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "limits",
        "nolimits",
        "left",
        "right",
        "big",
        "Big",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathbb",
        "mathcal",
        "mathfrak",
        "boldsymbol",
        "bm",
        "text",
        "textrm",
        "textit",
        "textbf",
        "operatorname",
        "rm",
        "bf",
        "it",
        "quad",
        "qquad",
        "hat",
        "bar",
        "vec",
        "tilde",
        "overline",
        "underline",
        "mathop",
        "mathopen",
        "mathclose",
        "mathord",
        "mathbin",
        "mathrel",
    ]
)
_SPACES = frozenset({"\\,", "\\;", "\\:", "\\!", "\\ ", "~", "&", "\u2061", "\u2062", "\u2063", "\u2064"})
_BRACKETS = frozenset("()[]|{}")
_MARKS = frozenset(",.;:")


def formula_edits(text: str, spans: Sequence[TextSpan], language: str) -> Iterator[Edit]:
    """Yield an edit for each formula of a block's *text*, marked by the page or written in TeX, with its words."""
    for span in spans:
        if span.kind is SpanKind.FORMULA:
            yield _edit(text, span.start, span.end, span.value, language)
    if "\\" in text or text.count("$") > 1:
        for found in _TEX.finditer(text):
            tex = found[found.lastgroup or 0]
            if found.lastgroup != "dollar" or _IS_TEX.search(tex):
                yield _edit(text, found.start(), found.end(), tex, language)


def _edit(text: str, start: int, end: int, tex: str, language: str) -> Edit:
    """Return the edit that replaces a range by the words of a formula, with spaces to the words around it."""
    spoken = say_formula(tex, language)
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    spoken = f" {spoken}" if before.isalnum() or before in tuple(".,;:!?)") else spoken
    return Edit(start, end, f"{spoken} " if after.isalnum() else spoken)


@cache
def _words(language: str) -> Mapping[str, str] | None:
    """Return the words of formulas in *language*; None if there are none."""
    table: Mapping[str, str] | None = load_table(__file__, "formulas.toml").get(list_tag(language))
    return table


def say_formula(tex: str, language: str = "en") -> str:
    r"""Return a TeX formula in words; "a formula" if it is too long or not understood; "" for unknown languages.

    >>> say_formula("x^2"), say_formula(r"\frac{a}{b}"), say_formula("10^{-4}")
    ('x squared', 'a over b', '10 to the minus 4')
    """
    words = _words(language)
    if words is None:
        return ""
    if not 0 < len(tex) <= MAX_TEX_LENGTH:
        return words["formula"]
    spoken = _FormulaReader(_TOKEN.findall(tex), words).all()
    return words["formula"] if spoken is None or not 0 < len(spoken.split()) <= MAX_WORDS else spoken


class _UnsayableError(Exception):
    """A formula has something that the parser does not know."""


class _FormulaReader:
    """A parser of the tokens of one formula. Its methods consume tokens and return their words."""

    def __init__(self, tokens: list[str], words: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.words = words
        self.position = 0
        self.greek = dict(zip(_LETTERS, words["greek"].split(), strict=True))

    def all(self) -> str | None:
        """Return the words of the whole formula; None if something in it is unknown."""
        try:
            spoken = self._sequence("", 0)
        except _UnsayableError:
            return None
        spoken = re.sub(r"\s+(?=[,.;:])", "", " ".join(spoken.split()))
        return re.sub(r",{2,}", ",", spoken)  # "1, …, n"

    def _next(self) -> str:
        """Return the next token without consuming it; "" at the end."""
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def _sequence(self, end: str, depth: int) -> str:
        """Return the words up to the token *end*, which is consumed, too."""
        if depth > MAX_DEPTH:
            raise _UnsayableError
        parts: list[str] = []
        while (token := self._next()) != end:
            if not token:
                raise _UnsayableError
            parts.append(self._with_scripts(self._atom(depth), depth))
            if parts[-1] and self._next() == "(" and self._is_function(token):
                parts.append(self.words["of"])
        self.position += 1
        return " ".join(filter(None, parts))

    def _is_function(self, token: str) -> bool:
        """Return whether a bracket after *token* is an argument, as in "f(x)", "f'(x)" or "sin(x)", not a factor."""
        before = self.tokens[self.position - 2] if token in _PRIMES and self.position > 1 else token
        name = before.removeprefix("\\")
        if name not in _FUNCTION_LETTERS and name not in _FUNCTIONS:
            return False
        return self.tokens[self.position + 2 : self.position + 3] in ([")"], [","]) or name in _FUNCTIONS

    def _argument(self, depth: int) -> str:
        """Return the words of the next argument."""
        if not self._next():
            raise _UnsayableError
        return self._atom(depth + 1)

    def _atom(self, depth: int) -> str:
        """Return the words of one token, group or command with its arguments, without its powers and indices."""
        token = self._next()
        self.position += 1
        if token == "{":
            return self._sequence("}", depth + 1)
        name = token[1:] if token[0] == "\\" and token[1:].isalpha() else token
        if token in _SPACES or token in _BRACKETS or token in {"\\{", "\\}", "\\|"} or name in _LAYOUT:
            return self._text(depth) if name in {"text", "textrm", "mathrm", "operatorname"} else ""
        if name in _OPERATORS:
            return self._operator(name, depth)
        if name in {"frac", "dfrac", "tfrac"}:
            over, under = self._argument(depth), self._argument(depth)
            return f"{over} {self.words['over']} {under}"
        if name in {"sqrt", "√"}:
            return self._root(depth)
        return self._sign(token, name)

    def _sign(self, token: str, name: str) -> str:
        """Return the word of a sign, letter, number or function; *name* is *token* without a leading backslash."""
        name = name.removeprefix("\\")
        if name in _SIGN_WORDS and (len(name) == 1 or token[0] == "\\"):
            return self.words[_SIGN_WORDS[name]]
        letter = _VARIANTS.get(name, name).lower()
        if letter in self.greek and token[0] == "\\":
            return self.greek[letter]
        if len(name) == 1 and (greek := _greek_name(name)):
            return self.greek[greek]
        if token[0] == "\\" and name in _FUNCTIONS:
            return self.words.get(name, name)
        if token[0] == "\\" and name in {"dots", "ldots", "cdots"}:
            return ", "
        if token[0].isdigit() or (token[0] != "\\" and (token.isalnum() or token in _MARKS)):
            return token
        raise _UnsayableError

    def _text(self, depth: int) -> str:
        """Return the argument of a text command, single letters joined to words."""
        if self._next() != "{":
            return ""
        self.position += 1
        spoken = self._sequence("}", depth + 1)
        return "".join(spoken.split()) if all(len(part) == 1 and part.isalpha() for part in spoken.split()) else spoken

    def _root(self, depth: int) -> str:
        """Return the words of a root with its degree."""
        if self._next() != "[":
            return f"{self.words['root']} {self._argument(depth)}"
        self.position += 1
        degree = self._sequence("]", depth + 1)
        return f"{self.words['root_of'].replace('#', _ordinal(degree, self.words))} {self._argument(depth)}"

    def _scripts(self, depth: int) -> dict[str, str]:
        """Return the words of the next power and index, by their signs "^" and "_"."""
        scripts: dict[str, str] = {}
        while (sign := self._next()) in ("^", "_", "\\limits"):
            self.position += 1
            if sign != "\\limits":
                if sign in scripts:
                    raise _UnsayableError
                scripts[sign] = self._argument(depth)
        return scripts

    def _operator(self, name: str, depth: int) -> str:
        """Return the words of a sum, product or integral with its limits."""
        scripts = self._scripts(depth)
        spoken = self.words[_OPERATORS[name]]
        if "_" in scripts:
            spoken += f" {self.words['from']} {scripts['_']}"
        if "^" in scripts:
            spoken += f" {self.words['to']} {scripts['^']}"
        return f"{spoken} {self.words['of']}"

    def _with_scripts(self, base: str, depth: int) -> str:
        """Return the words of *base* with the index and the power that follow."""
        scripts = self._scripts(depth)
        spoken = f"{base} {self.words['index']} {scripts['_']}" if "_" in scripts else base
        if "^" not in scripts:
            return spoken
        over = scripts["^"]
        if over in (self.words["prime"], self.words["degrees"]):
            return f"{spoken} {over}"
        if over in ("2", "3") and not base.isdigit():
            return f"{spoken} {self.words['squared' if over == '2' else 'cubed']}"
        if self.words is _words("en") and (over.isdigit() or over == "n"):
            return f"{spoken} to the {over}th" if over == "n" else f"{spoken} to the power of {over}"
        return f"{spoken} {self.words['power']} {over}"


def _ordinal(degree: str, words: Mapping[str, str]) -> str:
    """Return the ordinal of a root's degree."""
    if words is _words("en"):
        return {"3": "cube", "4": "fourth", "n": "n-th"}.get(degree, f"{degree}th")
    return degree


def _greek_name(letter: str) -> str:
    """Return the name of a Greek letter by its code point; "" for any other character."""
    code = ord(letter.lower()) - ord("α")
    if letter in "ςϵϑϕϱ":
        return {"ς": "sigma", "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho"}[letter]
    if not 0 <= code <= 24 or code == 17:
        return ""
    return _LETTERS[code - (code > 17)]
