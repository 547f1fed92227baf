"""Handles text from untrusted sources safely: as an address, as a file name, as UTF-8.

The standard library's functions raise on what pages and exports hold: `urlsplit("http://[")` a ValueError,
`Path.is_file` of a long name an OSError. Here such text simply is no address and no file.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from typing import Any, Literal
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_NOWHERE = SplitResult("", "", "", "", "")
#: Invisible characters: controls, which XML 1.0 cannot hold and terminals obey, and overrides and isolates of
#: direction, which reorder the text around them. Marks of direction stay: Hebrew needs them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\u2028\u2029]+")
#: Names that Windows keeps for devices, with any suffix ("con.mp3" is the console).
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.I)


def split_address(address: str) -> SplitResult:
    """Split an address into its parts; an invalid one has empty parts.

    >>> split_address("https://a.example/b").netloc, split_address("http://[").netloc
    ('a.example', '')
    """
    try:
        parts = urlsplit(address)
        # Both are worked out when they are asked for, and may raise then.
        _ = parts.hostname, parts.port
    except ValueError:
        return _NOWHERE
    return parts


#: Names of query values that grant access: tokens, keys, passwords, signatures, sessions, gift links.
_SECRET = re.compile(
    r"(.*[-_.])?(\w*token|\w*secret|pass(word|wd|phrase|code)?|pwd|sig|signature|auth(orization)?|jwt|sas|otp"
    r"|credentials?|session_?(id|key)|sessid|phpsessid|jsessionid|\w*api_?key|\w*access_?(key|code)|private_?key"
    r"|auth_?(key|code)|gift_?(code|link|id)?|unlocked_article_code|key_?pair_?id|magic_?link|login)",
    re.I,
)
#: Names of query values that may hold a secret or an article's id: the value decides.
_DOUBTFUL = re.compile(r"(.*[-_.])?(key|code|sid|session|hash|user|policy|u|uid|s|t|k|h|auth\w*)", re.I)
#: A JSON web token, and whatever is as long and as mixed as only a key is.
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?")
_KEY_LENGTH, _LONG_KEY = 16, 40
_ADDRESS_IN_TEXT = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.I)


def public_address(address: str) -> str:
    """Return an address without secrets: user, password, and query values that grant access.

    Whatever is written down of an address goes through this: manifests, tags, logs, notes, feeds and pages.

    >>> public_address("https://ada:pw@news.example/feed?token=4f3a&id=7")
    'https://news.example/feed?id=7'
    """
    if not any(mark in address for mark in "@?#"):
        return address
    parts = split_address(address)
    if not parts.scheme or not (parts.netloc or parts.query):
        return address
    query, fragment = _without_secrets(parts.query), parts.fragment
    if "=" in fragment:
        fragment = _without_secrets(fragment)
    netloc = parts.netloc.rpartition("@")[2]
    if (netloc, query, fragment) == (parts.netloc, parts.query, parts.fragment):
        return address
    return urlunsplit((parts.scheme, netloc, parts.path, query, fragment))


def without_secrets(text: str) -> str:
    """Write the addresses in a text as `public_address` does.

    >>> without_secrets("https://a.example/b?token=4f3a could not be fetched.")
    'https://a.example/b could not be fetched.'
    """
    if "://" not in text:
        return text
    return _ADDRESS_IN_TEXT.sub(_public_match, text)


def _public_match(found: re.Match[str]) -> str:
    # What ends a sentence is not the address's.
    address = found[0].rstrip(".,:;!?)]}")
    return public_address(address) + found[0][len(address) :]


def _without_secrets(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not _is_secret(*pair.partition("=")[::2]))


def _is_secret(name: str, value: str) -> bool:
    name, value = unquote(name), unquote(value)
    if not value:
        return False
    if _SECRET.fullmatch(name) or _JWT.fullmatch(value):
        return True
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not set(value) & set(" /.:")
    # A title in lower case with dashes is none.
    if not mixed or (value == value.lower() and set(value) & set("-_")):
        return False
    return len(value) >= _LONG_KEY or (len(value) >= _KEY_LENGTH and _DOUBTFUL.fullmatch(name) is not None)


def host_of(address: str) -> str:
    """Return the host that an address names, in lower case; empty if it names none."""
    return split_address(address).hostname or ""


def join_address(base: str, address: str) -> str:
    """Resolve an address that may be relative to *base*; empty if either is none.

    >>> join_address("https://a.example/b/c", "../d"), join_address("https://a.example/", "http://[")
    ('https://a.example/d', '')
    """
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def file_name_of(address: str) -> str:
    """Return the last name in an address's path; empty if there is none, or it is too long to be a file's.

    >>> file_name_of("https://a.example/img/quay%20light.jpg?w=600"), file_name_of("https://a.example/img/")
    ('quay light.jpg', '')
    """
    name = unquote(split_address(address).path).rpartition("/")[2]
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    # 255 bytes is what the common file systems take.
    return bool(name) and name not in (".", "..") and "\0" not in name and len(os.fsencode(encodable(name))) <= 255


def visible(text: str) -> str:
    r"""Remove invisible characters and line breaks from a text; its spaces stay.

    >>> visible("A\x1b[2J title\u202e\nof two\u00a0lines")
    'A[2J title of two\xa0lines'
    """
    return text if text.isprintable() else UNSEEN.sub("", _BREAKS.sub(" ", text))


def file_stem(name: str) -> str:
    """Return a name that is a file's on every system: one that Windows keeps for a device gets a word more.

    >>> file_stem("con"), file_stem("concord"), file_stem("2024-09-07-con")
    ('con-file', 'concord', '2024-09-07-con')
    """
    return f"{name}-file" if _DEVICES.match(name) else name


Kind = Literal["file", "folder", "special", "missing", "closed"]


def kind_of(path: str | os.PathLike[str]) -> Kind:
    """Return what is at a path: a regular file, a folder, or something "special" (a pipe, which may block a reader).

    "missing" is also what no file can be called; "closed" is what the system does not let us look at.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a batch asks of every file, and making a Path takes longer than this
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "missing"
    except OSError as error:
        return "closed" if isinstance(error, PermissionError) else "missing"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "special"


def read_file(path: str | os.PathLike[str]) -> bytes:
    """Read a regular file of a folder that another user may have filled; never wait for a pipe.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    # Neither a Path nor a buffer: for each of thousands they take as long again.
    with open(path, "rb", buffering=0, opener=_opened_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))
        return file.readall()


def _opened_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def is_file(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a regular file at a path, whatever characters the path has."""
    return kind_of(path) == "file"


def toml_string(text: str) -> str:
    """Write a text as a basic string of TOML, whose escapes are those of JSON.

    >>> toml_string('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML that anybody may have written.

    Raises:
        tomllib.TOMLDecodeError: it is none, its tables stand in one another too deep, or a number is too long.
    """
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("its values stand in one another too deep") from error
    except ValueError as error:
        raise tomllib.TOMLDecodeError(f"a value of it cannot be read ({error})") from error


def encodable(text: str) -> str:
    r"""Replace what UTF-8 cannot encode, halves of surrogate pairs, by escapes: old file names and cut emoji have them.

    >>> encodable("cut \ud83d"), encodable("whole")
    ('cut \\ud83d', 'whole')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text
