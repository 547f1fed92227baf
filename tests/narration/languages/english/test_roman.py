"""Roman numerals where they are numerals, and letters where they are letters."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("World War II", "World War two"),
    ("World War I", "World War one"),
    ("Charles III", "Charles the third"),
    ("King Charles III's", "King Charles the third's"),
    ("Queen Elizabeth II", "Queen Elizabeth the second"),
    ("Elizabeth I", "Elizabeth the first"),
    ("King Charles I", "King Charles the first"),
    ("the Charles I knew", "the Charles I knew"),
    ("Henry VIII", "Henry the eighth"),
    ("Louis XIV", "Louis the fourteenth"),
    ("John Paul II", "John Paul the second"),
    ("Benedict XVI", "Benedict the sixteenth"),
    ("Pope Leo XIV", "Pope Leo the fourteenth"),
    ("Super Bowl LVIII", "Super Bowl fifty-eight"),
    ("Robert Griffin III", "Robert Griffin the third"),
    ("Chapter IV", "Chapter four"),
    ("chapter IV", "chapter four"),
    ("Act IV, Scene iii", "Act four, Scene three"),
    ("Type II", "Type two"),
    ("type II diabetes", "type two diabetes"),
    ("Phase III", "Phase three"),
    ("Article V", "Article five"),
    ("Part I", "Part one"),
    ("Rocky IV", "Rocky four"),
    ("Malcolm X", "Malcolm X"),
    ("I", "I"),
    ("I am", "I am"),
    ("V for victory", "V for victory"),
    ("vitamin C", "vitamin C"),
    ("Vitamin D", "Vitamin D"),
    ("MIX", "Mix"),
    ("IV", "four"),
    ("IV drip", "I V drip"),
    ("CD", "C D"),
    ("Artemis II", "Artemis two"),
    ("Mark IV", "Mark four"),
    ("Plan A", "Plan A"),
    ('"No. I won\'t," she said.', '"No. I won\'t," she said.'),
    ('"Of course not, no. I\'m staying."', '"Of course not, no. I\'m staying."'),
    ("Act I, Part I", "Act one, Part one"),
    ("a Model X and a Series X", "a Model X and a Series X"),
    ("Series II and Model V", "Series two and Model V"),
    ("Factor V and a Class V felony", "Factor five and a Class five felony"),
)

#: In the middle of the news.
SENTENCES = cases(
    ("James VI and I united the crowns.", "James the sixth and first united the crowns."),
    ("King Charles III opened the session.", "King Charles the third opened the session."),
    ("Queen Elizabeth II's reign was long.", "Queen Elizabeth the second's reign was long."),
    ("Pope Leo XIV spoke from the balcony.", "Pope Leo the fourteenth spoke from the balcony."),
    ("Both Henry VII and VIII are shown.", "Both Henry the seventh and eighth are shown."),
    (
        "Louis XIV and Louis XVI are not the same man.",
        "Louis the fourteenth and Louis the sixteenth are not the same man.",
    ),
    ("World War I ended in 1918.", "World War one ended in nineteen eighteen."),
    ("World War II began in 1939.", "World War two began in nineteen thirty-nine."),
    ("Between World Wars I and II, trade fell.", "Between World Wars one and two, trade fell."),
    ("Super Bowl LVIII went to overtime.", "Super Bowl fifty-eight went to overtime."),
    ("Chapter IV is the longest.", "Chapter four is the longest."),
    ("Apollo XI landed in July.", "Apollo eleven landed in July."),
    ("He played Rocky IV twice.", "He played Rocky four twice."),
    ("Type II diabetes is common.", "Type two diabetes is common."),
    ("Nicholas II was the last tsar.", "Nicholas the second was the last tsar."),
    ("The XXXIII Olympiad began in Paris.", "The thirty-third Olympiad began in Paris."),
    ("Title IX protects students.", "Title nine protects students."),
    ("Article V was invoked.", "Article five was invoked."),
    (
        "George H.W. Bush and Richard III have little in common.",
        "George H W Bush and Richard the third have little in common.",
    ),
    ("Martin Luther King III marched.", "Martin Luther King the third marched."),
    ("Malcolm X was killed in 1965.", "Malcolm X was killed in nineteen sixty-five."),
    ("William IV and I share a birthday.", "William the fourth and I share a birthday."),
    ("Part III follows.", "Part three follows."),
    ("Vatican II changed the liturgy.", "Vatican two changed the liturgy."),
    ("Final Fantasy VII sold out.", "Final Fantasy seven sold out."),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("James I and VI is odd.", "James the first and sixth is odd."),
    ("Parts I and II are out.", "Parts one and two are out."),
    ("The parts I saw were good.", "The parts I saw were good."),
    ("The books I bought are here.", "The books I bought are here."),
    ("XVIII Airborne Corps moved.", "eighteenth Airborne Corps moved."),
    ("The XIX Century ended.", "The nineteenth Century ended."),
    ("IV. The war", "four. The war"),
    ("World War III is feared.", "World War three is feared."),
    ("Chapters II and IV are long.", "Chapters two and four are long."),
    ("Charles I and II reigned.", "Charles the first and second reigned."),
    ("Henry and I left.", "Henry and I left."),
    ("King James VI and I wrote it.", "King James the sixth and first wrote it."),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("They said that Robert Griffin III came", "They said that Robert Griffin the third came"),
    ("They said that old Rocky III came", "They said that old Rocky three came"),
    ("the R5 II came", "the R five two came"),
    ("King Charles I, who", "King Charles the first, who"),
    ("Elizabeth I was", "Elizabeth I was"),
    ("Charles I did", "Charles I did"),
    ("Elizabeth I.", "Elizabeth the first."),
    ("George V came", "George the fifth came"),
    ("Malcolm X came", "Malcolm X came"),
    ("Charles X came", "Charles X came"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *NEAR, *FORMS, *SENTENCES])
def test_a_roman_numeral_is_said_where_it_is_one(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
