"""Pounds, shillings and pence."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

KINDS = cases(
    ("1s 1d", "one shilling and one penny"),
    ("1s 2d", "one shilling and twopence"),
    ("1s 3d", "one shilling and threepence"),
    ("4s 4d", "four shillings and fourpence"),
    ("4s 5d", "four shillings and fivepence"),
    ("11s 11d", "eleven shillings and elevenpence"),
    ("1s 12d", "one shilling and twelve pence"),
    ("1s 1½d", "one shilling and one penny halfpenny"),
    ("1s 2½d", "one shilling and two pence halfpenny"),
    ("£1 1s", "one pound and one shilling"),
    ("£2 1s", "two pounds and one shilling"),
    ("£1 1s 1d", "one pound, one shilling and one penny"),
    ("£2 0s 6d", "two pounds and sixpence"),
    ("£5 10s 4d", "five pounds, ten shillings and fourpence"),
    ("10s 6d", "ten shillings and sixpence"),
    ("5s", "fives"),
    ("£0 0s 0d", "zero pounds"),
    ("He paid 10s 6d. It was old.", "He paid ten shillings and sixpence. It was old."),
)


@pytest.mark.parametrize(("written", "spoken"), KINDS)
def test_old_money_is_said_as_it_was(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
