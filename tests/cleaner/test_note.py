"""What is heard of a Markdown note."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.model import Article, Reason
from audiogen.readers.markdown import read_markdown

BODY = (
    "The harbour froze in the third week of January, and [no ferry](https://example.org) left it for nine days.\n\n"
    "The ice broke on a Sunday, and the first ferry came in with its whistle open.\n"
)
HEARD = [
    "The harbour froze in the third week of January, and no ferry left it for nine days.",
    "The ice broke on a Sunday, and the first ferry came in with its whistle open.",
]


def cleaned(document: str) -> Article:
    """Read and clean *document*."""
    return clean(read_markdown(document))


def reasons(article: Article) -> list[tuple[Reason, str]]:
    """List the ledger."""
    return [(entry.reason, entry.block.text) for entry in article.removed]


@pytest.mark.parametrize(
    ("extra", "reason", "text"),
    [
        ("# The harbour that froze\n\n{}", Reason.TITLE, "The harbour that froze"),
        ("![](quay.jpg)\n\n*Ferries at the quay*\n\n{}", Reason.CAPTION, "Ferries at the quay"),
        ("![](quay.jpg)\nThe quay. Photo: Ada Lind\n\n{}", Reason.CAPTION, "The quay. Photo: Ada Lind"),
        ("{}\n\nSubscribe to our newsletter", Reason.CALL_TO_ACTION, "Subscribe to our newsletter"),
        ("{}\n\n```\nx = 1\n```\n\nMore came on Monday.", Reason.CODE, "x = 1"),
        ("{}\n\n## Related articles\n\n- [The bridge that hums](/b)", Reason.RELATED, "The bridge that hums"),
        ("{}\n\n[The bridge that nobody wanted](/b)", Reason.RELATED, "The bridge that nobody wanted"),
        ("{}\n\n## References\n\n1. The pilots' office", Reason.REFERENCES, "The pilots' office"),
    ],
    ids=["title", "caption", "credited caption", "appeal", "code", "related", "closing link", "references"],
)  # fmt: skip
def test_what_is_not_the_article_is_named(extra: str, reason: Reason, text: str) -> None:
    article = cleaned("---\ntitle: The harbour that froze\n---\n" + extra.replace("{}", BODY))
    assert (reason, text) in reasons(article)
    assert [block.text for block in article.blocks if block.text in HEARD] == HEARD
    assert text not in [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "block",
    ["## Sources", "> Subscribe now", "- Support", "He said: “Read more books.”", "## Share"],
)
def test_what_may_be_the_articles_own_is_heard(block: str) -> None:
    article = cleaned(f"{BODY}\n{block}\n\n{BODY.replace('January', 'February')}")
    assert article.removed == ()


def test_a_link_in_the_midst_of_a_note_is_heard() -> None:
    article = cleaned(f"[The bridge that nobody wanted](https://example.org/b)\n\n{BODY}")
    assert article.removed == ()


def test_the_standfirst_is_not_heard_twice() -> None:
    article = cleaned(f"---\ntitle: Ice\nsubtitle: Nine days without a ferry\n---\nNine days without a ferry\n\n{BODY}")
    assert article.dek == "Nine days without a ferry"
    assert [block.text for block in article.blocks] == HEARD


def test_a_note_that_is_only_links_keeps_them_in_the_ledger() -> None:
    article = clean(read_markdown("[The bridge that nobody wanted](https://example.org/b)"), force=True)
    assert article.blocks == ()
    assert len(article.removed) == 1
