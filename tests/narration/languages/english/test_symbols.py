"""Symbols: said, heard as a pause, or passed over."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("A & B", "A and B"),
    ("a + b = c", "a plus b equals c"),
    ("1+1", "one plus one"),
    ("5 * 3", "five times three"),
    ("x < y", "x less than y"),
    ("50% & more", "fifty percent and more"),
    ("Disney+", "Disney plus"),
    ("C++", "C plus plus"),
    ("LGBTQ+", "L G B T Q plus"),
    ("a@b", "a at b"),
    ("either/or", "either or"),
    ("and/or", "and or"),
    ("he/she", "he or she"),
    ("5 → 6", "five to six"),
    ("Apple™", "Apple"),
    ("© 2024 Us", "twenty twenty-four Us"),
    ("fast⚡", "fast"),
    ("Great 🎉 news", "Great news"),
    ("word*", "word"),
    ("said.[1]", "said."),
    ("said.¹", "said."),
    ("m²", "square meters"),
    ("10⁶", "ten to the power of six"),
    ("x²", "x squared"),
    ("CO₂", "C O two"),
    ("½ of", "one half of"),
    ("“quoted”", '"quoted"'),
    ("it’s", "it's"),
    ("‘single’", "'single'"),
    ("yes—no", "yes, no"),
    ("yes – no", "yes, no"),
    ("yes -- no", "yes, no"),
    ("yes - no", "yes, no"),
    ("well-known", "well-known"),
    ("(brackets)", "brackets"),
    ("He left (late).", "He left, late."),
    ("He (late) left", "He, late, left"),
    ("(He left.)", "He left."),
    ("[sic]", "sic"),
    ("Wait…", "Wait..."),
    ("Wait... what", "Wait... what"),
    ("• item", "item"),
    ("snake_case", "snake case"),
    ("100°", "one hundred degrees"),
    ("#5", "number five"),
    ("# 5", "number five"),
    ("№ 5", "number five"),
    ("ﬁne", "fine"),
    ("ＡＢＣ", "A B C"),
    ("e\u200be", "ee"),
    ("naïve café", "naïve café"),
    ("Łódź", "Łódź"),
    ("drôle", "drôle"),
    ("Opening hours #", "Opening hours"),
    ("a tune in F# and a #2 pencil", "a tune in F sharp and a number two pencil"),
    ('"[T]hey want[ed] peace," she said.', '"They wanted peace," she said.'),
    ("the plan[s] and [n]o more", "the plans and no more"),
    ("The [town] council met.[2]", "The, town, council met."),
    ("We waited . . . and left. . . .", "We waited... and left..."),
)

#: In the middle of the news.
SENTENCES = cases(
    ("Profit rose 5% → 8%.", "Profit rose five percent to eight percent."),
    ("Salt & pepper were out.", "Salt and pepper were out."),
    ("He said — quietly — no.", "He said, quietly, no."),
    ("Norhaven, D.C. — The mayor left.", "Norhaven, D C, The mayor left."),
    ("It ended. — The mayor left.", "It ended. The mayor left."),
    ("The plan (a draft) leaked.", "The plan, a draft, leaked."),
    ("The man [Poe] left.", "The man, Poe, left."),
    ("Wait… what?", "Wait... what?"),
    ("“It’s over,” she said.", '"It\'s over," she said.'),
    ("It rose ~5%.", "It rose about five percent."),
    ("Add 1 + 1 = 2.", "Add one plus one equals two."),
    ("The ≥ 5 rule stands.", "The at least five rule stands."),
    ("Temperatures of ±2°C are fine.", "Temperatures of plus or minus two degrees Celsius are fine."),
    ("He and/or she may come.", "He and or she may come."),
    ("It's 50% off.", "It's fifty percent off."),
    ("Mix A/B tests.", "Mix A B tests."),
    ("It was great 😀.", "It was great."),
    ("The claim is false.[12]", "The claim is false."),
    ("They w/o tickets left.", "They without tickets left."),
    ("£ and $ both fell.", "pounds and dollars both fell."),
    ("x² grows.", "x squared grows."),
    ("10⁶ is a million.", "ten to the power of six is a million."),
    ("FIRE KILLS THREE IN OHIO", "Fire Kills Three in Ohio"),
)


#: Brackets, dashes and dots are pauses; bullets are nothing.
FUNCTIONS_AND_TAGS = cases(
    ("f(x) and f'(x)", "f of x and f prime of x"),
    ("g(x, y)", "g of x, y"),
    ("y = sin(2x)", "y equals sine of two x"),
    ("cos x", "cosine x"),
    ("ln x", "natural log x"),
    ("your log(s)", "your log, s"),
    ("the sin of pride", "the sin of pride"),
    ("item (a)", "item, a"),
    ("Write <b> here", "Write b here"),
    ("see </p> there", "see p there"),
    ("a < b", "a less than b"),
)
PAUSES = cases(
    ("The plan – a bold one – failed.", "The plan, a bold one, failed."),
    ("The plan--a bold one--failed.", "The plan, a bold one, failed."),
    ("The plan - a bold one - failed.", "The plan, a bold one, failed."),
    ("He (the mayor) left.", "He, the mayor, left."),
    ("He left (at last).", "He left, at last."),
    ('"It [the law] is old."', '"It, the law, is old."'),
    ("A well-known, so-called expert.", "A well-known, so-called expert."),
    ("New York–London flights are up.", "New York, London flights are up."),
    ("The Smith–Jones paper is out.", "The Smith, Jones paper is out."),
    ("A 10–12 win.", "A ten to twelve win."),
    ('He said: "Go."', 'He said: "Go."'),
    ("Why…?", "Why...?"),
    ("Well . . . no.", "Well... no."),
    ("• First point", "First point"),
    ("– Second point", "Second point"),
    ("* Third point", "Third point"),
    ("→ Fourth point", "Fourth point"),
    ("1. First", "one. First"),
    ("1) First", "one, First"),
    ("(a) First", "a, First"),
)


#: Odd Unicode is said as what it looks like.
ODD = cases(
    ("It’s 5 °C.", "It's five degrees Celsius."),
    ("5 km away", "five kilometers away"),
    ("The ﬁrst ﬂoor", "The first floor"),
    ("H₂O and CO₂", "H two O and C O two"),
    ("½ cup", "one half cup"),
    ("Ⅳ. The war", "four. The war"),
    ("１２ men", "twelve men"),
    ("“Yes”—she said", '"Yes", she said'),
    ("The Ł5 coin", "The Ł five coin"),
    ("5‰", "five per mille"),
    ("25 ℃", "twenty-five degrees Celsius"),
    ("a × b", "a times b"),
    ("5 ÷ 2", "five divided by two"),
    ("√2", "the square root of two"),
    ("≈5", "about five"),
    ("≤ 10", "at most ten"),
    ("100 €", "one hundred euros"),
    ("€100", "one hundred euros"),
    ("100€", "one hundred euros"),
    ("5 %", "five percent"),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("→ Read on", "Read on"),
    ("end.² Next", "end. Next"),
    ("word² next", "word next"),
    ("ab² next", "ab squared next"),
    ("sin(2x)", "sine of two x"),
    ("sin 2x", "sine two x"),
    ("f''(x)", "f prime prime of x"),
    ("g(3)", "g of three"),
    ("h(x, y)", "h of x, y"),
    ("log(x)", "log of x"),
    ("5E-3", "five times ten to the power of minus three"),
    ("5E3", "five E three"),
    ("5.0E3", "five point zero times ten to the power of three"),
    ("-3.2e-8", "minus three point two times ten to the power of minus eight"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *FORMS, *SENTENCES, *PAUSES, *ODD, *FUNCTIONS_AND_TAGS])
def test_a_symbol_is_said_or_passed_over(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
