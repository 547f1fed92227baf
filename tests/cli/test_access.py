"""`audiogen access`: users, tokens and the key of a private feed, without questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.server.accounts import Accounts, Scope
from audiogen.server.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    (tmp_path / "library").mkdir()
    made = Accounts(state_folder(tmp_path / "library") / "accounts.sqlite")
    yield made
    made.close()


def test_a_user_is_made_without_questions_listed_and_removed(audiogen: Run, accounts: Accounts) -> None:
    assert audiogen("access", "password", "library", "mira", stdin="correct horse\n").returncode == 0
    assert accounts.check_password("mira", "correct horse")
    assert audiogen("access", "users", "library").stdout == "mira\n"
    assert audiogen("access", "remove", "library", "mira").returncode == 0
    gone = audiogen("access", "remove", "library", "mira")
    assert (gone.returncode, "There is no user mira" in gone.stderr) == (2, True)


def test_a_password_that_is_too_short_is_a_usage_error(audiogen: Run, accounts: Accounts) -> None:
    done = audiogen("access", "password", "library", "mira", stdin="short\n")
    assert (done.returncode, "8 to 256 characters" in done.stderr) == (2, True)
    assert accounts.users() == []


def test_a_token_is_printed_once_listed_and_revoked(audiogen: Run, accounts: Accounts) -> None:
    secret = audiogen("access", "token", "library", "cms", "--scope", "read").stdout.strip()
    caller = accounts.token(secret)
    assert caller is not None
    assert caller.scope is Scope.READ
    [result] = json.loads(audiogen("access", "tokens", "library", "--json").stdout)
    assert (result["name"], result["scope"]) == ("cms", "read")
    assert secret not in audiogen("access", "tokens", "library").stdout
    assert audiogen("access", "revoke", "library", result["id"]).returncode == 0
    assert accounts.token(secret) is None
    assert audiogen("access", "revoke", "library", result["id"]).returncode == 2


def test_a_feed_is_put_under_a_key_and_opened_again(audiogen: Run, accounts: Accounts) -> None:
    assert audiogen("access", "feed", "library").stdout == "/feed.xml\n"
    path = audiogen("access", "feed", "library", "--private").stdout.strip()
    assert path == f"/k/{accounts.feed_key()}/feed.xml"
    assert audiogen("access", "feed", "library").stdout.strip() == path
    assert audiogen("access", "feed", "library", "--public").stdout == "/feed.xml\n"
    assert accounts.feed_key() == ""


@pytest.mark.parametrize("command", ["password", "users", "remove", "token", "tokens", "revoke", "feed"])
def test_help_shows_an_example(audiogen: Run, command: str) -> None:
    assert f"audiogen access {command} ~/Podcasts/articles" in audiogen("access", command, "--help").stdout
