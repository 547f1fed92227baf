"""Mailboxes in the form mbox (RFC 4155), as Thunderbird, Apple Mail and Google Takeout write them: an article a mail.

A message begins with a line `From sender day`; such a line in a text is quoted by `>`. Messages are read one at a time,
so that a mailbox of gigabytes takes no more memory than its largest message.
"""

from __future__ import annotations

import re
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import TYPE_CHECKING

from audiogen.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

#: Largest message that is read, in bytes: pictures and all, mails are seldom larger than 25 MB.
LARGEST = 64 << 20
#: The line before a message: a sender, or "-" or nothing, and a time of day somewhere behind.
_BEGINS = re.compile(rb"From [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}\r?\n")
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
_QUOTED = re.compile(rb"^>(>*From )", re.M)
#: Labels of Google's that say where a mail is, not what it is about.
_FOLDERS = frozenset({
    "inbox", "opened", "unread", "archived", "sent", "important", "starred", "trash", "spam", "drafts", "chat",
    "category personal", "category updates", "category promotions", "category forums", "category social",
})  # fmt: skip


def read_mailbox(path: Path) -> Iterator[Source] | None:
    """Read a mailbox; None if the file is none."""
    with path.open("rb") as file:
        first, second = file.readline(400), file.readline(400)
    return _sources(path) if _BEGINS.fullmatch(first) and (_HEADER.match(second) or second[:1] == b">") else None


def _sources(path: Path) -> Iterator[Source]:
    name, taken = str(path.absolute()), set()
    for number, message in enumerate(_messages(path), 1):
        head = BytesHeaderParser(policy=compat32).parsebytes(message)
        identity = "".join(str(head.get("Message-ID") or "").split()).strip("<>")
        fragment = identity if identity and identity not in taken else str(number)
        taken.add(identity)
        yield Source(
            f"{name}#{fragment}", document=message, tags=_labels(head), read=_is_read(head), external_id=identity
        )


def _messages(path: Path) -> Iterator[bytes]:
    """Yield each message without the line before it; of one that is too large, the beginning."""
    held: list[bytes] = []
    size, blank = 0, True
    with path.open("rb") as file:
        # A line is bounded, so that a file without line breaks is none that fills the memory.
        while line := file.readline(LARGEST):
            if blank and _BEGINS.fullmatch(line):
                if held:
                    yield _QUOTED.sub(rb"\1", b"".join(held))
                held, size = [], 0
            elif size + len(line) <= LARGEST:
                held.append(line)
                size += len(line)
            blank = not line.strip()
    if held:
        yield _QUOTED.sub(rb"\1", b"".join(held))


def _labels(head: Message) -> tuple[str, ...]:
    labels = str(head.get("X-Gmail-Labels") or "").split(",")
    return tuple(dict.fromkeys(text for label in labels if (text := label.strip()) and text.lower() not in _FOLDERS))


def _is_read(head: Message) -> bool | None:
    """Return whether a mail was read, as far as the mailbox says: `Status` holds an R, Mozilla's flags a 1."""
    if head.get("Status") is not None:
        return "R" in str(head["Status"])
    if labels := str(head.get("X-Gmail-Labels") or "").lower():
        return "opened" in labels and "unread" not in labels
    try:
        return bool(int(str(head["X-Mozilla-Status"]), 16) & 1) if head.get("X-Mozilla-Status") else None
    except ValueError:
        return None
