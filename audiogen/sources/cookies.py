"""The cookies of a subscriber, which let audiogen fetch pages that the subscriber may read.

They are kept as keys are: in `cookies.json` of the user's own state folder, readable by its owner alone; in no library,
log or message. A cookie goes to the host that it was kept for, and to hosts below that one where it says so, over HTTPS
and never anywhere else: each step of a redirect is looked at by itself. Where the host answers with a newer value of a
cookie that was kept, that one is kept in its place, as a browser does; none is added, and none is taken away.
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
#: Bytes of what is read as cookies, and of the header that is sent; servers refuse longer ones.
LARGEST, _LONGEST_HEADER = 1 << 20, 16_384
#: What RFC 6265 has cookies made of; quotation marks and blanks are sent as they came, as browsers do.
_NAME, _VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"), re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
#: Seconds that a cookie is kept at most, as browsers do (400 days).
_LONGEST_AGE = 400 * 86400
#: Columns of a line of cookies.txt.
_COLUMNS = 7


class CookieError(ValueError):
    """The input has no valid cookies; the message does not quote it."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie."""

    name: str
    value: str
    #: Host that it goes to, in ASCII and lower case.
    domain: str
    #: Whether it goes to the hosts below that one, too.
    below: bool = True
    path: str = "/"
    #: Expiry in seconds since 1970; 0 if the cookie does not say.
    expires: int = 0

    def __repr__(self) -> str:
        """Show the cookie without its value."""
        return f"Cookie({self.name!r}, domain={self.domain!r})"

    def is_for(self, host: str, path: str, now: float) -> bool:
        """Return whether it goes along to a path of a host (RFC 6265, 5.1.3 and 5.1.4)."""
        there = host == self.domain or (self.below and host.endswith(f".{self.domain}"))
        within = path == self.path or path.startswith(self.path if self.path.endswith("/") else f"{self.path}/")
        return there and within and not 0 < self.expires <= now


@dataclass(frozen=True, slots=True)
class Kept:
    """The cookies that were kept for a host."""

    host: str
    #: When, ISO 8601 in UTC.
    added: str
    cookies: tuple[Cookie, ...]

    @property
    def expires(self) -> int:
        """Return when the first cookie expires, in seconds since 1970; 0 if none does."""
        return min((cookie.expires for cookie in self.cookies if cookie.expires), default=0)


def kept_cookies() -> dict[str, Kept]:
    """Return what is kept, by host.

    Raises:
        CookieError: the file is there and cannot be read.
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


def _kept(host: str, entry: dict[str, Any]) -> Kept:
    return Kept(host, str(entry["added"]), tuple(Cookie(**cookie) for cookie in entry["cookies"]))


def keep_cookies(host: str, text: str) -> Kept:
    """Keep the cookies of a host: lines of a cookies.txt, or what a browser sends as `Cookie`; older ones are replaced.

    Raises:
        CookieError: the host is none that has cookies, or the text holds none for it.
    """
    host = host_name(host)
    cookies = tuple(_for_host(_of_file(text), host) if _is_file(text) else _of_header(text, host))
    if not cookies:
        raise CookieError(f"There are no cookies for {host} in what was given.")
    if sum(len(cookie.name) + len(cookie.value) + 3 for cookie in cookies) > _LONGEST_HEADER:
        raise CookieError(
            f"The cookies for {host} are longer than {_LONGEST_HEADER // 1024} kB, which no server takes."
        )
    kept = Kept(host, datetime.now(UTC).isoformat(timespec="seconds"), cookies)
    with _changing() as known:
        known[host] = kept
    return kept


def forget_cookies(host: str) -> bool:
    """Delete the cookies of a host; return whether there were any."""
    with _changing() as known:
        return known.pop(host_name(host), None) is not None


def renew_cookies(url: str, answers: Sequence[str]) -> bool:
    """Keep the newer values that the host at an address gives, as `Set-Cookie`, to cookies that were kept for it.

    What it says of others is passed over, and so is the end of one: whoever logged in takes cookies away. Where they
    cannot be written, those of before stay. Tell whether one changed.
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


def _renewed(kept: Kept, given: Cookie, host: str, path: str, now: float) -> Kept:
    """Give a newer value to those that went to this path of the host, and are of the same path where one tells it."""
    sent = [one for one in kept.cookies if one.name == given.name and one.is_for(host, path, now)]
    meant = [one for one in sent if one.path == given.path] or sent
    cookies = tuple(
        replace(one, value=given.value, expires=given.expires) if one in meant else one for one in kept.cookies
    )
    length = sum(len(cookie.name) + len(cookie.value) + 3 for cookie in cookies)
    return kept if length > _LONGEST_HEADER else replace(kept, cookies=cookies)


def _set_cookie(answer: str, host: str, now: float) -> Cookie | None:
    """Read a `Set-Cookie` (RFC 6265, 5.2); None if it is none, is another host's, or ends a cookie."""
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
    """Return when a cookie ends, in seconds since 1970, of which `Max-Age` says more than `Expires`; 0 if neither does.

    Raises:
        ValueError: what it says is no time.
    """
    if age := attributes.get("max-age"):
        return max(1, int(now + min(int(age), _LONGEST_AGE)))
    if day := attributes.get("expires"):
        return max(1, int(parsedate_to_datetime(day).timestamp()))
    return 0


def cookie_header(url: str) -> str:
    """Return what goes along to an address as `Cookie`; nothing if nothing was kept for it, or it is not HTTPS.

    Raises:
        FetchError: the cookies that are kept cannot be read.
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
    """Write a host as cookies have it: in ASCII, in lower case.

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
    """Write a host as it is asked for; nothing for what is none."""
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
    return state_home() / _FILE


@contextmanager
def _changing() -> Iterator[dict[str, Kept]]:
    """Yield the stored cookies for a change, under a lock, and write them back."""
    from filelock import FileLock

    private_folder(state_home())
    with FileLock(_path().with_suffix(".lock"), mode=0o600):
        known = kept_cookies()
        before = dict(known)
        yield known
        if known != before:
            _write(known)


def _write(known: dict[str, Kept]) -> None:
    entries = {
        host: {"added": kept.added, "cookies": [asdict(cookie) for cookie in kept.cookies]}
        for host, kept in sorted(known.items())
    }
    write_private(_path(), (json.dumps(entries, indent=1) + "\n").encode())


# What is given.


def _is_file(text: str) -> bool:
    return any(len(line.split("\t")) == _COLUMNS for line in text.splitlines())


def _of_file(text: str) -> Iterable[Cookie]:
    """Read a cookies.txt, as browsers' extensions and curl write it: seven columns, tabs between."""
    for line in text.splitlines():
        # A comment, but for the mark of cookies that scripts do not see.
        columns = line.removeprefix("#HttpOnly_").split("\t")
        if len(columns) != _COLUMNS or columns[0].startswith("#"):
            continue
        domain, below, path, _, expires, name, value = columns
        ends = int(float(expires)) if re.fullmatch(r"\d{1,15}(\.\d+)?", expires) else 0
        cookie = Cookie(name, value, domain.lstrip(".").lower(), below.upper() == "TRUE", path or "/", ends)
        yield _checked(cookie)


def _for_host(cookies: Iterable[Cookie], host: str) -> Iterable[Cookie]:
    """Yield those that a browser would send to the host, or to one below it; of a whole browser's no more than that."""
    now = time.time()
    for cookie in cookies:
        above = cookie.below and host.endswith(f".{cookie.domain}")
        if 0 < cookie.expires <= now:
            continue
        if above:
            # Kept for this host, though its paper has others.
            yield replace(cookie, domain=host)
        elif cookie.domain == host or cookie.domain.endswith(f".{host}"):
            yield cookie


def _of_header(text: str, host: str) -> Iterable[Cookie]:
    header = re.sub(r"\Acookie:\s*", "", " ".join(text.split()), flags=re.IGNORECASE)
    for part in filter(None, (part.strip() for part in header.split(";"))):
        name, equals, value = part.partition("=")
        if not equals:
            raise CookieError(
                "That is neither a cookies.txt nor what a browser sends as Cookie (`name=value; name=value`)."
            )
        yield _checked(Cookie(name.strip(), value.strip(), host))


def _checked(cookie: Cookie) -> Cookie:
    if not _NAME.fullmatch(cookie.name) or not _VALUE.fullmatch(cookie.value):
        raise CookieError("One of the cookies has signs that no cookie can have.")
    return cookie
