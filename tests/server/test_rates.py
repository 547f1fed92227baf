"""How often something may be tried."""

from __future__ import annotations

from audiogen.server.rates import Rate, Rates


def test_after_so_many_tries_the_next_one_waits() -> None:
    rates = Rates({"password": Rate(3, 60.0)})
    for at in (0.0, 10.0, 20.0):
        assert rates.wait("password", "eve", at) == 0
        rates.count("password", "eve", at)
    assert rates.wait("password", "eve", 30.0) == 30.0
    assert rates.wait("password", "eve", 59.9) > 0
    assert rates.wait("password", "eve", 60.0) == 0
    assert rates.wait("password", "mira", 30.0) == 0


def test_who_gets_it_right_begins_anew() -> None:
    rates = Rates({"password": Rate(1, 60.0)})
    rates.count("password", "mira", 0.0)
    assert rates.wait("password", "mira", 1.0) > 0
    rates.forget("password", "mira")
    assert rates.wait("password", "mira", 1.0) == 0


def test_what_is_remembered_is_bounded() -> None:
    rates = Rates({"token": Rate(1, 60.0)})
    for number in range(10_001):
        rates.count("token", str(number), 0.0)
    assert rates.wait("token", "0", 1.0) == 0
    assert rates.wait("token", "10000", 1.0) > 0
