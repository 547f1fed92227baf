"""A mailbox is an article for each mail in it, whatever program wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.sources import find, mailboxes

if TYPE_CHECKING:
    from pathlib import Path

MAIL = "From: Ruth <ruth@post.example>\nSubject: Ice {0}\nMessage-ID: <{0}@post.example>\n{1}\nIt froze {0} times.\n\n"
LINE = "From ruth@post.example Wed Jan 24 07:00:00 2024\n"


def mailbox(path: Path, *mails: str, name: str = "letters.mbox") -> Path:
    file = path / name
    file.write_bytes("".join(LINE + mail for mail in mails).encode())
    return file


def test_each_mail_is_an_article_under_its_id(tmp_path: Path) -> None:
    path = mailbox(tmp_path, MAIL.format(1, ""), MAIL.format(2, ""))
    found = list(find([path]))
    assert [source.name for source in found] == [f"{path}#1@post.example", f"{path}#2@post.example"]
    assert [source.external_id for source in found] == ["1@post.example", "2@post.example"]
    assert found[1].document is not None
    assert b"It froze 2 times." in found[1].document
    assert b"From ruth" not in found[0].document  # type: ignore[operator]


def test_mails_of_one_id_and_of_none_keep_names_of_their_own(tmp_path: Path) -> None:
    bare = "From: Ruth <r@x>\nSubject: Ice\n\nIt froze.\n\n"
    path = mailbox(tmp_path, MAIL.format(1, ""), MAIL.format(1, ""), bare)
    assert [source.name.rpartition("#")[2] for source in find([path])] == ["1@post.example", "2", "3"]


def test_a_line_of_a_mail_that_begins_with_from_does_not_end_it(tmp_path: Path) -> None:
    text = MAIL.format(1, "") + "From here on nobody spoke.\n\n>From what we know, it was cold.\n\n"
    [source] = find([mailbox(tmp_path, text)])
    assert source.document is not None
    assert b"From here on" in source.document
    assert b"\nFrom what we know" in source.document


FLAGS = [
    ("Status: RO\n", True), ("Status: O\n", False), ("X-Mozilla-Status: 0001\n", True),
    ("X-Mozilla-Status: 0000\n", False), ("X-Mozilla-Status: what\n", None), ("", None),
    ("X-Gmail-Labels: Opened,Harbour\n", True), ("X-Gmail-Labels: Unread,Opened,Harbour\n", False),
]  # fmt: skip


@pytest.mark.parametrize(("head", "read"), FLAGS)
def test_what_the_mailbox_says_of_a_mail_comes_along(tmp_path: Path, head: str, read: bool | None) -> None:
    [source] = find([mailbox(tmp_path, MAIL.format(1, head))])
    assert source.read is read
    assert source.tags == (("Harbour",) if "Harbour" in head else ())


@pytest.mark.parametrize("name", ["Inbox", "mbox"])
def test_a_mailbox_without_a_suffix_is_known_by_its_first_lines(tmp_path: Path, name: str) -> None:
    mailbox(tmp_path, MAIL.format(1, ""), name=name)
    (tmp_path / "README").write_text("From here on it is cold.\n")
    assert [source.external_id for source in find([tmp_path])] == ["1@post.example"]


def test_a_mail_that_is_too_large_is_cut_and_those_after_it_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "LARGEST", 2000)
    large = MAIL.format(1, "") + "ice and snow\n" * 500 + "\n"
    first, second = find([mailbox(tmp_path, large, MAIL.format(2, ""))])
    assert len(first.document or b"") <= 2000
    assert b"It froze 2 times." in second.document  # type: ignore[operator]
