"""A capture of which next to nothing would be heard is looked at again before it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.text.clean import Opinion, clean_capture
from audiogen.cleaner.text.rescue import find_note_paragraphs, prose_of, raise_chances
from audiogen.model import Reason
from audiogen.readers.text import read_text
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD, chances, line, lines

MENU = ["Home", "News", "Weather", "Sport"]
#: Sixteen words each.
SENTENCE = "The ice in the old harbour of the town was thick enough for carts on that day."


def sentence_of(words: int) -> str:
    """Write a sentence of so many words."""
    return " ".join(["Ice", *["grows"] * (words - 2), "here."])


@pytest.mark.parametrize(("words", "found"), [(40, []), (41, [1, 2])])
def test_more_than_eighty_words_in_one_place_are_prose(words: int, found: list[int]) -> None:
    assert prose_of(lines("Home", sentence_of(40), sentence_of(words))) == found


@pytest.mark.parametrize(("between", "found"), [(4, True), (5, False)])
def test_a_few_lines_may_stand_between_the_paragraphs_of_one_place(between: int, found: bool) -> None:
    texts = [*[sentence_of(15)] * 3, *["Quay"] * between, *[sentence_of(15)] * 3]
    assert bool(prose_of(lines(*texts))) is found


@pytest.mark.parametrize(("teasers", "found"), [(4, False), (5, True)])
def test_as_many_headlines_as_sentences_are_a_listing(teasers: int, found: bool) -> None:
    texts = [text for _ in range(4) for text in ("The ice grows", sentence_of(20))]
    more = [sentence_of(20)] * (teasers - 4)
    assert bool(prose_of(lines(sentence_of(20), *texts[:-1], *more))) is found


def test_a_long_paragraph_may_sound_like_an_appeal() -> None:
    result = line(sentence_of(81))
    asking = replace(result, hints=frozenset({Reason.CALL_TO_ACTION}))
    assert prose_of([asking]) == [0]


def test_of_two_places_the_one_with_more_prose_is_taken() -> None:
    texts = [sentence_of(90), *["Quay"] * (5), sentence_of(50), sentence_of(50)]
    assert prose_of(lines(*texts)) == [len(texts) - 2, len(texts) - 1]


@pytest.mark.parametrize(
    "text",
    ["We and our partners use cookies to measure how pages are read in this harbour.", "© The harbour of the North."],
)
def test_small_print_is_no_prose(text: str) -> None:
    long = text.replace("harbour", " ".join(["harbour"] * 80))
    assert prose_of([line(long)]) == []


def test_doubt_is_set_aside_where_the_prose_is_and_nowhere_else() -> None:
    raised = raise_chances(chances(0.1, 0.1, 0.99), [1, 2])
    assert raised.tolist() == [0.1, 0.9, 0.99]


@pytest.mark.parametrize("sure", [0.02, 0.3], ids=["much doubt", "some doubt"])
def test_an_article_that_the_model_doubts_is_heard(sure: float, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*MENU, "The harbour is frozen", PARAGRAPH, OTHER, THIRD, SENTENCE, SENTENCE.replace("ice", "fog")]
    monkeypatch.setattr(
        "audiogen.cleaner.text.clean.rate_lines",
        lambda given, _: Opinion(chances(*[sure] * len(given)), chances(*[float(x.text == texts[4]) for x in given])),
    )
    heard = [block.text for block in clean(read_text("\n".join([*["* " + item for item in MENU], *texts[4:]]))).blocks]
    assert heard == texts[5:]


@pytest.mark.parametrize(("count", "kept"), [(24, 2), (25, 1)])
def test_the_model_is_believed_where_enough_is_heard(count: int, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [sentence_of(count), *["Quay"] * 20, sentence_of(100)]
    opinion = Opinion(chances(0.99, *[0.01] * 21), chances(*[0.0] * 22))
    monkeypatch.setattr("audiogen.cleaner.text.clean.rate_lines", lambda *_: opinion)
    heard = clean_capture(read_text("\n".join(texts))).text
    assert (texts[-1] in heard) is (kept == 2)


ICE = [
    "北の港町ノルハーベンでは、一月の第三週に港が凍り、火曜日から一隻の船も出ていないと水先案内人の事務所が発表した。",
    "沖の島々の商店によると、小麦粉と燃料の備えは十日ほどしかもたず、節約しても十二日が限度だという。",
    "予報では寒さは月末まで続く見込みで、その後は南風が岸壁の間の氷を割るかもしれないと気象台は話している。",
    "町の老人たちは、港が最後に凍ったのは三十年前で、そのときは荷馬車が島まで氷の上を走ったと語った。",
]


def test_an_article_in_writing_without_spaces_is_heard() -> None:
    menu = ["ホーム", "ニュース", "天気", "スポーツ", "お問い合わせ"]
    text = "\n".join([*[f"* {item}" for item in menu], "港が三十年ぶりに凍る", *ICE, "* 利用規約", "* 会社概要"])
    heard = [block.text for block in clean(read_text(text)).blocks]
    assert set(ICE) <= set(heard)
    assert not set(menu) & set(heard)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["The harbour", sentence_of(12), sentence_of(9)], [1, 2]),
        ([sentence_of(12), sentence_of(9)], [0, 1]),
        ([sentence_of(12)], [0]),
        (["The harbour"], []),
        (["The harbour", sentence_of(12), "Sport"], []),
        (["Home", "The harbour", sentence_of(12)], []),
    ],
)
def test_a_text_of_sentences_below_one_title_is_a_note(texts: list[str], found: list[int]) -> None:
    assert find_note_paragraphs(lines(*texts)) == found


def test_small_print_makes_a_text_no_note() -> None:
    assert (
        find_note_paragraphs(lines(sentence_of(12), "We and our partners use cookies to measure how pages are read."))
        == []
    )


#: Three paragraphs that are nearly the same, as a plan or a timetable has them.
ALIKE = [
    f"The harbour froze in week {week}. No ferry left it for {days} days, and the bread came by sledge."
    for week, days in ((3, 4), (9, 2), (30, 7))
]


def test_a_note_is_heard_whole_however_alike_its_paragraphs_are() -> None:
    page = clean(read_text("\n\n".join(["Story number 64", *ALIKE])))
    assert (page.title, [block.text for block in page.blocks]) == ("Story number 64", ALIKE)
