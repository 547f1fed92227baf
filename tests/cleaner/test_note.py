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


SIDES = {
    "thirty words under a picture": (f"![](quay.jpg)\n{'ice ' * 29}ice\n\n{BODY}", "ice ice", False),
    "thirty-one words under a picture": (f"![](quay.jpg)\n{'ice ' * 30}ice\n\n{BODY}", "ice ice", True),
    "a head over eleven words": (f"{BODY}\n## Sources\n\n{'ice ' * 11}\n", "ice ice", False),
    "a head over twelve words": (f"{BODY}\n## Sources\n\n{'ice ' * 12}\n", "ice ice", True),
    "the headline in the third block": (f"---\ntitle: Ice\n---\nOne.\n\nTwo.\n\nIce\n\n{BODY}", "Ice", False),
    "the headline in the fourth block": (f"---\ntitle: Ice\n---\nOne.\n\nTwo.\n\nSix.\n\nIce\n\n{BODY}", "Ice", True),
    "two linked words at the end": (f"{BODY}\n[Old bridge](/b)\n", "Old bridge", True),
    "three linked words at the end": (f"{BODY}\n[The old bridge](/b)\n", "The old bridge", False),
    "a link of nine words in ten": (f"{BODY}\n[{'ice ' * 8}ice](/b) x\n", "ice ice", False),
    "a link of eight words in ten": (f"{BODY}\n[{'ice ' * 7}ice](/b) at last\n", "ice ice", True),
}


@pytest.mark.parametrize(("document", "start", "heard"), SIDES.values(), ids=SIDES)
def test_each_threshold_has_both_its_sides(document: str, start: str, heard: bool) -> None:
    assert any(block.text.startswith(start) for block in cleaned(document).blocks) is heard
