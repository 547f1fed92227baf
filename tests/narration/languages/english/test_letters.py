"""What is spelled, what is said, what is only loud."""

from __future__ import annotations

import pytest

from audiogen.narration.languages.en.letters import (
    ACRONYMS,
    PLAIN,
    SPELLED,
    pronounceable,
    say_initialism,
    say_mixed,
    spell,
    stands_for,
    unshout,
)


def test_no_acronym_is_in_two_lists() -> None:
    assert ACRONYMS.isdisjoint(SPELLED)
    assert SPELLED.isdisjoint(PLAIN)


@pytest.mark.parametrize("letters", ["FBI", "WSJ", "IAEA", "XYZQ", "HMAS", "CIBC", "ASCE", "SPDM", "UNHCR"])
def test_initialisms_are_spelled(letters: str) -> None:
    assert say_initialism(letters) == spell(letters)


@pytest.mark.parametrize("letters", ["NATO", "UNESCO", "HIMARS", "OPEC", "UNICEF", "AIDS", "ICE", "EVA"])
def test_acronyms_are_said(letters: str) -> None:
    assert say_initialism(letters) == letters


@pytest.mark.parametrize(
    ("letters", "spoken"), [("LONDON", "London"), ("WASHINGTON", "Washington"), ("NOT", "Not"), ("HUGE", "Huge")]
)
def test_loud_words_are_words(letters: str, spoken: str) -> None:
    assert say_initialism(letters) == spoken


@pytest.mark.parametrize("letters", ["UNIDO", "RADAR", "SIPRI", "EBITDA", "OSCAR", "BARD", "ARKTO", "INDRA"])
def test_an_unknown_acronym_that_reads_like_a_word_is_pronounceable(letters: str) -> None:
    assert pronounceable(letters)


@pytest.mark.parametrize("letters", ["FBI", "HMAS", "SPDM", "CIBC", "ASCE", "BBC", "QXZA", "AEIO", "RSPCA", "NVEST"])
def test_an_unknown_acronym_that_does_not_is_not(letters: str) -> None:
    assert not pronounceable(letters)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("abc", "abc"),
        ("sm", "S M"),
        ("103", "one zero three"),
        ("bbc", "B B C"),
        ("a1b2", "a one b two"),
        ("to", "to"),
        ("²", "²"),
    ],
)
def test_parts_of_addresses_are_said(text: str, spoken: str) -> None:
    assert say_mixed(text) == spoken


@pytest.mark.parametrize(
    ("headline", "quiet"),
    [
        ("FBI RAIDS HOME OF EX-MAYOR", "FBI Raids Home of Ex-Mayor"),
        ("NATO AND EU AGREE ON UKRAINE AID", "NATO And EU Agree on Ukraine Aid"),
        ("WORLD WAR II ENDS", "World War II Ends"),
        ("US STRIKES IRAN", "US Strikes Iran"),
        ("WHO IS IN CHARGE?", "Who is in Charge?"),
        ("MR. SMITH GOES TO ST. LOUIS", "Mr. Smith Goes to St. Louis"),
        ("U.S. SENATE PASSES BILL", "U.S. Senate Passes Bill"),
        ("DON'T GO", "Don't go"),
        ("FBI'S RAID ON HOME", "FBI's Raid on Home"),
    ],
)
def test_a_headline_in_capitals_is_quieted(headline: str, quiet: str) -> None:
    assert unshout(headline) == quiet
    assert len(quiet) == len(headline)


@pytest.mark.parametrize("text", ["FBI", "NATO, EU, UN", "F-16", "A", "USA 3, UK 2"])
def test_initialisms_alone_are_no_headline(text: str) -> None:
    assert unshout(text) == text


@pytest.mark.parametrize(
    ("letters", "named"),
    [
        ("WSJ", "The Wall Street Journal"),
        ("IAEA", "the International Atomic Energy Agency"),
        ("OSCE", "the Organization for Security and Co-operation in Europe"),
        ("DoD", "the Department of Defense"),
        ("FBI", "agents of the Federal Bureau of Investigation"),
    ],
)
def test_letters_stand_for_the_name_before_them(letters: str, named: str) -> None:
    assert stands_for(letters, named.split())


@pytest.mark.parametrize(
    ("letters", "named"), [("WSJ", "the newspaper"), ("FBI", "Bureau of Investigation"), ("AB", "")]
)
def test_letters_do_not_stand_for_other_words(letters: str, named: str) -> None:
    assert not stands_for(letters, named.split())


@pytest.mark.parametrize(("letters", "spoken"), [("TAM", False), ("TAMO", True)])
def test_three_letters_are_never_taken_for_a_word(letters: str, *, spoken: bool) -> None:
    assert pronounceable(letters) is spoken
