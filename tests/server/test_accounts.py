"""Users, sessions, tokens and keys on disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from audiogen.server.accounts import PASSWORD_LENGTHS, SESSION_DAYS, AccountError, Accounts, Scope

if TYPE_CHECKING:
    from pathlib import Path

LEAST, MOST = PASSWORD_LENGTHS


def test_a_password_is_checked_and_kept_as_a_hash_of_argon2id(accounts: Accounts) -> None:
    assert not accounts.has_users()
    accounts.set_password("mira", "correct horse")
    assert accounts.users() == ["mira"]
    assert accounts.check_password("mira", "correct horse")
    assert not accounts.check_password("mira", "correct horse ")
    assert not accounts.check_password("nobody", "correct horse")


@pytest.mark.parametrize(
    ("user", "password", "good"),
    [
        ("mira", "x" * LEAST, True),
        ("mira", "x" * (LEAST - 1), False),
        ("mira", "x" * MOST, True),
        ("mira", "x" * (MOST + 1), False),
        ("mira@ledger.example", "x" * 9, True),
        ("", "x" * 9, False),
        ("mi ra", "x" * 9, False),
        ("mira\n", "x" * 9, False),
        ("m" * 65, "x" * 9, False),
    ],
)
def test_names_and_passwords_have_bounds(accounts: Accounts, user: str, password: str, good: bool) -> None:
    if good:
        accounts.set_password(user, password)
        assert accounts.check_password(user, password)
    else:
        with pytest.raises(AccountError):
            accounts.set_password(user, password)


def test_the_first_password_is_set_once(accounts: Accounts) -> None:
    assert accounts.set_first_password("mira", "correct horse")
    assert not accounts.set_first_password("eve", "12345678")
    assert accounts.users() == ["mira"]


def test_a_session_is_its_cookies_and_ends_with_a_new_password_or_with_its_user(accounts: Accounts) -> None:
    accounts.set_password("mira", "correct horse")
    first = accounts.log_in("mira")
    caller = accounts.session(first)
    assert caller is not None
    assert (caller.name, caller.scope) == ("mira", Scope.ADMIN)
    assert caller.csrf != first
    assert accounts.session("guess") is None
    accounts.set_password("mira", "another horse")
    assert accounts.session(first) is None
    second = accounts.log_in("mira")
    assert accounts.remove_user("mira")
    assert accounts.session(second) is None
    assert not accounts.remove_user("mira")


@pytest.mark.parametrize(("days", "alive"), [(SESSION_DAYS - 1, True), (SESSION_DAYS + 1, False)])
def test_a_session_that_is_not_used_ends(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch, days: int, alive: bool
) -> None:
    accounts.set_password("mira", "correct horse")
    secret = accounts.log_in("mira")
    later = time.time() + days * 86400
    monkeypatch.setattr(time, "time", lambda: later)
    assert (accounts.session(secret) is not None) is alive


def test_a_token_is_known_by_its_secret_alone(accounts: Accounts) -> None:
    token, secret = accounts.make_token("cms", "add")
    caller = accounts.token(secret)
    assert caller is not None
    assert (caller.name, caller.scope, caller.is_browser) == ("token cms", Scope.ADD, False)
    assert accounts.token(token.id) is None
    assert accounts.tokens()[0].used > 0
    assert accounts.revoke(token.id)
    assert accounts.token(secret) is None


@pytest.mark.parametrize(("name", "scope"), [("", "add"), ("x" * 101, "add"), ("a\nb", "add"), ("cms", "everything")])
def test_a_token_needs_a_name_and_a_scope_that_there_is(accounts: Accounts, name: str, scope: str) -> None:
    with pytest.raises(AccountError):
        accounts.make_token(name, scope)


def test_a_feed_key_is_new_each_time(accounts: Accounts) -> None:
    assert accounts.feed_key() == ""
    keys = [accounts.set_feed_key(private=True) for _ in range(2)]
    assert keys[0] != keys[1]
    assert accounts.feed_key() == keys[1]
    accounts.set_feed_key(private=False)
    assert accounts.feed_key() == ""


def test_what_was_set_is_there_for_the_next_process(state: Path, accounts: Accounts) -> None:
    accounts.set_password("mira", "correct horse")
    _, secret = accounts.make_token("cms", "read")
    again = Accounts(state / "accounts.sqlite")
    assert again.check_password("mira", "correct horse")
    assert again.token(secret) is not None
    assert again.secret == accounts.secret, "forms of before the restart still count"
    again.close()
