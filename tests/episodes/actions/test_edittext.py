"""An episode as a text: what people change in it is what is changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audiogen.episodes.actions.edittext import EditedLine, overrules_between, parse_text, written_text
from audiogen.episodes.edits import Act, Edit, Overrule, apply_edit, lines_of
from audiogen.errors import SettingsError
from audiogen.model import Article, Block, Reason, Removed

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST, SECOND = "The gates were opened at dawn. Nobody saw it. The mud stayed.", "#MeToo was painted on the quay."
BEGGING = "Subscribe to our newsletter."
ARTICLE = Article(
    title="The quay",
    authors=("Ada Merrin", "Tomas Hale"),
    language="en",
    blocks=(Block(FIRST), Block(SECOND), Block("[label] is how it begins.")),
    removed=(Removed(Block(BEGGING), Reason.CALL_TO_ACTION, "phrase", 1),),
    cleaned=True,
)


def changed(change: Callable[[str], str], edit: Edit | None = None) -> Edit:
    before = written_text("quay", ARTICLE, edit or Edit())
    after = change(before)
    assert after != before
    return parse_text(after, ARTICLE, edit or Edit())[0]


def test_a_text_that_nobody_changed_changes_nothing() -> None:
    edit = Edit(
        "x", 4, title="Mud", say={"Kyiv": "kee-yiv"},
        text=(Overrule(Act.REPLACE, FIRST, "Nobody saw it.", "All saw it."), Overrule(Act.HEAR, BEGGING)),
    )  # fmt: skip
    for known in (Edit(), edit):
        wanted, revision = parse_text(written_text("quay", ARTICLE, known), ARTICLE, known)
        assert revision == known.revision
        assert replace(wanted, guid=known.guid, revision=revision) == known


CHANGES: dict[str, tuple[Callable[[str], str], dict[str, object]]] = {
    "a title": (lambda text: text.replace("title: The quay", "title: Mud"), {"title": "Mud"}),
    "authors": (lambda text: text.replace("; Tomas Hale", ""), {"authors": ("Ada Merrin",)}),
    "tags": (lambda text: text.replace("tags:", "tags: Towns; Mud"), {"tags": ("Towns", "Mud")}),
    "a voice and a rate": (
        lambda text: text.replace("voice:", "voice: espeak").replace("rate:", "rate: 170"),
        {"voice": "espeak", "rate": 170},
    ),
    "a word said otherwise": (
        lambda text: text.replace("\n---\n", "say: Kyiv = kee-yiv\n\n---\n"),
        {"say": {"Kyiv": "kee-yiv"}},
    ),
    "one heard, without the brackets": (
        lambda text: text.replace(f"#[call to action] {BEGGING}", BEGGING),
        {"text": (Overrule(Act.HEAR, BEGGING),)},
    ),
    "one heard, with the brackets left": (
        lambda text: text.replace(f"#[call to action] {BEGGING}", f"[call to action] {BEGGING}"),
        {"text": (Overrule(Act.HEAR, BEGGING),)},
    ),
    "one dropped": (lambda text: text.replace(FIRST, f"# {FIRST}"), {"text": (Overrule(Act.DROP, FIRST),)}),
    "one deleted": (lambda text: text.replace(f"{FIRST}\n", ""), {"text": (Overrule(Act.DROP, FIRST),)}),
    "a sentence": (
        lambda text: text.replace("Nobody saw it.", "Two saw it."),
        {"text": (Overrule(Act.REPLACE, FIRST, "Nobody saw it.", "Two saw it."),)},
    ),
    "a sentence taken out": (
        lambda text: text.replace(" Nobody saw it.", ""),
        {"text": (Overrule(Act.REPLACE, FIRST, "Nobody saw it.", ""),)},
    ),
    "a sentence put in": (
        lambda text: text.replace("saw it.", "saw it. It was cold."),
        {"text": (Overrule(Act.REPLACE, FIRST, "Nobody saw it.", "Nobody saw it. It was cold."),)},
    ),
    "a paragraph added": (
        lambda text: text.replace(BEGGING, f"{BEGGING}\n\nIt was cold."),
        {"text": (Overrule(Act.ADD, BEGGING, new="It was cold."),)},
    ),
    "a remark": (lambda text: text.replace(BEGGING, f"{BEGGING}\n\n# a remark of mine"), {}),
    "line ends of Windows": (lambda text: text.replace("\n", "\r\n"), {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_in_the_text_is_changed(name: str) -> None:
    change, wanted = CHANGES[name]
    assert changed(change) == replace(Edit(), **wanted)  # type: ignore[arg-type]


def test_what_is_taken_back_is_no_edit_any_more() -> None:
    edit = Edit(title="Mud", text=(Overrule(Act.DROP, FIRST),), say={"Kyiv": "kee-yiv"})
    back = changed(
        lambda text: text.replace("Mud", "The quay", 1).replace("#[edit] ", "").replace("say: Kyiv = kee-yiv\n", ""),
        edit,
    )
    assert back == Edit()


def test_what_does_not_fit_the_source_now_is_kept() -> None:
    gone = Overrule(Act.DROP, "A paragraph that the source had once, long ago.")
    edit = Edit(text=(gone,))
    assert changed(lambda text: text.replace("The quay", "Mud"), edit).text == (gone,)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n---\n", "\n"),
        lambda text: text.replace("title:", "titel:"),
        lambda text: text.replace("rate:", "rate: fast"),
    ],
)
def test_a_head_that_cannot_be_read_is_told(change: Callable[[str], str]) -> None:
    with pytest.raises(SettingsError):
        changed(change)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The gates. Nobody saw it.", "Nobody saw it. The gates. mud"),
        ("The ice held. It broke. It froze again.", "It froze again. The ice held. It broke."),
        ("quay quay|mud quay quay", "mud|mud mud|dawn"),
    ],
)
def test_what_was_moved_stands_where_it_was_put(old: str, new: str) -> None:
    article = Article(title="t", blocks=tuple(map(Block, old.split("|"))), cleaned=True)
    overrules = tuple(overrules_between(list(lines_of(article)), [EditedLine(text, True) for text in new.split("|")]))
    edited, unfit = apply_edit(article, Edit(text=overrules))
    assert ([block.text for block in edited.blocks], unfit) == (new.split("|"), ())


WORDS = some.sampled_from(["mud", "quay", "dawn", "The gates.", "Nobody saw it.", "It was cold, and it rained."])
LINES = some.lists(some.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6, unique=True)


@given(old=LINES, hidden=some.sets(some.integers(0, 5)), new=LINES)
def test_whatever_text_is_wanted_is_what_is_heard(old: list[str], hidden: set[int], new: list[str]) -> None:
    removed = tuple(
        Removed(Block(text), Reason.RELATED, "r", place) for place, text in enumerate(old) if place in hidden
    )
    article = Article(
        title="t",
        blocks=tuple(Block(text) for place, text in enumerate(old) if place not in hidden),
        removed=removed,
        cleaned=True,
    )
    overrules = tuple(overrules_between(list(lines_of(article)), [EditedLine(text, True) for text in new]))
    edited, unfit = apply_edit(article, Edit(text=overrules))
    assert unfit == ()
    assert [block.text for block in edited.blocks] == new
