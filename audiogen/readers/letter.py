"""Reads the plain text of mails: format=flowed (RFC 3676), quoting with ">", signatures, forwarded messages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from audiogen.model import Article, Block, BlockKind, Evidence
from audiogen.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Maximum width at which mail programs break lines, in characters.
_WIDEST = 80
_ITEM = re.compile(r"(?:[*+•·–-]|\d{1,3}[.)])\s")
#: The line above a forwarded mail, in several languages, and the headers below it.
_FORWARDED = re.compile(
    r"\s*-{2,}\s*(?:begin )?(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|"
    r"message (?:transféré|d'origine)|mensaje (?:reenviado|original)|messaggio (?:inoltrato|originale)|"
    r"(?:przekazana|oryginalna) wiadomość|mensagem (?:encaminhada|original)|"
    r"(?:пересылаемое|пересланное|исходное) сообщение|переслане повідомлення)\s*-{2,}",
    re.I,
)
_FORWARDED_HEADER = re.compile(r"\s*\*?[^\W\d_]{1,12}(?: [^\W\d_]{1,12})?\*?\s?:\s")
_QUOTED = re.compile(r"\A((?:> ?)+)")
#: The line before a signature (RFC 3676, 4.3).
SIGNATURE = "-- "
#: A line of hyphens, stars or underscores between the sections of a mail.
_RULE = re.compile(r"\s*([-=_*~#•])(?:\s*\1){4,}\s*\Z")
#: Links that mailers write after their text: "<https://…>", "( https://… )", "[1]".
_LINK = re.compile(r"\s*(?:[<(\[]\s*https?://[^\s<>()\[\]]{1,2000}\s*[>)\]]|\[\d{1,3}\](?=[\s.,;:!?]|\Z))")
_BARE = re.compile(r"\A\W*(?:\[?\d{1,3}[\].:]\s*)?https?://\S+\W*\Z")


def read_letter(text: str) -> Article:
    """Read a mail's text: broken lines are joined, quoted text becomes quotes, and a signature is marked.

    Raises:
        UnsupportedSourceError: It has too many lines.
    """
    lines = [line for line in text.splitlines() if not _RULE.match(line)]
    width = min(max((len(line.rstrip()) for line in lines), default=0), _WIDEST)
    blocks: list[Block] = []
    for (depth, part), group in groupby(_parts(lines), key=lambda line: line[:2]):
        written = [line for _, _, line in group]
        column = max(len(line.rstrip()) for line in written) if depth else width
        section = "\n".join(_joined(written, min(column, width)))
        if section.strip():
            blocks += _marked(read_text(section).blocks, depth, part)
    whole = read_text("\n\n".join(block.text for block in blocks)) if blocks else Article()
    return replace(whole, title="", blocks=tuple(blocks))


def _joined(lines: list[str], width: int) -> Iterator[str]:
    """Yield the paragraphs of lines.

    A line continues in the next one if the next line's first word would not have fitted into *width*.
    """
    held = last = ""
    for line in lines:
        text = line.strip()
        word = len(text.split(" ", 1)[0])
        if held and text and not _ITEM.match(text) and len(last) + 1 + word > width:
            held = f"{held} {text}"
        else:
            yield held
            held = text
        last = line.rstrip()
        if not text:
            held = ""
            yield ""
    yield held


def _parts(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each line with its depth of quoting and its part of the mail: "signature", "forwarded" headers, or ""."""
    part = ""
    for line in lines:
        found = _QUOTED.match(line)
        depth = found[1].count(">") if found else 0
        bare = line[found.end() :] if found else line
        if _FORWARDED.match(bare):
            part = "forwarded"
        elif part == "forwarded" and bare.strip() and not _FORWARDED_HEADER.match(bare):
            part = ""
        elif bare.rstrip("\r\n") in (SIGNATURE, "--"):
            part = "signature"
        elif part == "signature" and depth:
            part = ""
        yield depth, part, "" if _BARE.match(bare) else _LINK.sub("", bare)


def _marked(blocks: tuple[Block, ...], depth: int, part: str) -> list[Block]:
    """Return the blocks with marks for their depth of quoting and their part of the mail."""
    marks = {"quoted": float(depth), part: float(bool(part))}
    present = {name: value for name, value in marks.items() if value}
    return [
        replace(
            block,
            kind=BlockKind.QUOTE if depth else block.kind,
            level=0 if depth else block.level,
            evidence=Evidence(marks={**(block.evidence.marks if block.evidence else {}), **present}),
        )
        for block in blocks
        if block.text.strip("-– ")
    ]


def unflow(text: str, *, delsp: bool = False) -> str:
    r"""Return format=flowed text with its lines joined: a line that ends in a space continues in the next one.

    Only lines with the same depth of quoting are joined; with *delsp* the space is removed.

    >>> unflow("The harbour \nfroze.\n> So it \n> did.\n")
    'The harbour froze.\n> So it did.'
    """
    joined: list[str] = []
    depth, open_ = 0, False
    for line in text.splitlines():
        found = re.match(r">*", line)
        quoted = found.end() if found else 0
        rest = line[quoted:].removeprefix(" ")
        flows = rest.endswith(" ") and rest != SIGNATURE
        kept = rest[:-1] if flows and delsp else rest
        if open_ and quoted == depth and rest != SIGNATURE:
            joined[-1] += kept
        else:
            joined.append(f"{'>' * quoted}{' ' if quoted else ''}{kept}")
        depth, open_ = quoted, flows
    return "\n".join(joined)
