"""Accounts: users with passwords, sessions of browsers, tokens of programs, and the key of a private feed.

Passwords are stored as Argon2id hashes. Session and token secrets are random and long, so only their SHA-256 is stored.
All of it is in the user's state folder and not in the library, so a copied library contains none of it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import time
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from audiogen.server.state import open_database, transaction

if TYPE_CHECKING:
    from pathlib import Path

#: Days after which an unused session of a browser expires.
SESSION_DAYS = 30
#: Minimum length of a password (NIST SP 800-63B), and maximum, which bounds the work of hashing.
PASSWORD_LENGTHS = (8, 256)
#: Parameters of Argon2id that OWASP's cheat sheet recommends for servers with little memory: 19 MiB, two passes, one
#: lane.
_PASSES, _KIBIBYTES, _LANES = 2, 19_456, 1
_NAME = re.compile(r"[\w.@+-]{1,64}")
#: Prefix of every token: scanners of published code find tokens by it.
TOKEN_PREFIX = "audiogen_"
#: Seconds after which the last use of a session or token is written down again.
_NOTED_EVERY = 60.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (name PRIMARY KEY, hash, created) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (hash PRIMARY KEY, user, created, used) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (id PRIMARY KEY, name, hash UNIQUE, scope, created, used) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name PRIMARY KEY, value) WITHOUT ROWID;
"""


class Scope(IntEnum):
    """What a caller may do; each scope includes those before it."""

    NOTHING = 0
    #: Read jobs and episodes, drafts included.
    READ = 1
    #: Send articles, and read their jobs.
    ADD = 2
    #: Everything.
    ADMIN = 3


#: Scopes that a token can have, by their names.
SCOPES = {"read": Scope.READ, "add": Scope.ADD, "admin": Scope.ADMIN}


@dataclass(frozen=True, slots=True)
class Caller:
    """The sender of a request."""

    #: For the log: a user's name, "token NAME", "this machine", or "".
    name: str = ""
    scope: Scope = Scope.NOTHING
    #: The token that forms and scripts of this browser must send (CSRF); empty for programs, which send their own
    #: token.
    csrf: str = ""
    #: Digest of the session; `log_out` takes it.
    session: str = ""

    @property
    def is_browser(self) -> bool:
        """Whether it is a browser, whose requests another site can cause."""
        return bool(self.csrf)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed. Its secret is shown only once, when the token is made."""

    id: str
    name: str
    scope: str
    created: float
    used: float


class AccountError(Exception):
    """A name or a password is refused; the message says why."""


class Accounts:
    """Users, sessions, tokens and keys in a database. Threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        """Open the database, or create it."""
        self._lock = threading.RLock()
        self._connection = open_database(path, _SCHEMA)
        #: Only one password is checked at a time, because each check takes 19 MiB.
        self._hashing = threading.Lock()
        self.secret = self._fact("secret") or self._new_secret()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    # Users.

    def users(self) -> list[str]:
        """Return the names of the users."""
        return [name for (name,) in self._rows("SELECT name FROM users ORDER BY name")]

    def has_users(self) -> bool:
        """Return whether a password is set. Until then, only this machine may change anything."""
        return bool(self._rows("SELECT 1 FROM users LIMIT 1"))

    def set_password(self, user: str, password: str) -> None:
        """Set the password of a user, who may be new; all sessions of the user end.

        Raises:
            AccountError: The name or the password is invalid.
        """
        least, most = PASSWORD_LENGTHS
        if not _NAME.fullmatch(user):
            raise AccountError("A user's name has 1 to 64 letters, digits and . _ @ + - only.")
        if not least <= len(password) <= most:
            raise AccountError(f"A password has {least} to {most} characters.")
        with self._hashing:
            hashed = _hasher().hash(password)
        with self._lock, transaction(self._connection) as database:
            database.execute("INSERT OR REPLACE INTO users VALUES (?, ?, ?)", (user, hashed, time.time()))
            database.execute("DELETE FROM sessions WHERE user = ?", (user,))

    def set_first_password(self, user: str, password: str) -> bool:
        """Make the first user; return False if there is one already."""
        with self._lock:
            if self.has_users():
                return False
            self.set_password(user, password)
            return True

    def remove_user(self, user: str) -> bool:
        """Remove a user and all sessions of the user; return whether the user existed."""
        with self._lock, transaction(self._connection) as database:
            database.execute("DELETE FROM sessions WHERE user = ?", (user,))
            return database.execute("DELETE FROM users WHERE name = ?", (user,)).rowcount > 0

    def check_password(self, user: str, password: str) -> bool:
        """Return whether a password is right. If the user does not exist, it takes the same time."""
        from argon2.exceptions import InvalidHashError, VerificationError

        rows = self._rows("SELECT hash FROM users WHERE name = ?", user)
        with self._hashing:
            try:
                right = _hasher().verify(rows[0][0] if rows else _nobodys_hash(), password[: PASSWORD_LENGTHS[1]])
            except (VerificationError, InvalidHashError):
                return False
        return bool(rows) and right

    # Sessions.

    def log_in(self, user: str) -> str:
        """Start a session; return the value of its cookie."""
        secret = secrets.token_urlsafe(32)
        now = time.time()
        with self._lock, transaction(self._connection) as database:
            database.execute("DELETE FROM sessions WHERE used < ?", (now - SESSION_DAYS * 86400,))
            database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(secret), user, now, now))
        return secret

    def log_out(self, session: str) -> None:
        """End the session that has this digest."""
        with self._lock:
            self._connection.execute("DELETE FROM sessions WHERE hash = ?", (session,))

    def session(self, secret: str) -> Caller | None:
        """Return the caller of a session; None if the session is unknown or expired."""
        digest, now = _digest(secret), time.time()
        rows = self._rows("SELECT user, used FROM sessions WHERE hash = ?", digest)
        if not rows or rows[0][1] < now - SESSION_DAYS * 86400:
            return None
        if rows[0][1] < now - _NOTED_EVERY:
            with self._lock:
                self._connection.execute("UPDATE sessions SET used = ? WHERE hash = ?", (now, digest))
        return Caller(str(rows[0][0]), Scope.ADMIN, self.csrf(digest), digest)

    def csrf(self, session: str) -> str:
        """Return the token that forms of a session carry; only a client that can read our pages knows it."""
        return hmac.new(self.secret.encode(), f"csrf {session}".encode(), hashlib.sha256).hexdigest()

    # Tokens.

    def make_token(self, name: str, scope: str) -> tuple[Token, str]:
        """Create a token; return it with its secret, which cannot be retrieved later.

        Raises:
            AccountError: The name or the scope is invalid.
        """
        if scope not in SCOPES:
            raise AccountError(f"A token's scope is one of {', '.join(SCOPES)}.")
        if not name.strip() or len(name) > 100 or not name.isprintable():
            raise AccountError("A token has a name of 1 to 100 characters.")
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
        token = Token(secrets.token_hex(6), name.strip(), scope, time.time(), 0.0)
        row = (token.id, token.name, _digest(secret), scope, token.created, token.used)
        with self._lock:
            self._connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)", row)
        return token, secret

    def tokens(self) -> list[Token]:
        """Return all tokens."""
        return [Token(*row) for row in self._rows("SELECT id, name, scope, created, used FROM tokens ORDER BY created")]

    def revoke(self, identifier: str) -> bool:
        """Delete a token; return whether there was one."""
        with self._lock:
            return self._connection.execute("DELETE FROM tokens WHERE id = ?", (identifier,)).rowcount > 0

    def token(self, secret: str) -> Caller | None:
        """Return the caller of a token; None if the token is unknown."""
        digest = _digest(secret)
        rows = self._rows("SELECT name, scope, used FROM tokens WHERE hash = ?", digest)
        if not rows:
            return None
        name, scope, used = rows[0]
        if used < time.time() - _NOTED_EVERY:
            with self._lock:
                self._connection.execute("UPDATE tokens SET used = ? WHERE hash = ?", (time.time(), digest))
        return Caller(f"token {name}", SCOPES.get(scope, Scope.NOTHING))

    # The key of a private feed.

    def feed_key(self) -> str:
        """Return the key in the addresses of feed, pages and sound; "" if they are public."""
        return self._fact("feed key")

    def set_feed_key(self, *, private: bool) -> str:
        """Replace the key of feed, pages and sound, or remove it and make them public; return the new key."""
        key = secrets.token_urlsafe(18) if private else ""
        self._set_fact("feed key", key)
        return key

    def _new_secret(self) -> str:
        """Return the secret of this server, which is created at the first call."""
        with self._lock:
            self._connection.execute("INSERT OR IGNORE INTO facts VALUES ('secret', ?)", (secrets.token_hex(32),))
        return self._fact("secret")

    def _fact(self, name: str) -> str:
        """Return a stored value; "" if there is none."""
        rows = self._rows("SELECT value FROM facts WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def _set_fact(self, name: str, value: str) -> None:
        """Store a value."""
        with self._lock:
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def _rows(self, query: str, *values: object) -> list[Any]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def local_caller(accounts: Accounts) -> Caller:
    """Return an administrator as the caller for requests from this machine.

    Use it only while no password is set; this is not checked here.
    """
    return Caller("this machine", Scope.ADMIN, accounts.csrf("this machine"))


def _digest(secret: str) -> str:
    """Return the SHA-256 of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _hasher() -> Any:
    """Return the hasher of passwords."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_KIBIBYTES, parallelism=_LANES)


_nobody: list[str] = []


def _nobodys_hash() -> str:
    """Return the hash of a random password, to compare with when the user does not exist."""
    if not _nobody:
        _nobody.append(_hasher().hash(secrets.token_urlsafe(32)))
    return _nobody[0]
