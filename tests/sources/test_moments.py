"""Dates are read however services write them, and what is no date is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.sources.moments import chrome_moment, moment

SAVED = datetime(2024, 9, 6, 6, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(1725603180, SAVED, id="seconds"),
        pytest.param("1725603180", SAVED, id="seconds as text"),
        pytest.param(" 1725603180 ", SAVED, id="with blanks"),
        pytest.param(1725603180000, SAVED, id="milliseconds"),
        pytest.param(1725603180000000, SAVED, id="microseconds"),
        pytest.param("2024-09-06T06:13:00Z", SAVED, id="ISO in UTC"),
        pytest.param("2024-09-06T06:13:00.000Z", SAVED, id="with milliseconds"),
        pytest.param("2024-09-06T08:13:00+02:00", SAVED, id="with an offset"),
        pytest.param("2024-09-06T06:13:00+0000", SAVED, id="with an offset without a colon"),
        pytest.param("2024-09-06 06:13:00", SAVED, id="no zone"),
        pytest.param("2024-09-06", datetime(2024, 9, 6, tzinfo=UTC), id="a day"),
        pytest.param(0, None, id="never"),
        pytest.param("-1", None, id="before time"),
        pytest.param("inf", None, id="without end"),
        pytest.param("yesterday", None, id="a word"),
        pytest.param([], None, id="a list"),
        pytest.param(False, None, id="no"),
    ],
)
def test_a_moment_is_read_or_none(text: object, expected: datetime | None) -> None:
    assert moment(text) == expected


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_all_ways_to_write_a_moment_mean_the_same(when: datetime) -> None:
    when = when.replace(microsecond=0)
    seconds = int(when.timestamp())
    ways: list[object] = [seconds, str(seconds), seconds * 1000, seconds * 1_000_000, when.isoformat()]
    ways.append(when.astimezone(timezone(timedelta(hours=-5))).isoformat())
    assert {moment(way) for way in ways} == {when}
    assert chrome_moment((seconds + 11_644_473_600) * 1_000_000) == when


@given(st.text() | st.integers() | st.floats() | st.none())
def test_nothing_that_claims_to_be_a_moment_breaks_the_reading(value: object) -> None:
    result = moment(value)
    assert result is None or result.tzinfo is not None
    chrome_moment(value)
