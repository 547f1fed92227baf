"""Passages of a text in another language than its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.language.passages import passages

CASES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_whole_sentences_and_quoted_phrases_are_found_and_nothing_else(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [[text[p.start : p.end], p.language] for p in passages(text, str(case["language"]))]
    assert found == case["passages"]


#: Names and places in Latin letters, of many languages.
NAMES = (
    "Jean-Pierre Dubois", "Marie Lefèvre", "Aix-en-Provence", "the Champs-Élysées", "Rue de la Paix", "Łódź",
    "São Paulo", "Real Madrid", "Bayern München", "El País", "La Repubblica", "Le Monde", "Der Spiegel",
    "Gazeta Wyborcza", "Nguyễn Văn An",
    "Côte d'Ivoire", "Château de la Loire", "Juan de la Cruz", "Los Angeles", "Las Vegas", "Ludwig van Beethoven",
    "Vincent van Gogh", "Dag Hammarskjöld", "Reykjavík", "Škoda", "Þingvellir", "Erdoğan", "Île de la Cité",
)  # fmt: skip
FRAMES = (
    "{} met {} in {}.", "{}, {} and {} were there.", "According to {}, neither {} nor {} would comment.",
    "The mayor, {}, said she had seen {} near {}.", "“{} knows {} from {},” she said.", "From {} to {}: {} at forty.",
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(frame=st.sampled_from(FRAMES), names=st.tuples(*[st.sampled_from(NAMES)] * 3))
def test_english_with_foreign_names_is_never_split(frame: str, names: tuple[str, str, str]) -> None:
    assert passages(frame.format(*names), "en") == ()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aé .“”Кї北ก!?\n", max_size=60))
def test_passages_are_in_order_and_do_not_overlap(text: str) -> None:
    ends = [place for passage in passages(text, "en") for place in passage[:2]]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(text) for place in ends)


def test_a_text_whose_language_nobody_knows_has_no_passages() -> None:
    assert passages("She paused. «Я не знаю, що буде завтра».", "") == ()
    assert passages("She paused. «Я не знаю, що буде завтра».", "und") == ()


@pytest.mark.parametrize(("quoted", "found"), [("Ce qui est", 0), ("Je ne sais pas ce qui est à nous", 1)])
def test_a_quoted_phrase_in_the_same_script_must_have_enough_words(quoted: str, found: int) -> None:
    assert len(passages(f"He said “{quoted}” and left the house.", "en")) == found


def test_a_long_run_of_marks_is_cut_in_linear_time() -> None:
    # With a step that grows with the square, this takes minutes.
    prose = "The old mill at the edge of town was opened again after years in which nobody had cared for its roof. "
    assert passages(prose + "!" * 60_000 + '"' * 60_000, "en") == ()
