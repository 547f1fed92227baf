"""The cookies of a subscriber, which let audiogen fetch pages that the subscriber may read.

They are secrets: stored in `cookies.json` in the user's state folder, which only the user can read, and never written
to a library, a log or a message. A cookie is sent over HTTPS only, to the host that it was stored for, and to its
subdomains if the cookie says so. This is decided for each step of a redirect. If the host answers with a new value of a
stored cookie, the new value is stored, as in a browser. A host can neither add nor delete cookies.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from audiogen.errors import FetchError
from audiogen.private import private_folder, state_home, write_private
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_FILE = "cookies.json"
#: Maximum size of an input with cookies, and of the header that is sent, in bytes; servers refuse longer headers.
LARGEST, _LONGEST_HEADER = 1 << 20, 16_384
#: The characters of a cookie's name and value in RFC 6265. Quotation marks and blanks are sent as they came, as
#: browsers do.
_NAME, _VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"), re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
#: Maximum lifetime of a cookie, in seconds, as in browsers (400 days).
_LONGEST_AGE = 400 * 86400
#: Number of columns in a line of cookies.txt.
_COLUMNS = 7


class CookieError(ValueError):
    """The input has no valid cookies; the message does not quote it."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie of a subscriber."""

    name: str
    value: str
    #: The host that it is sent to, in ASCII and lower case.
    domain: str
    #: Whether it is also sent to subdomains of the host.
    below: bool = True
    path: str = "/"
    #: Expiry in seconds since 1970; 0 if the cookie does not say.
    expires: int = 0

    def __repr__(self) -> str:
        """Show the cookie without its value."""
        return f"Cookie({self.name!r}, domain={self.domain!r})"

    def is_for(self, host: str, path: str, now: float) -> bool:
        """Return whether the cookie is sent to *path* on *host* at the Unix time *now* (RFC 6265, 5.1.3 and 5.1.4)."""
        there = host == self.domain or (self.below and host.endswith(f".{self.domain}"))
        within = path == self.path or path.startswith(self.path if self.path.endswith("/") else f"{self.path}/")
        return there and within and not 0 < self.expires <= now


@dataclass(frozen=True, slots=True)
class StoredCookies:
    """The cookies that are stored for a host."""

    host: str
    #: When they were stored, ISO 8601 in UTC.
    added: str
    cookies: tuple[Cookie, ...]

    @property
    def expires(self) -> int:
        """Return when the first cookie expires, in seconds since 1970; 0 if none does."""
        return min((cookie.expires for cookie in self.cookies if cookie.expires), default=0)


def kept_cookies() -> dict[str, StoredCookies]:
    """Return the stored cookies by host.

    Raises:
        CookieError: The file exists and cannot be read.
    """
    path = _path()
    try:
        entries = json.loads(path.read_bytes())
        return {host: _kept(host, entry) for host, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is damaged"
        raise CookieError(
            f"The cookies in {path} cannot be read ({reason}). Delete the file and add them again."
        ) from None


def _kept(host: str, entry: dict[str, Any]) -> StoredCookies:
    """Return the stored cookies of a host from its JSON entry."""
    return StoredCookies(host, str(entry["added"]), tuple(Cookie(**cookie) for cookie in entry["cookies"]))


def keep_cookies(host: str, text: str) -> StoredCookies:
    """Store cookies for a host, replacing its older ones; *text* is a cookies.txt or the value of a `Cookie` header.

    Raises:
        CookieError: The host cannot have cookies, or the text holds none for it.
    """
    host = host_name(host)
    cookies = tuple(_for_host(_of_file(text), host) if _is_file(text) else _of_header(text, host))
    if not cookies:
        raise CookieError(f"There are no cookies for {host} in what was given, which a browser exports as cookies.txt.")
    if sum(len(cookie.name) + len(cookie.value) + 3 for cookie in cookies) > _LONGEST_HEADER:
        raise CookieError(
            f"The cookies for {host} are longer than {_LONGEST_HEADER // 1024} kB, which no server takes."
        )
    kept = StoredCookies(host, datetime.now(UTC).isoformat(timespec="seconds"), cookies)
    with _changing() as known:
        known[host] = kept
    return kept


def forget_cookies(host: str) -> bool:
    """Delete the cookies of a host; return whether there were any."""
    with _changing() as known:
        return known.pop(host_name(host), None) is not None


def renew_cookies(url: str, answers: Sequence[str]) -> bool:
    """Store new values of the cookies for an address, from the `Set-Cookie` headers of its response.

    Return whether a value changed. New cookies and deletions are ignored: only the user adds and deletes cookies. If
    the file cannot be written, the old values stay.
    """
    if not answers or not cookie_header(url):
        return False
    parts = split_address(url)
    host, path, now = _in_ascii(parts.hostname or ""), parts.path or "/", time.time()
    with suppress(CookieError, OSError), _changing() as known:
        before = dict(known)
        for answer in answers:
            given = _set_cookie(answer, host, now)
            if given is not None:
                known |= {name: _renewed(kept, given, host, path, now) for name, kept in known.items()}
        return known != before
    return False


def _renewed(kept: StoredCookies, given: Cookie, host: str, path: str, now: float) -> StoredCookies:
    """Return the stored cookies after the server sent *given*.

    Its value replaces that of the cookies that are sent to this path and have the same name, and the same path if it
    has one.
    """
    sent = [one for one in kept.cookies if one.name == given.name and one.is_for(host, path, now)]
    meant = [one for one in sent if one.path == given.path] or sent
    cookies = tuple(
        replace(one, value=given.value, expires=given.expires) if one in meant else one for one in kept.cookies
    )
    length = sum(len(cookie.name) + len(cookie.value) + 3 for cookie in cookies)
    return kept if length > _LONGEST_HEADER else replace(kept, cookies=cookies)


def _set_cookie(answer: str, host: str, now: float) -> Cookie | None:
    """Parse a `Set-Cookie` header (RFC 6265, 5.2); None if it is invalid, for another host, or deletes a cookie."""
    first, *more = answer.split(";")
    name, equals, value = first.partition("=")
    attributes = {key.strip().lower(): text.strip() for key, _, text in (one.partition("=") for one in more)}
    domain = attributes.get("domain", "").lstrip(".").lower()
    try:
        cookie = _checked(Cookie(name.strip(), value.strip(), host, path=attributes.get("path", "")))
        expires = _end(attributes, now)
    except ValueError:
        return None
    ended = 0 < expires <= now
    elsewhere = domain not in ("", host) and not host.endswith(f".{domain}")
    if not equals or not cookie.value or elsewhere or ended:
        return None
    return replace(cookie, expires=expires)


def _end(attributes: Mapping[str, str], now: float) -> int:
    """Return when a cookie expires, in seconds since 1970; `Max-Age` takes precedence over `Expires`.

    0 if it has neither.

    Raises:
        ValueError: The value is not a time.
    """
    if age := attributes.get("max-age"):
        return max(1, int(now + min(int(age), _LONGEST_AGE)))
    if day := attributes.get("expires"):
        return max(1, int(parsedate_to_datetime(day).timestamp()))
    return 0


def cookie_header(url: str) -> str:
    """Return the `Cookie` header for an address; "" if there are no cookies for it, or it is not HTTPS.

    Raises:
        FetchError: The stored cookies cannot be read.
    """
    parts = split_address(url)
    if parts.scheme.lower() != "https" or not _path().is_file():
        return ""
    try:
        host, known = _in_ascii(parts.hostname or ""), kept_cookies()
    except CookieError as error:
        raise FetchError(url, str(error)) from error
    now, path = time.time(), parts.path or "/"
    there = {
        cookie.name: cookie for kept in known.values() for cookie in kept.cookies if cookie.is_for(host, path, now)
    }
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in there.values())


def host_name(text: str) -> str:
    """Return a host in the form that cookies use: ASCII and lower case.

    Raises:
        CookieError: The host cannot have cookies.

    >>> host_name("Paper.Example."), host_name("zeitung-für.example")
    ('paper.example', 'xn--zeitung-fr-ieb.example')

    Raises:
        CookieError: it is no host, or one under which anybody can have a name ("com", "co.uk").
    """
    from tld import is_tld

    name = _in_ascii(text.strip())
    if not name:
        raise CookieError("That is no host; name one such as paper.example, without https:// and path.")
    if is_tld(name):
        raise CookieError(f"Anybody can have a name under {name}; name the host of the paper itself.")
    return name


def _in_ascii(host: str) -> str:
    """Return a host in the form that requests use (IDNA); "" if it is invalid."""
    name = host.rstrip(".").lower()
    if not name.isascii():
        # As httpx does it: another rule might make another host of it.
        import idna

        try:
            name = idna.encode(name).decode("ascii")
        except idna.IDNAError:
            return ""
    return name if _HOST.fullmatch(name) else ""


def _path() -> Path:
    """Return the path of the file with the cookies."""
    return state_home() / _FILE


@contextmanager
def _changing() -> Iterator[dict[str, StoredCookies]]:
    """Yield the stored cookies by host for a change, under a lock, and write them when the block ends."""
    from filelock import FileLock

    private_folder(state_home())
    with FileLock(_path().with_suffix(".lock"), mode=0o600):
        known = kept_cookies()
        before = dict(known)
        yield known
        if known != before:
            _write(known)


def _write(known: dict[str, StoredCookies]) -> None:
    """Write the cookies to the file, readable only by the user."""
    entries = {
        host: {"added": kept.added, "cookies": [asdict(cookie) for cookie in kept.cookies]}
        for host, kept in sorted(known.items())
    }
    write_private(_path(), (json.dumps(entries, indent=1) + "\n").encode())


# What is given.


def _is_file(text: str) -> bool:
    """Return whether the text is a cookies.txt and not a header."""
    return any(len(line.split("\t")) == _COLUMNS for line in text.splitlines())


def _of_file(text: str) -> Iterable[Cookie]:
    """Parse a cookies.txt, as browser extensions and curl write it: seven columns separated by tabs."""
    for line in text.splitlines():
        # A comment, unless it marks a cookie that scripts cannot read.
        columns = line.removeprefix("#HttpOnly_").split("\t")
        if len(columns) != _COLUMNS or columns[0].startswith("#"):
            continue
        domain, below, path, _, expires, name, value = columns
        ends = int(float(expires)) if re.fullmatch(r"\d{1,15}(\.\d+)?", expires) else 0
        cookie = Cookie(name, value, domain.lstrip(".").lower(), below.upper() == "TRUE", path or "/", ends)
        yield _checked(cookie)


def _for_host(cookies: Iterable[Cookie], host: str) -> Iterable[Cookie]:
    """Yield the cookies that a browser would send to the host or its subdomains; skip those of other hosts."""
    now = time.time()
    for cookie in cookies:
        above = cookie.below and host.endswith(f".{cookie.domain}")
        if 0 < cookie.expires <= now:
            continue
        if above:
            # Stored for this host, although the file also has others.
            yield replace(cookie, domain=host)
        elif cookie.domain == host or cookie.domain.endswith(f".{host}"):
            yield cookie


def _of_header(text: str, host: str) -> Iterable[Cookie]:
    """Parse the value of a `Cookie` header; CookieError if it is none."""
    header = re.sub(r"\Acookie:\s*", "", " ".join(text.split()), flags=re.IGNORECASE)
    for part in filter(None, (part.strip() for part in header.split(";"))):
        name, equals, value = part.partition("=")
        if not equals:
            raise CookieError(
                "That is neither a cookies.txt nor what a browser sends as Cookie (`name=value; name=value`)."
            )
        yield _checked(Cookie(name.strip(), value.strip(), host))


def _checked(cookie: Cookie) -> Cookie:
    """Return the cookie; CookieError if its name or value has invalid characters."""
    if not _NAME.fullmatch(cookie.name) or not _VALUE.fullmatch(cookie.value):
        raise CookieError("One of the cookies has signs that no cookie can have.")
    return cookie
