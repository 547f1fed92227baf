"""When a request is tried again, and after how long."""

from __future__ import annotations

import pytest

from audiogen.retrying import RetryPolicy

POLICY = RetryPolicy(tries=3, backoff=1.0, longest_wait=30)


@pytest.mark.parametrize(("attempt", "last"), [(0, False), (1, False), (2, True)])
def test_the_last_try_is_the_last_of_so_many(attempt: int, last: bool) -> None:
    assert POLICY.is_last(attempt) is last


@pytest.mark.parametrize("attempt", range(4))
def test_waits_double_and_are_scattered_by_half(attempt: int) -> None:
    waits = [POLICY.wait(attempt) for _ in range(50)]
    assert all(0.5 * 2**attempt <= wait <= 1.5 * 2**attempt for wait in waits)
    assert len(set(waits)) > 1


@pytest.mark.parametrize(("asked", "wait"), [(12.0, 12.0), (30.0, 30.0), (9_999.0, 30.0)])
def test_the_wait_that_a_server_asks_for_is_kept_up_to_the_longest(asked: float, wait: float) -> None:
    assert POLICY.wait(0, asked) == wait


def test_no_backoff_is_longer_than_the_longest_wait() -> None:
    assert POLICY.wait(6) == 30
