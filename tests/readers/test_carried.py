"""A page without visible text is read from the JSON that it carries for its script."""

from __future__ import annotations

import json

import pytest

from audiogen.cleaner import clean
from audiogen.errors import EmptyArticleError
from audiogen.readers.carried import ARTICLE, carried_paragraphs
from audiogen.readers.html import UNSHOWN, read_html
from audiogen.readers.tree import parse
from tests.cleaner.pages import PARAGRAPHS

KOREAN = [
    "부두의 시계는 오랫동안 틀려 있었지만 아무도 신경 쓰지 않았다. 가을에 두 견습생이 그것을 떼어 냈다.",
    "그들은 모든 톱니바퀴를 재어 보고 톱니 하나가 갈려 있는 것을 찾아냈다. 누가 그랬는지는 아무도 모른다.",
    "월요일부터 시계는 바른 물때를 가리킨다. 늙은 어부들은 그것을 조금 의심하는 눈으로 바라보고 있다.",
    "은퇴한 도선사는 많은 사람이 부탁한다면 시계를 다시 틀리게 맞춰 주겠다고 말했다. 아직은 아무도 부탁하지 않았다.",
    "저녁이면 방파제까지 종소리가 들리고, 배 위의 개들이 그 소리에 대답한다. 아이들은 그 소리를 세며 잠이 든다.",
    "앞으로는 봄과 가을에 한 번씩 기름을 칠할 것이다. 누가 그 일을 맡을지는 제비를 뽑아서 정하기로 했다.",
]


def page(data: object, attributes: str = "id='__NEXT_DATA__' type='application/json'", body: str = "") -> str:
    source = data if isinstance(data, str) else json.dumps(data)
    head = "<head><title>The tide clock is right again</title></head>"
    return (
        f"<html lang='en'>{head}<body><div id='root'>{body}</div><script {attributes}>{source}</script></body></html>"
    )


MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
CARRIED = {
    "a text with markup": {"props": {"article": {"id": 3, "body": MARKUP, "teaser": "Read on."}}},
    "a text with line breaks": {"article": {"content": "\n\n".join(PARAGRAPHS)}},
    "things of a list": {"blocks": [{"type": "p", "data": {"text": text}} for text in PARAGRAPHS]},
    "beside shorter ones": {
        "body": MARKUP,
        "notes": [{"text": "It was a good clock, and I shall miss its errors."}],
    },
}


@pytest.mark.parametrize("data", CARRIED.values(), ids=CARRIED)
def test_the_longest_text_is_the_article(data: object) -> None:
    root = parse(page(data))
    assert root is not None
    assert carried_paragraphs(root) == list(PARAGRAPHS)


def test_such_a_page_is_heard() -> None:
    article = clean(read_html(page(CARRIED["things of a list"])))
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)


def test_such_a_page_in_a_script_of_few_signs_is_heard() -> None:
    article = clean(read_html(page({"body": "".join(f"<p>{text}</p>" for text in KOREAN)}).replace("'en'", "'ko'")))
    assert [block.text for block in article.blocks] == KOREAN


NONE = {
    "broken": '{"body": "',
    "brackets without end": "[" * 100_000,
    "addresses": {"images": ["https://quay.example/" + "a" * 90 + ". b"] * 20},
    "labels": {"labels": ["The clock"] * 100},
    "a short text": {"body": PARAGRAPHS[0]},
}


@pytest.mark.parametrize("data", NONE.values(), ids=NONE)
def test_what_is_no_article_is_none(data: object) -> None:
    with pytest.raises(EmptyArticleError):
        read_html(page(data))


@pytest.mark.parametrize("attributes", ["", "type='text/javascript'", "type='application/ld+json'"])
def test_other_scripts_are_not_looked_at(attributes: str) -> None:
    with pytest.raises(EmptyArticleError):
        read_html(page({"body": MARKUP}, attributes))


@pytest.mark.parametrize(("length", "is_read"), [(UNSHOWN - 1, True), (UNSHOWN, False)])
def test_a_page_that_shows_its_text_is_not_read_from_its_scripts(length: int, is_read: bool) -> None:
    blocks = read_html(page({"body": MARKUP}, body="x" * length)).blocks
    assert (len(blocks) == 1 + len(PARAGRAPHS)) is is_read


@pytest.mark.parametrize(("length", "is_read"), [(ARTICLE, True), (ARTICLE - 1, False)])
def test_a_text_of_some_length_is_an_article(length: int, is_read: bool) -> None:
    root = parse(page({"body": "a" * (length - 1) + "."}))
    assert root is not None
    assert bool(carried_paragraphs(root)) is is_read
