"""Telephone numbers, and others that are said digit by digit."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("(555) 123-4567", "five five five, one two three, four five six seven"),
    ("555-123-4567", "five five five, one two three, four five six seven"),
    ("555.123.4567", "five five five, one two three, four five six seven"),
    ("1-800-273-8255", "one, eight hundred, two seven three, eight two five five"),
    ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
    ("+1-212-621-1500", "plus one, two one two, six two one, one five zero zero"),
    ("0800 123 456", "zero eight zero zero, one two three, four five six"),
    ("020 7946 0958", "zero two zero, seven nine four six, zero nine five eight"),
    ("call 555-9875", "call five five five, nine eight seven five"),
    ("555-6482", "five five five, six four eight two"),
    ("300-5000", "three hundred to five thousand"),
    ("911", "nine one one"),
    ("call 988", "call nine eight eight"),
    ("911 calls", "nine one one calls"),
    ("a Porsche 911", "a Porsche nine eleven"),
    ("the 911 is fast", "the nine one one is fast"),
    ("111-11-1111", "one one one, one one, one one one one"),
    ("192.168.0.1", "one nine two dot one six eight dot zero dot one"),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("Zip code 90210 is famous.", "Zip code nine zero two one zero is famous."),
    ("The area is 300 acres.", "The area is three hundred acres."),
    ("The area code is 212.", "The area code is two one two."),
    ("ISBN 0-306-40615-X is old.", "I S B N zero three zero six four zero six one five X is old."),
    ("Their PIN code was 1234.", "Their PIN code was one two three four."),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("zip 90210", "zip nine zero two one zero"),
    ("the zip is 90210", "the zip is nine zero two one zero"),
    ("+44 20 79", "plus forty-four twenty seventy-nine"),
    ("+44 20 7946", "plus four four, two zero, seven nine four six"),
    ("code 90210", "code ninety thousand two hundred ten"),
    ("in 90210", "in ninety thousand two hundred ten"),
    ("dial 311", "dial three one one"),
    ("the 311 line", "the three hundred eleven line"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *NEAR, *FORMS])
def test_a_telephone_number_is_said_digit_by_digit(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
