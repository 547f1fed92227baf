"""The word lists of English are well formed, and every entry of them is heard as it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen import normalize
from audiogen.narration.data import load_table
from audiogen.narration.languages.en import (  # fmt: skip
    clock,
    dates,
    designations,
    letters,
    measures,
    money,
    places,
    roman,
    scripture,
    symbols,
    titles,
)
from audiogen.narration.languages.en.parts import NEVER_FINAL, SOMETIMES_FINAL, SPEECH_VERBS, STARTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(measures.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
#: What may be said: letters, and the marks inside words.
SAYABLE = re.compile(r"[^\W\d_]+(?:[ '-]+[^\W\d_]+)*")


def lists(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a data file with its key."""
    for key, value in load_table(str(file), file.name).items():
        for name, text in value.items() if isinstance(value, dict) else [(key, value)]:
            yield f"{key}.{name}", text


def pairs_of(file: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the lists of "form = said" lines."""
    for key, text in lists(file):
        if " = " in text:
            yield (
                key,
                [(form, spoken) for form, _, spoken in (line.rpartition(" = ") for line in text.strip().split("\n"))],
            )


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_no_list_has_an_entry_twice(file: Path) -> None:
    for key, text in lists(file):
        entries = [line.rpartition(" = ")[0] for line in text.strip().split("\n")] if " = " in text else text.split()
        if ";" not in text:
            assert [entry for entry, times in Counter(entries).items() if times > 1] == [], key


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_every_line_of_pairs_has_a_form_and_what_is_said(file: Path) -> None:
    for key, pairs in pairs_of(file):
        assert [form for form, spoken in pairs if not form.strip() or not spoken.strip()] == [], key


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_no_file_has_trailing_space_or_tabs(file: Path) -> None:
    odd = [line for line in file.read_text(encoding="utf-8").split("\n") if "\t" in line]
    assert odd == []


def test_every_unit_has_a_singular_and_a_plural() -> None:
    assert [form for form, names in measures.UNITS.items() if len(names) != 2 or not all(names)] == []


def test_every_currency_has_one_many_and_its_hundredth() -> None:
    assert [form for form, names in (money.SIGNS | money.CODES).items() if len(names) != 4 or not all(names[:2])] == []


def test_codes_of_currencies_are_three_capitals() -> None:
    assert [code for code in money.CODES if not re.fullmatch("[A-Z]{3}", code)] == []


def test_codes_of_states_are_two_capitals() -> None:
    assert [code for code in places.POSTAL if not re.fullmatch("[A-Z]{2}", code)] == []
    assert len(set(places.POSTAL.values())) == len(places.POSTAL) == 62


def test_there_are_twelve_months_and_seven_days() -> None:
    assert len(dates.NAMES) == len(set(dates.MONTHS.values())) == 12
    assert len(set(dates.WEEKDAYS.values())) == 7


@pytest.mark.parametrize(
    "spoken",
    [
        pytest.param([name for names in measures.UNITS.values() for name in names], id="units"),
        pytest.param(list(measures.PER.values()), id="per"),
        pytest.param([name for names in money.SIGNS.values() for name in names if name.strip()], id="signs"),
        pytest.param([name for names in money.CODES.values() for name in names if name.strip()], id="codes"),
        pytest.param(list(places.STATES.values()), id="states"),
        pytest.param(list(places.PARTIES.values()), id="parties"),
        pytest.param(list(places.STREETS.values()), id="streets"),
        pytest.param(list(titles.TITLES.values()), id="titles"),
        pytest.param(list(titles.WORDS.values()), id="abbreviations"),
        pytest.param(list(titles.SHORT.values()), id="british titles"),
        pytest.param(list(titles.COUNTED.values()), id="before a number"),
        pytest.param(list(letters.OTHER.values()), id="initialisms"),
        pytest.param(list(symbols.GREEK.values()), id="greek"),
        pytest.param(list(scripture.BOOKS.values()), id="books"),
        pytest.param(list(clock.ZONES.values()), id="zones"),
    ],
)
def test_what_is_said_is_words(spoken: list[str]) -> None:
    assert [name for name in spoken if not SAYABLE.fullmatch(name)] == []


def test_an_initialism_is_either_said_or_spelled_or_plain() -> None:
    assert not letters.ACRONYMS & letters.SPELLED
    assert not letters.ACRONYMS & letters.PLAIN
    assert not letters.SPELLED & letters.PLAIN


def test_words_that_open_sentences_are_no_abbreviations() -> None:
    assert not STARTERS & (NEVER_FINAL | SOMETIMES_FINAL)
    assert not NEVER_FINAL & SOMETIMES_FINAL
    assert all(word[0].isupper() for word in STARTERS)
    assert all(word.islower() for word in SPEECH_VERBS)


def heard(written: dict[str, str]) -> dict[str, str]:
    """Say each of *written*, and keep those that are not said as expected, with what was heard."""
    return {text: normalize(text) for text, spoken in written.items() if normalize(text) != spoken}


def test_every_title_is_said_before_a_name() -> None:
    assert heard({f"{form} Hale spoke.": f"{spoken} Hale spoke." for form, spoken in titles.TITLES.items()}) == {}


def test_every_british_title_is_said_before_a_name() -> None:
    assert (
        heard({f"Then {form} Hale spoke.": f"Then {spoken} Hale spoke." for form, spoken in titles.SHORT.items()}) == {}
    )


#: They are said only behind a firm's or a person's name, or between two names.
_BESIDE_NAMES = {"Bros", "vs", "vs.", "est."}


def test_every_abbreviation_is_said() -> None:
    forms = {form: spoken for form, spoken in titles.WORDS.items() if form not in _BESIDE_NAMES}
    assert heard({f"It was {form} the best.": f"It was {spoken} the best." for form, spoken in forms.items()}) == {}


def test_every_word_before_a_number_is_said() -> None:
    numbered = {form: spoken for form, spoken in titles.COUNTED.items() if form not in ("c.", "p.", "s.")}
    assert heard({f"See {form} 7 here.": f"See {spoken} seven here." for form, spoken in numbered.items()}) == {}


def test_every_state_is_said_behind_a_town() -> None:
    forms = places.POSTAL | places.ABBREVIATED
    assert (
        heard({f"He is from Aston, {form}, now.": f"He is from Aston, {name}, now." for form, name in forms.items()})
        == {}
    )


def test_every_state_is_said_behind_a_party() -> None:
    spoken = {
        f"Sen. Hale (R-{form}) left.": f"Senator Hale, Republican of {name}, left."
        for form, name in places.STATES.items()
    }
    assert heard(spoken) == {}


def test_every_party_is_said() -> None:
    parties = places.PARTIES.items()
    assert (
        heard({f"Sen. Hale ({form}-Ohio) left.": f"Senator Hale, {spoken} of Ohio, left." for form, spoken in parties})
        == {}
    )


def test_every_street_is_said_behind_its_name_and_number() -> None:
    streets = places.STREETS.items()
    assert (
        heard({f"He lives at 12 Elm {form}. now": f"He lives at twelve Elm {spoken} now" for form, spoken in streets})
        == {}
    )


def test_every_month_is_said_with_its_day() -> None:
    months = {f"On {form.title()} 7 it rained.": f"On {name} seventh it rained." for form, name in dates.MONTHS.items()}
    days = {
        f"On 7 {form.title()} it rained.": f"On the seventh of {name} it rained." for form, name in dates.MONTHS.items()
    }
    assert heard(months | days) == {}


def test_every_weekday_is_said_before_a_date() -> None:
    days = dates.WEEKDAYS.items()
    assert (
        heard({f"On {form.title()}, Jan. 7, he left.": f"On {name}, January seventh, he left." for form, name in days})
        == {}
    )


def test_every_zone_is_said_behind_a_time() -> None:
    zones = clock.ZONES.items()
    assert heard({f"At 7 p.m. {form} he left.": f"At seven P M {spoken} he left." for form, spoken in zones}) == {}


#: These stand behind their sum; "COP7" may be the seventh conference of the parties.
_BEHIND = {"zł", "Kč", "kr", "COP"}


def test_every_sign_and_code_is_said_before_a_sum() -> None:
    leading = {form: names for form, names in (money.SIGNS | money.CODES).items() if form not in _BEHIND}
    assert heard({f"It cost {form}7 now.": f"It cost seven {names[1]} now." for form, names in leading.items()}) == {}


def test_every_code_is_said_behind_a_sum() -> None:
    codes = money.CODES.items()
    assert heard({f"It cost 1 {code} now.": f"It cost one {names[0]} now." for code, names in codes}) == {}


def test_every_magnitude_is_said_behind_a_sum() -> None:
    sizes = money.MAGNITUDES.items()
    assert (
        heard({f"They paid $7 {form} for it.": f"They paid seven {spoken} dollars for it." for form, spoken in sizes})
        == {}
    )


#: "in" is a word, seconds and points want a figure that shows them, and what is per cent has no plural.
_NOT_ALONE = {"in", "in.", "s", "t", "l", "L", "V", "W", "J", "m", "pc", "pp", "cal", "AU", "C", "F"}


def test_every_unit_is_said_behind_its_number() -> None:
    units = {form: names[1] for form, names in measures.UNITS.items() if form not in _NOT_ALONE}
    wrong = heard({f"It has 7 {form} of it.": f"It has seven {many} of it." for form, many in units.items()})
    touching = heard(
        {f"It has 7{form} of it.": f"It has seven {many} of it." for form, many in units.items() if form[0] != " "}
    )
    assert (wrong, touching) == ({}, {})


def test_every_unit_is_said_of_one() -> None:
    units = {form: names[0] for form, names in measures.UNITS.items() if form not in _NOT_ALONE}
    assert heard({f"It has 1 {form} of it.": f"It has one {one} of it." for form, one in units.items()}) == {}


def test_every_rate_is_said() -> None:
    rates = measures.PER.items()
    assert (
        heard(
            {
                f"It takes 7 kg/{form} in all.": f"It takes seven kilograms per {spoken} in all."
                for form, spoken in rates
            }
        )
        == {}
    )


def test_every_book_is_said_before_its_verse() -> None:
    books = scripture.BOOKS.items()
    assert (
        heard(
            {
                f"He read {form}. 3:16 aloud.": f"He read {name} three sixteen aloud."
                for form, name in books
                if form != name
            }
        )
        == {}
    )
    assert heard({f"He read {name} 3:16 aloud.": f"He read {name} three sixteen aloud." for _, name in books}) == {}


def test_every_initialism_with_a_saying_of_its_own_is_said_so() -> None:
    assert heard({f"The {form} came.": f"The {spoken} came." for form, spoken in letters.OTHER.items()}) == {}


def test_every_acronym_is_said_as_a_word() -> None:
    acronyms = letters.ACRONYMS - set(letters.OTHER)
    assert heard({f"They saw {form} there.": f"They saw {form} there." for form in acronyms}) == {}


def test_every_other_initialism_is_spelled() -> None:
    spelled = letters.SPELLED - set(letters.OTHER)
    assert heard({f"They saw {form} there.": f"They saw {' '.join(form)} there." for form in spelled}) == {}


def test_every_symbol_is_said() -> None:
    greek = {f"The {form} is old.": f"The {spoken} is old." for form, spoken in symbols.GREEK.items()}
    assert heard(greek) == {}


def test_every_ruler_has_a_number() -> None:
    assert heard({f"Then {name} III died.": f"Then {name} the third died." for name in roman.REGNAL}) == {}


def test_every_counted_word_takes_a_numeral() -> None:
    words = {word.title() for word in roman.COUNTED}
    assert heard({f"This is {word} IV here.": f"This is {word} four here." for word in words}) == {}


def test_every_ordered_word_is_behind_its_place() -> None:
    assert heard({f"The XIX {word} began.": f"The nineteenth {word} began." for word in roman.ORDERED}) == {}


def test_every_name_of_a_series_takes_its_number_in_pairs() -> None:
    names = designations._MODEL_AFTER
    assert heard({f"It is {name} 237 now.": f"It is {name} two thirty-seven now." for name in names}) == {}
