"""Reads mailboxes in the mbox format (RFC 4155) of Thunderbird, Apple Mail and Google Takeout.

Each message is an article.

A message begins with a line `From sender date`; such a line inside a text is escaped with ">". Messages are read one at
a time, so memory use depends on the largest message and not on the mailbox.
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

#: Maximum size of a message, in bytes; mails with pictures are rarely larger than 25 MB.
LARGEST = 64 << 20
#: The line before a message: a sender (or "-" or nothing), and a time of day.
_BEGINS = re.compile(rb"From [^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}\r?\n")
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
_QUOTED = re.compile(rb"^>(>*From )", re.M)
#: Gmail's labels for folders and states, which are not used as tags.
_FOLDERS = frozenset({
    "inbox", "opened", "unread", "archived", "sent", "important", "starred", "trash", "spam", "drafts", "chat",
    "category personal", "category updates", "category promotions", "category forums", "category social",
})  # fmt: skip


def read_mailbox(path: Path) -> Iterator[Source] | None:
    """Return the messages in a mailbox; None if the file is not one."""
    with path.open("rb") as file:
        first, second = file.readline(400), file.readline(400)
    return _sources(path) if _BEGINS.fullmatch(first) and (_HEADER.match(second) or second[:1] == b">") else None


def _sources(path: Path) -> Iterator[Source]:
    """Yield a source for each message, with its Message-ID or its number in the name."""
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
    """Yield each message without the line before it; one that is too large is cut."""
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
    """Return the tags of a message by Gmail's labels."""
    labels = str(head.get("X-Gmail-Labels") or "").split(",")
    return tuple(dict.fromkeys(text for label in labels if (text := label.strip()) and text.lower() not in _FOLDERS))


def _is_read(head: Message) -> bool | None:
    """Return whether a message was read: by `Status`, Gmail's labels or Mozilla's flags; None if unknown."""
    if head.get("Status") is not None:
        return "R" in str(head["Status"])
    if labels := str(head.get("X-Gmail-Labels") or "").lower():
        return "opened" in labels and "unread" not in labels
    try:
        return bool(int(str(head["X-Mozilla-Status"]), 16) & 1) if head.get("X-Mozilla-Status") else None
    except ValueError:
        return None
