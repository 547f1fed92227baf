"""Reads mail messages (RFC 5322, MIME): newsletters and letters, as `.eml` files and from mailboxes.

A message's HTML is preferred to its plain text. A message that only forwards another one as an attachment is read as
that one. Sender, list, date and subject become the metadata, and the Message-ID (RFC 5322, 3.6.4) the article's id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlunsplit

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.readers.encoding import decode
from audiogen.readers.letter import read_letter, unflow
from audiogen.readers.people import people
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import Message

    from audiogen.model import Article

#: Media types that are read.
_SHOWN = ("text/html", "text/plain", "application/xhtml+xml")
#: Lines before a message: its length in bytes (Apple Mail), or its sender and date (RFC 4155).
_LENGTH, _MAILBOX = re.compile(rb"(\d{1,10})[ \t]*\r?\n"), re.compile(rb"From [^\r\n]*\r?\n")
_ANOTHER = re.compile(rb"^\r?\nFrom [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}\r?\n", re.M)
#: Maximum number of parts, and of parts with other parts, which the parser enters recursively.
MOST_PARTS, MOST_NESTED = 2_000, 50
#: Minimum number of words of a message with another one attached; a shorter one is a note, and the attachment is read.
NOTE_WORDS = 60
_PART = re.compile(rb"^content-type:\s*(multipart/|message/)?", re.I | re.M)
#: Marks of answers and forwarding before a subject, in the languages of the phrases.
_MARKS = re.compile(r"\A(?:\s*(?:re|fwd?|aw|wg|tr|rv|r|i|odp|pd|ответ|пересл|на|enc|res)\s*(?:\[\d+\])?:)+\s*", re.I)
#: A list's tag before a subject: "[harbour-list] Ice".
_LIST_TAG = re.compile(r"\A\s*\[[^\[\]]{1,40}\]\s+(?=\S)")
#: Invisible characters that mailers use to fill the preview.
_PADDING = re.compile("(?:[\u00a0\u00ad\u034f\u061c\u2007\u200b-\u200f\u2060\u2800\ufeff\u180e]\\s*){4,}")
_PADDED = re.compile(
    r"(?:&(?:nbsp|zwnj|zwj|shy|#847|#8199|#8203|#65279|#x34f|#x2007|#x200b|#xfeff|#160|#173|#8204|#8205);\s*){4,}", re.I
)
_TITLE = re.compile(r"<title\b[^>]*>.*?</title\s*>", re.I | re.S)
_HEAD = re.compile(r"<head\b[^>]*>", re.I)
_BODY = re.compile(r"<body\b|</head\s*>", re.I)
#: The text of the link to a newsletter's copy on the web, in several languages.
_BROWSER = re.compile(
    r"(?:view|read|open|see|display)\b.{0,40}\b(?:browser|online|web ?site|web version|on the web)|web version|"
    r"(?:im|in einem|in ihrem|in deinem) browser|online[- ](?:lesen|version|ansicht)|dans (?:votre|le|un) navigateur|"
    r"version (?:en ligne|web)|en (?:tu|su|el) navegador|versi[oó]n (?:web|en l[ií]nea)|no (?:seu )?navegador|"
    r"vers[aã]o (?:web|online)|nel (?:tuo )?browser|versione (?:web|online)|w przegl[aą]darce|wersj[aię] online|"
    r"в браузер[еі]|веб-?верси|веб-?верс",
    re.I,
)  # fmt: skip
_LINK = re.compile(
    r"""<a\b[^>]{0,2000}?\bhref\s*=\s*["']([^"']{8,2000})["'][^>]{0,2000}>(.{0,400}?)</a\s*>""", re.I | re.S
)
_TAGS = re.compile(r"<[^>]*>")
#: Query parameters that identify the reader or the campaign, and hosts and paths of tracking links: a published address
#: must not give access to someone's subscription.
_PERSONAL = re.compile(
    r"\A(?:utm_\w+|mc_[ce]id|e|r|s|token|email|uid|u|subscriber\w*|_hs\w+|ck_subscriber_id|publication_id|isFreemail|"
    r"triedRedirect)\Z",
    re.I,
)
_COUNTED = re.compile(
    r"\A(?:click|clicks|links?|track\w*|trk|email|e|t|go|r|ct|url\d+|mandrillapp|lists?)\.|"
    r"/(?:track|click|ss/c|ls/click|redirect|c/eJ|wf/click)\b|[\w-]{70,}",
    re.I,
)
#: The end of an address of one message in a list's archive, in contrast to the address of the archive.
_ONE_OF_MANY = re.compile(r"/(?:[^/]*\d[^/]*|[^/]+(?:-[^/]+){2,})/?\Z")
#: "Ruth Okafor from Harbour Letters", "Ruth Okafor at the Post", "Ruth Okafor | Northern Post".
_FROM_OF = re.compile(
    r"\A(?P<person>.{3,60}?)\s*(?:,|\||\s[-–—@]|\s(?:from|at|of|von|bei|de|chez|da|di|del|z|w|из|з|від))\s+"
    r"(?P<site>.{2,80})\Z"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of a message: an outlet or a list, and a person if one is named."""

    site: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A decoded text of a message."""

    text: str
    html: bool


def read_mail(data: bytes, url: str | None = None) -> Article:
    """Read a message into an article.

    Raises:
        EmptyArticleError: There is no text in it.
        UnsupportedSourceError: It is encrypted, has too many parts, or is a mailbox of several messages.
    """
    data = _alone(data.lstrip(b"\r\n\t \xef\xbb\xbf"))
    _bound(data)
    message = message_from_bytes(data, policy=compat32)
    bodies = list(_bodies(message))
    words = sum(len(_TAGS.sub(" ", body.text).split()) for body in bodies)
    attached = list(_attached(message)) if words < NOTE_WORDS else []
    if attached and (inner := [body for one in attached for body in _bodies(one)]):
        message, bodies = attached[0], inner
    if not bodies:
        raise _without_text(message)
    return _completed(_article(message, bodies, url), message)


def _alone(data: bytes) -> bytes:
    """Return the message without a mailbox's line before it, or Apple Mail's length before and properties after it.

    Raises:
        UnsupportedSourceError: It is a mailbox of several messages.
    """
    if measured := _LENGTH.match(data):
        return data[measured.end() : measured.end() + int(measured[1])]
    if not (line := _MAILBOX.match(data)):
        return data
    if _ANOTHER.search(data, line.end()):
        raise UnsupportedSourceError(
            "the mailbox", "This is a mailbox of several mails; audiogen batch makes an episode of each."
        )
    return data[line.end() :]


def _bound(data: bytes) -> None:
    """Check the number of parts; UnsupportedSourceError if there are too many."""
    parts = list(islice(_PART.finditer(data), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS or sum(part[1] is not None for part in parts) > MOST_NESTED:
        raise UnsupportedSourceError("the message", "The message has more parts than any newsletter; save it alone.")


def _without_text(message: Message) -> Exception:
    """Return the error for a message without text, which may be encrypted."""
    kinds = {part.get_content_type() for part in message.walk()}
    if kinds & {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}:
        return UnsupportedSourceError("the message", "The message is encrypted; save it decrypted.")
    return EmptyArticleError("the message", "There is no text in the message.")


def _bodies(part: Message) -> Iterator[Body]:
    """Yield the texts that a mail program shows, in order; of alternatives the last supported one (RFC 2046, 5.1.4)."""
    kind = part.get_content_type()
    if part.is_multipart():
        children = [child for child in part.get_payload() if not isinstance(child, str)]
        if kind == "multipart/alternative":
            shown = [found for child in children if _is_shown(found := list(_bodies(child)))]
            yield from next((one for one in reversed(shown) if any(b.html for b in one)), shown[-1] if shown else [])
        elif kind == "multipart/related":
            yield from next((found for child in children if (found := list(_bodies(child)))), [])
        elif kind != "message/rfc822":
            for child in children:
                yield from _bodies(child)
    elif (
        kind in ("text/html", "text/plain", "application/xhtml+xml") and part.get_content_disposition() != "attachment"
    ):
        yield _body(part, html=kind != "text/plain")


def _is_shown(bodies: list[Body]) -> bool:
    """Return whether the bodies have any text."""
    return any((_TAGS.sub("", body.text) if body.html else body.text).strip() for body in bodies)


def _body(part: Message, *, html: bool) -> Body:
    """Return the decoded text of a part."""
    payload = part.get_payload(decode=True)
    text = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset("") or "")
    if not html and str(part.get_param("format", "")).lower() == "flowed":
        text = unflow(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return Body(text, html)


def _attached(part: Message) -> Iterator[Message]:
    """Yield the outermost messages that are attached to a message."""
    if part.is_multipart():
        for child in part.get_payload():
            if not isinstance(child, str):
                yield from [child] if part.get_content_type() == "message/rfc822" else _attached(child)


def _article(message: Message, bodies: list[Body], url: str | None) -> Article:
    """Return the article of the bodies: read as a page if one of them is HTML, otherwise as a letter."""
    sender, subject, day = sender_of(message), subject_of(message), _date(message)
    if not any(body.html for body in bodies):
        letter = read_letter("\n\n".join(body.text for body in bodies))
        return replace(
            letter,
            title=letter.title or subject,
            authors=letter.authors or sender.authors,
            site=letter.site or sender.site,
            published=letter.published or day,
            url=url or _address(message, ""),
            signs={"letter": "text"},
        )
    from audiogen.readers.html import read_html

    # A mailing list puts its footer behind a message as a text of its own; a note stands before a page.
    text = "\n".join(body.text if body.html else _as_html(body.text) for body in bodies)
    page = _with_head(_PADDED.sub(" ", _PADDING.sub(" ", text)), sender, subject, day)
    article = read_html(page, url or _address(message, text) or None)
    return replace(
        article, title=article.title or subject, authors=article.authors or sender.authors, signs={"letter": "html"}
    )


def _completed(article: Article, message: Message) -> Article:
    """Return the article with its format and the message's id."""
    return replace(article, format="mail", external_id=_header(message, "message-id").strip("<> "))


def _as_html(text: str) -> str:
    """Return plain text as HTML paragraphs."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)


def _with_head(page: str, sender: Sender, subject: str, day: datetime | None) -> str:
    """Return the page with the message's metadata in its head.

    Its own title, which newsletters' templates set, is removed.
    """
    metas = [
        f'<meta property="og:title" content="{escape(subject)}">' if subject else "",
        f'<meta property="og:site_name" content="{escape(sender.site)}">' if sender.site else "",
        f'<meta property="article:published_time" content="{day.isoformat()}">' if day else "",
    ]
    head, page = "".join(metas), _TITLE.sub("", page, count=1)
    if found := _HEAD.search(page):
        return page[: found.end()] + head + page[found.end() :]
    found = _BODY.search(page)
    index = found.start() if found and found[0].lower() == "<body" else 0
    return f"{page[:index]}<head>{head}</head>{page[index:]}"


def sender_of(message: Message) -> Sender:
    r"""Return the outlet, by the list's name or the sender's, and the person, by the sender's name.

    >>> message = message_from_bytes(b"From: Ruth Okafor from Harbour Letters <ruth@post.example>\n\n")
    >>> sender_of(message)
    Sender(site='Harbour Letters', authors=('Ruth Okafor',))
    """
    name, address = parseaddr(_header(message, "from"))
    mailing = _list_name(message)
    if found := _FROM_OF.match(name):
        person = people([found["person"]])
        if person:
            return Sender(mailing or found["site"].strip(), person)
    if not name:
        return Sender(mailing or address.rpartition("@")[2])
    return Sender(mailing or name, people([name]) if _is_persons(address, name) else ())


def _is_persons(address: str, name: str) -> bool:
    """Return whether an address belongs to the person *name*: it contains a part of the name."""
    local = address.partition("@")[0].lower()
    return any(len(word) > 2 and word.lower() in local for word in re.findall(r"\w+", name))


def _is_list(message: Message) -> bool:
    """Return whether a message was sent by a mailing list."""
    return any(_header(message, name) for name in ("list-id", "list-post", "list-unsubscribe"))


def _list_name(message: Message) -> str:
    """Return the display name in a list's header (RFC 2919); "" if it is only an id."""
    header = _header(message, "list-id")
    name = header.partition("<")[0].strip(" \"'") if "<" in header else ""
    return "" if "@" in name or re.fullmatch(r"[\w-]*\d[\w-]*|[\w.-]+\.[\w.-]+", name) else name


def subject_of(message: Message) -> str:
    """Return the subject without prefixes of replies and forwarding, and without a list's tag."""
    subject = _MARKS.sub("", _header(message, "subject"))
    return _MARKS.sub("", _LIST_TAG.sub("", subject) if _is_list(message) else subject).strip()


def _date(message: Message) -> datetime | None:
    """Return the date of a message; None if it is missing or invalid."""
    try:
        return parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _header(message: Message, name: str) -> str:
    """Return the text of a header on one line, decoded (RFC 2047); undeclared bytes are decoded by guess."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    text = " ".join(decode(raw.encode("utf-8", "surrogateescape")).split())
    if "=?" not in text:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, MessageError, ValueError):
        return text
    words = (part if isinstance(part, str) else decode(part, charset or "") for part, charset in parts)
    return " ".join("".join(words).split())


def _address(message: Message, page: str) -> str:
    """Return the message's address on the web (Archived-At, RFC 5064; its web copy.

    Or in the list's archive), or "".
    """
    archived, archive = (_header(message, name).strip("<> ") for name in ("archived-at", "list-archive"))
    copies = (link for link, text in _LINK.findall(page) if _BROWSER.search(" ".join(_TAGS.sub(" ", text).split())))
    in_archive = archive if _ONE_OF_MANY.search(split_address(archive).path) else ""
    return next(filter(None, map(without_tracking, (archived, next(copies, ""), in_archive))), "")


def without_tracking(address: str) -> str:
    """Return an address without what identifies the reader; "" if it is only a tracking link.

    >>> without_tracking("https://post.example/p/ice?utm_source=mail&e=4f2a&page=2"), without_tracking("https://click.mail.example/x")
    ('https://post.example/p/ice?page=2', '')
    """
    parts = split_address(address.replace("&amp;", "&").strip())
    try:
        query = [(key, value) for key, value in parse_qsl(parts.query) if not _PERSONAL.match(key)]
    except ValueError:
        # More fields than the standard library takes.
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or _COUNTED.search(parts.hostname + parts.path):
        return ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
