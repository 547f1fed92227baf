"""Handles text from untrusted sources: addresses, file names, archives, TOML.

The standard library's functions raise errors on text from pages and exports: `urlsplit("http://[")` a ValueError,
`Path.is_file` of a long name an OSError. These functions treat such text as no address and no file.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import stat
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from zipfile import ZipFile

_NO_ADDRESS = SplitResult("", "", "", "", "")
#: Characters that are ignored in addresses (WHATWG URL, "remove all ASCII tab or newline").
_IGNORED = {ord(sign): None for sign in "\t\n\r"}
#: Invisible characters: controls, which XML 1.0 cannot hold and terminals obey, and overrides and isolates of
#: direction, which reorder the text around them. Marks of direction stay: Hebrew needs them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\u2028\u2029]+")
#: Names of devices on Windows, with any suffix ("con.mp3" is the console).
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.I)


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; all are empty if it is invalid.

    >>> split_address("https://a.example/b").netloc, split_address("http://[").netloc
    ('a.example', '')
    """
    try:
        parts = urlsplit(address)
        # Both are worked out when they are asked for, and may raise then.
        _ = parts.hostname, parts.port
    except ValueError:
        return _NO_ADDRESS
    return parts


#: Ends of names of query values that grant access: tokens, keys, passwords, signatures, sessions, gift links.
_SECRET = re.compile(
    r"(?:tokens?|secrets?|api_?key|access_?(?:key|code)(?:_?id)?"
    r"|(?:^|_)(?:pass(?:word|wd|wort|phrase|code|key)?|pwd|kennwort|mdp|contrasena|senha|haslo|signature|sig|hmac"
    r"|auth(?:orization)?|bearer|jwt|sas|otp|credentials?|(?:php|j)?_?sess(?:ion)?_?(?:id|key)"
    r"|(?:private|secret|auth)_?key|auth_?code|gift(?:_?(?:code|link|id))?|unlocked_article_code|key_?pair_?id"
    r"|magic_?link|login))\Z"
)
#: Ends of names of query values that may be a secret or an article's id, depending on the value.
_DOUBTFUL = re.compile(r"(?:^|_)(?:key|code|sid|session|hash|user|policy|ticket|invite|u|uid|s|t|k|h|auth\w*)\Z")
#: A JSON web token.
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?")
_MIN_KEY_LENGTH, _MIN_LONG_KEY = 16, 40
#: Characters of a name's end that are checked; greatest depth of addresses inside values of addresses.
_MAX_NAME_LENGTH, _MAX_DEPTH = 64, 4
_LETTERS_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: Separators of the values of a query; `&amp;` if a page was parsed incorrectly.
_BETWEEN = re.compile(r"(&amp;|[?&;~#])")
#: The parts of an address (RFC 3986, appendix B), which any text has; like browsers, it accepts backslashes.
_PARTS = re.compile(
    r"(?P<scheme>(?:view-source:|feed:)?(?:(?:https?|ftps?|feed):[/\\]*|[a-z][a-z0-9+.-]*:(?=//)(?://)?|(?=//)//)?)"
    r"(?P<host>[^/\\?#]*)(?P<path>[^?#]*)(?P<query>(?:\?[^#]*)?)(?P<fragment>(?:#.*)?)",
    re.I | re.S,
)
_ADDRESS_IN_TEXT = re.compile(
    r"(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]{0,30}://|(?:https?|ftps?|feed):[/\\]*)[^\s\"'<>]+|(?<![:/])//[^\s\"'<>@/]{0,200}@[^\s\"'<>]*",
    re.I,
)


_WHOLE = re.compile(r"[a-z][a-z0-9+.-]{0,30}:[/\\]", re.I)


def public_address(address: str) -> str:
    """Return an address without secrets: user, password, and query values that grant access.

    All stored or shown addresses go through this function: in manifests, tags, logs, notes, feeds and pages.

    >>> public_address("https://ada:pw@news.example/feed?token=4f3a&id=7")
    'https://news.example/feed?id=7'
    """
    return _public(address, _MAX_DEPTH)


#: Fewest characters of a secret that is removed from a page; a shorter one may be a word.
_MIN_SECRET_LENGTH = 8


def secrets_of(address: str) -> set[str]:
    """Return the secrets in an address, as written and decoded: the password, and values that grant access.

    >>> sorted(secrets_of("https://ada:open%20sesame@news.example/feed?token=4f3a91c27b&id=7"))
    ['4f3a91c27b', 'open sesame', 'open%20sesame']
    """
    parts = split_address(address)
    pairs = _BETWEEN.split(f"{parts.query}&{parts.fragment}")
    found = [pair.partition("=")[2] or pair for pair in pairs if _clean_value(pair, _MAX_DEPTH) is None]
    values = {parts.password or "", *found}
    return {form for value in values for form in (value, _decode(value)) if len(form) >= _MIN_SECRET_LENGTH}


def without_values(content: bytes, values: set[str]) -> bytes:
    """Return a page without the given values, in every form that an address in it may write them."""
    forms = {form for value in values for form in (value, quote(value, safe=""), escape(value))}
    for form in sorted(forms, key=len, reverse=True):
        content = content.replace(form.encode("utf-8", "surrogatepass"), b"")
    return content


def _public(address: str, depth: int) -> str:
    """Return an address without secrets, and without those in addresses up to *depth* levels inside its values."""
    if not any(mark in address for mark in "@?#;"):
        return address
    parts = _PARTS.fullmatch(address.translate(_IGNORED))
    assert parts is not None, "any text has these parts"
    if not parts["scheme"]:
        return address
    host, path, query, fragment = parts["host"], parts["path"], parts["query"], parts["fragment"]
    if "@" in address and split_address(parts["scheme"] + host) == _NO_ADDRESS:
        # No browser knows where the password ends.
        host, path, query, fragment = _PARTS.fullmatch("//" + address.rpartition("@")[2]).group(2, 3, 4, 5)  # type: ignore[union-attr]
    host = host.rpartition("@")[2]
    if "@" in path and "://" in path and depth:
        # Archives and readers put the address of a page after their own.
        path = _clean_addresses(path, depth - 1)
    if ";" in path:
        path = "/".join(_remove_secret_values(part, depth) for part in path.split("/"))
    cleaned = parts["scheme"] + host + path + _clean_query(query, depth) + _clean_query(fragment, depth)
    return address if cleaned == address.translate(_IGNORED) else cleaned


def _clean_query(query: str, depth: int) -> str:
    """Return a query or a fragment without secrets, with its first character ("?" or "#") unless nothing is left."""
    mark, rest = query[:1], query[1:]
    cleaned = (
        _remove_secret_values(rest, depth) if any(sign in unquote(rest) for sign in "=@") or _is_key(rest) else rest
    )
    return mark + cleaned if cleaned or not rest else ""


def without_secrets(text: str) -> str:
    """Return a text with each address in it as `public_address` returns it.

    >>> without_secrets("https://a.example/b?token=4f3a could not be fetched.")
    'https://a.example/b could not be fetched.'
    """
    whole = text.strip()
    if _WHOLE.match(whole) and " " not in whole:
        # What would end an address in a sentence may stand inside of one that is by itself.
        return text.replace(whole, public_address(whole))
    return _clean_addresses(text, _MAX_DEPTH)


def _clean_addresses(text: str, depth: int) -> str:
    """Return a text with the secrets in its addresses removed."""
    if ":" not in text and "//" not in text:
        return text

    def public(found: re.Match[str]) -> str:
        # What ends a sentence is not the address's.
        address = found[0].rstrip(".,:;!?)]}")
        return _public(address, depth) + found[0][len(address) :]

    return _ADDRESS_IN_TEXT.sub(public, text)


def _remove_secret_values(query: str, depth: int) -> str:
    """Return the values of a query that are no secrets, each with the separator before it."""
    kept, mark = "", ""
    for number, piece in enumerate(_BETWEEN.split(query)):
        if number % 2:
            mark = piece
        elif (cleaned := _clean_value(piece, depth)) is not None:
            kept += (mark if kept or mark not in ("&", "&amp;", ";") else "") + cleaned
    return kept


def _clean_value(pair: str, depth: int) -> str | None:
    """Return a pair of name and value without secrets inside it; None if all of it is secret."""
    name, mark, value = pair.partition("=")
    if not mark:
        # The sign itself may be escaped.
        name, mark, value = _decode(pair).partition("=")
    if _is_secret(name, _decode(value)) or (not mark and _is_key(name)):
        return None
    if not mark:
        name, value = "", name
    plain = _decode(value)
    if not any(sign in plain for sign in "=@"):
        return pair
    if not depth:
        return None
    cleaned = _clean_addresses(plain, depth - 1)
    if cleaned == plain and "://" not in plain:
        cleaned = _remove_secret_values(plain, depth - 1)
    return pair if cleaned == plain else f"{name}{mark}{quote(cleaned, safe='') if plain != value else cleaned}"


def _decode(text: str) -> str:
    """Return a text with percent escapes decoded, also those that are escaped several times."""
    for _ in range(_MAX_DEPTH):
        if (plain := unquote(text)) == text:
            break
        text = plain
    return text


def _plain_name(name: str) -> str:
    """Return the end of a name in the form that `_SECRET` expects: lower case, words separated by underscores.

    >>> _plain_name("X-Auth%54oken2"), _plain_name("user[api-key]")
    ('x_auth_token', 'user_api_key')
    """
    name = _LETTERS_CASE.sub("_", unicodedata.normalize("NFKC", _decode(name)[-_MAX_NAME_LENGTH:])).lower()
    return re.sub(r"[^a-z0-9]+", "_", name).strip("_").rstrip("0123456789").rstrip("_")


def _is_secret(name: str, value: str) -> bool:
    """Return whether a named value grants access, by its name and its form."""
    if not value:
        return False
    name = _plain_name(name)
    if _SECRET.search(name) or _JWT.fullmatch(value):
        return True
    return _is_mixed(value) and (
        len(value) >= _MIN_LONG_KEY or (len(value) >= _MIN_KEY_LENGTH and bool(_DOUBTFUL.search(name)))
    )


def _is_key(text: str) -> bool:
    """Return whether a text has the form of an access key: a JSON web token, or long with letters and digits."""
    return _JWT.fullmatch(text) is not None or (len(text) >= _MIN_LONG_KEY and _is_mixed(text))


def _is_mixed(value: str) -> bool:
    """Return whether a value has letters and digits, and is no address, time or title in dashes."""
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not set(value) & set(" /.:")
    # A title in lower case with dashes is none.
    return mixed and not (value == value.lower() and bool(set(value) & set("-_")))


def host_of(address: str) -> str:
    """Return the host of an address, in lower case; "" if it has none."""
    return split_address(address).hostname or ""


def join_address(base: str, address: str) -> str:
    """Return an address, which may be relative to *base*, as an absolute one; "" if either is invalid.

    >>> join_address("https://a.example/b/c", "../d"), join_address("https://a.example/", "http://[")
    ('https://a.example/d', '')
    """
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def file_name_of(address: str) -> str:
    """Return the last name in an address's path; "" if there is none, or if it cannot be a file's.

    >>> file_name_of("https://a.example/img/quay%20light.jpg?w=600"), file_name_of("https://a.example/img/")
    ('quay light.jpg', '')
    """
    name = unquote(split_address(address).path).rpartition("/")[2]
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    """Return whether a text can be the name of a file."""
    # 255 bytes is what the common file systems take.
    return bool(name) and name not in (".", "..") and "\0" not in name and len(os.fsencode(encodable(name))) <= 255


def visible(text: str) -> str:
    r"""Return a text without invisible characters, and with spaces for line breaks.

    >>> visible("A\x1b[2J title\u202e\nof two\u00a0lines")
    'A[2J title of two\xa0lines'
    """
    return text if text.isprintable() else UNSEEN.sub("", _BREAKS.sub(" ", text))


def file_stem(name: str) -> str:
    """Return *name*, with a suffix if Windows reserves it for a device, so that no file can have it there.

    >>> file_stem("con"), file_stem("concord"), file_stem("2024-09-07-con")
    ('con-file', 'concord', '2024-09-07-con')
    """
    return f"{name}-file" if _DEVICES.match(name) else name


#: Python's text codecs that no document uses.
_NO_CHARSETS = ("idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode", "raw-unicode", "utf-7", "utf_7")

Kind = Literal["file", "folder", "special", "missing", "closed"]


def kind_of(path: str | os.PathLike[str]) -> Kind:
    """Return the kind of what is at a path: "file", "folder", or "special" (a pipe, say, which may block a reader).

    "missing" also means that no file can have the name, "closed" that the system denies access.
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
    """Return the content of a regular file in a folder to which others may write, without waiting for a pipe.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    # Neither a Path nor a buffer: for each of thousands they take as long again.
    with open(path, "rb", buffering=0, opener=_open_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))
        return file.readall()


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


#: The accepted compression methods of ZIP, by their numbers: none, and deflate, which nearly all archives use. Forty
#: bytes of bzip2 become 45 MB in one step.
_STORED, _DEFLATED = 0, 8
#: Bytes that are unpacked in one step.
_PIECE = 1 << 20


def unpack(archive: ZipFile, name: str, most: int) -> bytes:
    """Return the content of a file in a ZIP of unknown origin, whose directory may have a wrong size.

    Raises:
        ValueError: it is larger than *most* bytes.
        NotImplementedError: it is compressed by an unusual method.
        zipfile.BadZipFile: it is broken, or its size differs from that in the directory.
    """
    if archive.getinfo(name).compress_type not in (_STORED, _DEFLATED):
        raise NotImplementedError(f"{name} is packed in an unusual way; pack it anew by deflate")
    unpacked = bytearray()
    # The library would unpack all that there is before it looks at the size.
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            unpacked += piece
            if len(unpacked) > most:
                raise ValueError(f"{name} is larger than {most >> 20} MB")
    return bytes(unpacked)


def is_file(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a regular file at a path, for any characters in the path."""
    return kind_of(path) == "file"


def toml_string(text: str) -> str:
    """Return a text as a basic string of TOML, which has the escapes of JSON.

    >>> toml_string('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse_toml(text: str) -> dict[str, Any]:
    """Return the content of TOML of unknown origin.

    Raises:
        tomllib.TOMLDecodeError: it is invalid, nested too deep, or a number is too long.
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


def is_charset(name: str) -> bool:
    """Return whether a name is that of an encoding of documents.

    Some codecs of Python are no such encoding, and take quadratic time to decode.

    >>> [is_charset(name) for name in ("koi8-r", "UTF-16", "punycode", "hex", "klingon")]
    [True, True, False, False, False]
    """
    try:
        codec = codecs.lookup(name)
        bytes(4).decode(name)  # of wide characters, one or two
    except (LookupError, ValueError):
        return False
    return not codec.name.startswith(_NO_CHARSETS)


def encodable(text: str) -> str:
    r"""Return a text with the characters that UTF-8 cannot encode, halves of surrogate pairs, as escapes.

    Old file names and truncated emoji have such characters.

    >>> encodable("cut \ud83d"), encodable("whole")
    ('cut \\ud83d', 'whole')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text
