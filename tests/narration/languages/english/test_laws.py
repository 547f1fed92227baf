"""What holds of English whatever the text."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen import normalize
from audiogen.narration.packs import load_pack
from audiogen.narration.rewriting import Rule, rewrite
from audiogen.narration.speaking import spoken_and_aligned
from tests.narration.casefiles import HERE

PACK = load_pack("en")
assert PACK is not None

#: What stands in news, and what is strange there.
TOKENS = (HERE / "tokens.list").read_text(encoding="utf-8").split()
NEWS = st.lists(st.sampled_from(TOKENS), max_size=9).map(" ".join)
GLUED = st.lists(st.sampled_from(TOKENS), max_size=6).map("".join)
ANYTHING = st.text(max_size=60)


def unsaid(spoken: str) -> set[str]:
    """List what no voice should be left to guess: figures and symbols."""
    return {
        c
        for c in spoken
        if (c.isascii() and not c.isalnum() and c not in " .,;:!?'\"-")
        or c.isdecimal()
        or unicodedata.category(c)[0] == "S"
    }


@settings(max_examples=150, deadline=None)
@given(text=NEWS | GLUED)
def test_no_figure_and_no_symbol_is_left(text: str) -> None:
    assert unsaid(normalize(text)) == set()


@settings(max_examples=150, deadline=None)
@given(text=NEWS | GLUED)
def test_what_is_said_is_said_again_the_same(text: str) -> None:
    spoken = normalize(text)
    assert normalize(spoken) == spoken


@settings(max_examples=150, deadline=None)
@given(text=ANYTHING)
def test_no_text_of_any_script_raises(text: str) -> None:
    assert unsaid(normalize(text)) == set()


@settings(max_examples=80, deadline=None)
@given(words=st.lists(st.sampled_from((HERE / "plain.txt").read_text(encoding="utf-8").split()), max_size=30))
def test_plain_words_in_any_order_come_through(words: list[str]) -> None:
    plain = [word for word in words if word.strip(".,;:!?\"'").isalpha() and word.islower()]
    text = " ".join(word.strip(".,;:!?\"'") for word in plain)
    assert normalize(text) == text


@settings(max_examples=120, deadline=None)
@given(text=NEWS | GLUED | ANYTHING)
def test_the_alignment_covers_every_spoken_word_in_order(text: str) -> None:
    assert PACK is not None
    spoken, spans, _ = spoken_and_aligned(text, PACK)
    assert [(span.spoken_start, span.spoken_end) for span in spans] == [m.span() for m in re.finditer(r"\S+", spoken)]
    starts = [span.written_start for span in spans]
    assert starts == sorted(starts)
    assert all(0 <= span.written_start <= span.written_end <= len(text) for span in spans)


@settings(max_examples=60, deadline=None)
@given(text=NEWS)
def test_every_written_word_is_tied_to_what_is_said_of_it(text: str) -> None:
    """Only signs and the marks of notes ("[12]") are passed over."""
    assert PACK is not None
    spoken, spans, _ = spoken_and_aligned(text, PACK)
    for before, after in pairwise(spans):
        between = re.sub(r"\[[^\]]*\]", "", text[before.written_end : after.written_start])
        assert not any(c.isalpha() or c.isdecimal() for c in between), between
    assert not spans or spans[-1].spoken_end == len(spoken)


@settings(max_examples=60, deadline=None)
@given(text=NEWS)
def test_a_sentence_is_said_the_same_whatever_comes_behind_it(text: str) -> None:
    assert normalize(f"It cost $5 on Sept. 6, he said. {text}").startswith(
        "It cost five dollars on September sixth, he said"
    )


@settings(max_examples=60, deadline=None)
@given(text=NEWS)
def test_white_space_around_is_not_heard(text: str) -> None:
    assert normalize(f"  {text}\n") == normalize(text)


@settings(max_examples=60, deadline=None)
@given(text=NEWS)
def test_curly_and_straight_quotes_are_heard_alike(text: str) -> None:
    curly = text.replace("'", "’")
    assert normalize(curly).replace("’", "'") == normalize(text.replace("’", "'"))


@settings(max_examples=60, deadline=None)
@given(text=NEWS)
def test_nothing_said_has_two_spaces(text: str) -> None:
    assert "  " not in normalize(text)


def test_a_rule_that_is_not_compiled_yet_says_the_same() -> None:
    """Its short test must let through whatever its pattern matches."""
    assert PACK is not None
    doubted = [rule for rule in PACK.rules if rule.may is not None]
    assert len(doubted) >= 4
    news = (HERE / "news.txt").read_text(encoding="utf-8")
    for rule in doubted:
        assert rule.may is not None
        matches = re.compile(rule.pattern, re.VERBOSE).match
        found = [hit.start() for hit in PACK.grammar.trigger.finditer(news) if matches(news, hit.start())]
        assert found, rule
        assert all(rule.may(news, start) for start in found), rule


def test_every_rule_has_a_name_of_its_own_and_a_pattern_that_compiles() -> None:
    assert PACK is not None
    names = [rule.name for rule in PACK.rules]
    assert len(set(names)) == len(names)
    for rule in (*PACK.rules, *PACK.article_rules):
        assert re.compile(rule.pattern, re.VERBOSE).match("") is None, rule


def test_what_rules_start_at_is_listed_in_small_letters() -> None:
    assert PACK is not None
    listed = {start for rule in PACK.rules for start in rule.starts}
    assert {"digit", "symbol", "word"} <= listed
    assert all(start == start.lower() for start in listed)


def steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count how often a rule is tried on *text*."""
    tried = 0
    propose = Rule.propose

    def counted(rule: Rule, text: str, start: int) -> object:
        nonlocal tried
        tried += 1
        return propose(rule, text, start)

    with monkeypatch.context() as patch:
        patch.setattr(Rule, "propose", counted)
        assert PACK is not None
        list(rewrite(text, PACK.grammar))
    return tried


def test_the_work_grows_with_the_length_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    news = (HERE / "news.txt").read_text(encoding="utf-8").replace("\n", " ")
    one, four = steps(news, monkeypatch), steps(" ".join([news] * 4), monkeypatch)
    assert 3.9 * one < four < 4.1 * one


@pytest.mark.slow
def test_a_hundred_thousand_words_are_said() -> None:
    text = "On Sept. 6 the U.S. sent $4.5bn to allies in Europe, he said. " * 7700
    assert len(text.split()) > 100_000
    assert normalize(text).count("four point five billion dollars") == 7700


@pytest.mark.parametrize("kind", ["{}", "${}", "{}th", "{} km", "£{}m", "{}-{}", "{}%", "No. {}", "5:{}", "0.{}"])
@pytest.mark.parametrize("figures", ["7" * 5000, "777" + ",777" * 1500], ids=["figures", "thousands"])
def test_a_number_of_thousands_of_figures_is_said(kind: str, figures: str) -> None:
    """Python reads no number of more than 4,300 figures."""
    assert not any(character.isdigit() for character in normalize(kind.replace("{}", figures)))


@pytest.mark.parametrize(
    "hostile",
    ["a-" * 5000, "A." * 5000, "1-" * 5000, "1,000" * 3000, "a.b" * 3000, "$" * 9000, "(" * 9000, " -" * 5000],
)
def test_no_text_makes_a_pattern_backtrack_without_end(hostile: str) -> None:
    assert unsaid(normalize(hostile)) == set()
