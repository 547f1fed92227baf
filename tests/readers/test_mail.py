"""Newsletters and letters: whole, in order, with what their headers say, in every encoding that mails come in."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import compat32

import pytest

from audiogen import clean, read
from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.model import Article, BlockKind
from audiogen.readers.mail import sender_of, subject_of, without_tracking

FIRST = "The harbour froze in the third week of January, and no ferry left it for nine days, not even the small one."
SECOND = "“It is only a ship, and we have only been waiting,” the keeper said, and put another log into the stove."
THIRD = "On the tenth day the wind turned, and the first to notice was the baker, who opens at four in the morning."
LAYOUT = '<table width="100%"><tr><td align="center"><table width="600"><tr><td>{}</td></tr></table></td></tr></table>'
PREHEADER = '<div style="display:none">Nine days of ice ' + "&#847;&zwnj;&nbsp;&#8199;&shy;" * 20 + "</div>"
FOOT = (
    "<p>You are receiving this email because you signed up on our site.</p>"
    '<p>Harbour Letters, 12 Quay Street, Veldmark 4021</p><p><a href="https://post.example/u">Unsubscribe</a></p>'
    '<p><a href="https://post.example/f">Forward to a friend</a></p>'
    '<img src="https://t.example/o" width="1" height="1">'
)
BROWSER = '<p><a href="https://post.example/p/ice?utm_source=mail">View this email in your browser</a></p>'


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    result = {
        "From": "Harbour Letters <letters@post.example>",
        "To": "reader@home.example",
        "Subject": "Nine days of ice",
        "Date": "Wed, 24 Jan 2024 07:00:00 +0100",
        "Message-ID": "<ice.1@post.example>",
        "List-Id": "Harbour Letters <letters.post.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in result.items():
        if value:
            mail[name] = value
    return mail


def newsletter(body: str = "", **headers: str) -> bytes:
    mail = message(**headers)
    mail.set_content(f"View in browser\n\n{FIRST}")
    content = body or "".join(LAYOUT.format(f"<span>{text}</span>") for text in (FIRST, SECOND, THIRD))
    mail.add_alternative(
        f"<html><body>{PREHEADER}{BROWSER}{content}{LAYOUT.format(FOOT)}</body></html>", subtype="html"
    )
    return mail.as_bytes()


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def test_a_newsletter_is_heard_whole_and_in_order_without_what_stands_around_it() -> None:
    heard = clean(read(newsletter()))
    assert texts(heard) == [FIRST, SECOND, THIRD]
    assert heard.title == "Nine days of ice"
    assert not any("\u034f" in entry.block.text for entry in heard.removed)


def test_the_headers_become_metadata() -> None:
    article = read(newsletter())
    assert (article.site, article.url, article.format) == ("Harbour Letters", "https://post.example/p/ice", "mail")
    assert article.published
    assert article.published.isoformat() == "2024-01-24T07:00:00+01:00"
    assert article.external_id == "ice.1@post.example"


def test_the_body_has_the_headline_where_it_has_one() -> None:
    body = f"<h1>What a frozen harbour taught Veldmark: nine days</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert clean(read(newsletter(body))).title == "What a frozen harbour taught Veldmark: nine days"


def test_the_linked_headings_of_a_newsletters_stories_are_heard() -> None:
    stories = (
        LAYOUT.format(f'<h2><a href="https://post.example/{n}">{head}</a></h2><p>{text}</p>')
        for n, (head, text) in enumerate((("Ice", FIRST), ("The keeper waits", SECOND), ("The wind turns", THIRD)))
    )
    heard = texts(clean(read(newsletter("".join(stories)))))
    assert heard == ["Ice", FIRST, "The keeper waits", SECOND, "The wind turns", THIRD]


CHARSETS = [("base64", "utf-8"), ("quoted-printable", "iso-8859-1"), ("base64", "windows-1251"), ("8bit", "utf-8")]


@pytest.mark.parametrize(("cte", "charset"), CHARSETS)
def test_the_text_is_decoded(cte: str, charset: str) -> None:
    text = "Гавань замерзла на третьей неделе января." if "1251" in charset else "Der Hafen fror zu – früh, für alle."
    text = text.replace("–", "-") if charset == "iso-8859-1" else text
    mail = message()
    mail.set_content(f"<p>{text}</p>", subtype="html", charset=charset, cte=cte)
    assert text in texts(read(mail.as_bytes()))


def test_pictures_that_come_with_a_page_do_not_hide_it() -> None:
    mail = message()
    mail.set_content("Plain.")
    mail.add_alternative(f'<p><img src="cid:logo">{FIRST}</p>', subtype="html")
    page = mail.get_payload()[1]  # type: ignore[index]
    page.add_related(b"\x89PNG", "image", "png", cid="<logo>")  # type: ignore[union-attr]
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="x.pdf")
    assert texts(read(mail.as_bytes())) == [FIRST]


@pytest.mark.parametrize("note", ["Worth reading!", ""])
def test_a_message_that_carries_another_is_read_as_that_one(note: str) -> None:
    outer = message(From="Tom Lee <tom@home.example>", Subject="Fwd: Nine days", Message_ID="<2@home>", List_Id="")
    outer.set_content(note)
    outer.add_attachment(message_from_bytes(newsletter(), policy=compat32))
    article = read(outer.as_bytes())
    assert (article.site, article.external_id) == ("Harbour Letters", "ice.1@post.example")
    assert FIRST in texts(article)


FLOWED = "The harbour \nfroze in January.\n\n> Did it \n> thaw?\n\nIt did.\n-- \nRuth\nQuay 3\n"


def test_a_flowed_letter_has_its_paragraphs_its_quotes_and_no_signature() -> None:
    mail = message(From="Ruth Okafor <ruth.okafor@home.example>", List_Id="")
    mail.set_content(FLOWED, params={"format": "flowed"})
    heard = clean(read(mail.as_bytes()))
    assert [(block.kind, block.text) for block in heard.blocks] == [
        (BlockKind.PARAGRAPH, "The harbour froze in January."),
        (BlockKind.QUOTE, "Did it thaw?"),
        (BlockKind.PARAGRAPH, "It did."),
    ]
    assert heard.authors == ("Ruth Okafor",)


def test_lines_that_a_mail_program_broke_are_joined_and_its_links_left_out() -> None:
    text = (
        "The harbour froze in the third week of January, and no ferry left it\nfor nine days <https://post.example/ice>."
        "\n\nNobody went.\n=========\nhttps://post.example/x\n\nUnsubscribe\n"
    )
    mail = message()
    mail.set_content(text)
    heard = texts(clean(read(mail.as_bytes())))
    assert heard == [
        "The harbour froze in the third week of January, and no ferry left it for nine days.", "Nobody went.",
    ]  # fmt: skip


def test_the_headers_of_a_forwarded_mail_are_not_heard() -> None:
    mail = message(List_Id="")
    mail.set_content(
        "See below.\n\n---------- Forwarded message ---------\nFrom: Ruth <r@x.example>\nDate: Mon, 1 Jan 2024\n"
        f"Subject: Ice\nTo: <t@x.example>\n\n{FIRST[:60]}\n"
    )
    assert texts(clean(read(mail.as_bytes()))) == ["See below.", FIRST[:60]]


SENDERS = [
    ("Ruth Okafor from Harbour Letters <a@b>", "", "Harbour Letters", ("Ruth Okafor",)),
    ('"Ruth Okafor, Northern Post" <a@b>', "", "Northern Post", ("Ruth Okafor",)),
    ("Northern Post <news@b>", "", "Northern Post", ()),
    ("Ruth Okafor <ruth@b>", "Ice <ice.b>", "Ice", ("Ruth Okafor",)),
    ("news@post.example", "", "post.example", ()),
    ("Northern Post <news@b>", "<4f2a91.list.example>", "Northern Post", ()),
]


@pytest.mark.parametrize(("sender", "list_id", "site", "authors"), SENDERS)
def test_outlet_and_person_are_told_by_sender_and_list(
    sender: str, list_id: str, site: str, authors: tuple[str, ...]
) -> None:
    head = f"From: {sender}\nList-Id: {list_id}\n\n" if list_id else f"From: {sender}\n\n"
    found = sender_of(message_from_bytes(head.encode(), policy=compat32))
    assert (found.site, found.authors) == (site, authors)


SUBJECTS = [
    ("Re: Fwd: Ice", "Ice"), ("AW: WG: Eis", "Eis"), ("Re[2]: Ice", "Ice"), ("Report: ice", "Report: ice"),
    ("=?utf-8?q?Caf=C3=A9?= =?utf-8?b?IG9wZW4=?=", "Café open"), ("[letters] Ice", "Ice"), ("[letters] Re: Ice", "Ice"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "subject"), SUBJECTS)
def test_a_subject_loses_its_marks(written: str, subject: str) -> None:
    mail = message_from_bytes(f"Subject: {written}\nList-Id: <a.b>\n\n".encode(), policy=compat32)
    assert subject_of(mail) == subject


def test_a_bare_header_of_another_encoding_is_guessed() -> None:
    mail = message_from_bytes("Subject: Wie der Hafen früh für alle fror\n\n".encode("cp1252"), policy=compat32)
    assert subject_of(mail) == "Wie der Hafen früh für alle fror"


ADDRESSES = [
    ("https://post.example/p/ice?e=12ab&page=2", "https://post.example/p/ice?page=2"),
    ("https://click.post.example/p/ice", ""),
    ("https://post.example/" + "a" * 80, ""),
    ("mailto:a@b", ""),
    ("http://[", ""),
]


@pytest.mark.parametrize(("written", "taken"), ADDRESSES)
def test_an_address_that_names_the_reader_is_not_published(written: str, taken: str) -> None:
    assert without_tracking(written) == taken


ARCHIVES = [
    ("https://post.example/archive/", ""),
    ("https://post.example/p/nine-days-of-ice", "ice"),
    ("<mailto:a>", ""),
]


@pytest.mark.parametrize(("archive", "taken"), ARCHIVES)
def test_the_archive_of_a_whole_list_is_no_mails_address(archive: str, taken: str) -> None:
    mail = message(List_Archive=archive)
    mail.set_content(FIRST)
    assert read(mail.as_bytes()).url.endswith(taken)
    assert bool(read(mail.as_bytes()).url) is bool(taken)


def test_a_mail_without_text_and_an_encrypted_one_are_refused_each_by_its_reason() -> None:
    empty = message()
    empty.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    with pytest.raises(EmptyArticleError):
        read(empty.as_bytes())
    secret = b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB"
    with pytest.raises(UnsupportedSourceError, match="encrypted"):
        read(secret)


def test_a_bomb_of_parts_is_refused() -> None:
    bomb = b"From: a@b\nTo: c@d\nSubject: x\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 60
    with pytest.raises(UnsupportedSourceError, match="parts"):
        read(bomb)


def test_what_a_program_puts_before_and_behind_a_mail_is_no_part_of_it() -> None:
    mail = message()
    mail.set_content(FIRST)
    data = mail.as_bytes()
    apple = f"{len(data)}   \n".encode() + data + b'<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>'
    line = b"From ruth@post.example Wed Jan 24 07:00:00 2024\n"
    assert texts(read(apple)) == texts(read(line + data)) == [FIRST]
    with pytest.raises(UnsupportedSourceError, match="mailbox of several mails; audiogen batch"):
        read(line + data + b"\n" + line + data)
