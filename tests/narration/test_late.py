"""Patterns are compiled when they are first used, and behave as if they had been from the start."""

from __future__ import annotations

import re

import pytest

from audiogen.narration.late import late


def test_a_faulty_pattern_is_not_noticed_before_it_is_used() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("text")


@pytest.mark.parametrize("verb", ["search", "match", "fullmatch", "findall", "split"])
def test_every_verb_answers_like_the_compiled_pattern(verb: str) -> None:
    ours, theirs = getattr(late(r"(\d)+"), verb)("1a2"), getattr(re.compile(r"(\d)+"), verb)("1a2")
    assert str(ours) == str(theirs)


def test_places_in_the_text_can_be_given() -> None:
    found = late("b").search("abab", 2)
    assert found is not None
    assert found.start() == 3


def test_flags_are_kept() -> None:
    assert late("a b", re.VERBOSE).fullmatch("ab")


def test_it_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr(re, "compile", counted)
    pattern = late("once")
    pattern.search("once")
    pattern.match("once")
    pattern.search("once")
    assert compiled == ["once"]


def test_what_no_pattern_has_is_refused() -> None:
    with pytest.raises(AttributeError):
        late("a").nonsense  # type: ignore[attr-defined]  # noqa: B018
