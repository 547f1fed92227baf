"""The engine of rules: one pass, in order, on the written text."""

from __future__ import annotations

import re

import pytest

from audiogen.narration.rewriting import (
    DIGIT,
    JOINED,
    SYMBOL,
    WORD,
    Grammar,
    Piece,
    Rule,
    grammar_of,
    join_pieces,
    kind_after,
    literal,
    rewrite,
)


def rewritten(text: str, *rules: Rule) -> str:
    return "".join(piece.spoken for piece in join_pieces(text, rewrite(text, grammar_of(rules))))


def number(name: str = "number", spoken: str = "N", follows: str | None = None) -> Rule:
    return Rule(name, [DIGIT], r"\d+", lambda match: spoken, follows)


def test_text_without_a_trigger_is_copied() -> None:
    assert rewritten("nothing to say here", number()) == "nothing to say here"


def test_the_first_rule_of_the_list_that_matches_wins() -> None:
    assert rewritten("a 5", number(spoken="first"), number(spoken="second")) == "a first"


def test_a_rule_that_is_not_sure_leaves_the_text_to_the_next() -> None:
    unsure = Rule("unsure", [DIGIT], r"\d+", lambda match: None)
    assert rewritten("a 5", unsure, number()) == "a N"


def test_no_rule_sees_what_another_has_said() -> None:
    five = Rule("five", [DIGIT], "5", lambda match: "Six 6")
    six = Rule("six", [DIGIT], "6", lambda match: "seven")
    assert rewritten("5 6", five, six) == "Six 6 seven"


def test_a_rule_may_take_more_than_its_trigger() -> None:
    date = Rule("date", ["sept"], r"Sept\.\s\d", lambda match: "a day")
    assert rewritten("on Sept. 6, then", date, number()) == "on a day, then"


def test_a_listed_word_is_found_in_small_letters_and_with_a_capital() -> None:
    rule = Rule("versus", ["vs"], r"(?i:vs)", lambda match: "versus")
    assert rewritten("a vs b, A Vs B, A VS B", rule) == "a versus b, A versus B, A versus B"


def test_a_listed_word_is_not_found_inside_others() -> None:
    rule = Rule("versus", ["vs"], r"(?i:vs)", lambda match: "versus")
    assert rewritten("canvas vsync evs", rule) == "canvas vsync evs"


@pytest.mark.parametrize("word", ["Boston", "The", "Paris,", "End.", "Mr?"])
def test_a_plain_word_with_a_capital_costs_no_rule(word: str) -> None:
    def never(match: re.Match[str]) -> str:
        raise AssertionError(match[0])

    assert rewritten(f"in {word} now", Rule("any", [WORD], r"\w+", never)) == f"in {word} now"


@pytest.mark.parametrize("word", ["NATO", "iPhone", "F-16", "U.S", "A1"])
def test_other_words_are_triggers(word: str) -> None:
    assert rewritten(f"in {word}", Rule("any", [WORD], r"[\w.-]+", lambda match: "word")) == "in word"


@pytest.mark.parametrize("sign", ["$", "&", "(", "—", "½", "²", "_", "🎉", "-5", ".5", "'80", "--", ".."])
def test_signs_are_triggers(sign: str) -> None:
    assert rewritten(f"in {sign}", Rule("any", [SYMBOL], r"\S+", lambda match: "sign")) == "in sign"


@pytest.mark.parametrize("plain", ["well-known", "it's", "end.", "a, b; c: d", "one - two"[:3], '"yes"'])
def test_plain_punctuation_is_no_trigger(plain: str) -> None:
    assert rewritten(plain, Rule("any", [SYMBOL], r"\S+", lambda match: "sign")) == plain


def test_a_symbol_of_its_own_goes_before_the_rules_for_all() -> None:
    dollar = Rule("dollar", ["$"], r"\$", lambda match: "dollar")
    symbol = Rule("symbol", [SYMBOL], r"\S", lambda match: "symbol")
    assert rewritten("$ &", dollar, symbol) == "dollar symbol"


def test_digits_in_an_unknown_word_are_still_said() -> None:
    assert rewritten("Abc5", number()) == "Abc N"


def test_a_rule_is_not_tried_where_something_else_follows() -> None:
    assert rewritten("5% 5", number(spoken="percent", follows="%"), number()) == "percent% N"


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        ("", "end"), (".", "end"), (". A", "end"), (".5", "."), (",5", ","), (", so", "end"), (":30", ":"), ("/7", "/"),
        ("%", "%"), ("-6", "-"), ("–6", "-"), (" 6", "_0"), (" km", "_a"), (" May", "_A"), (" €", "_o"), ("km", "x"),
        ("€", "o"), ("'s", "'"), (")", "end"),
    ],
)  # fmt: skip
def test_what_is_behind_a_trigger_has_a_kind(behind: str, kind: str) -> None:
    assert kind_after(f"5{behind}", 1) == kind


def test_a_word_that_holds_digits_has_a_kind_of_its_own() -> None:
    rule = Rule("code", [WORD], r"\w+", lambda match: "code", "#")
    assert rewritten("ABC A1B", rule) == "ABC code"


@pytest.mark.parametrize(
    ("text", "pieces", "spoken"),
    [
        ("a (b) c", [Piece(2, 3, ", "), Piece(4, 6, ", ")], "a, b, c"),
        ("a 🎉 b", [Piece(2, 3, "")], "a b"),
        ("(b) c", [Piece(0, 1, ", ")], "b) c"),
        ("a5b", [Piece(1, 2, "five")], "a five b"),
        ("wait …", [Piece(5, 6, "...")], "wait..."),
        ("end. …", [Piece(5, 6, "...")], "end..."),
        ("🎉", [Piece(0, 1, "")], ""),
    ],
    ids=["pause", "nothing", "nothing before", "glued", "dots", "dots behind a stop", "nothing at all"],
)
def test_pieces_are_joined_with_mended_spaces(text: str, pieces: list[Piece], spoken: str) -> None:
    assert "".join(piece.spoken for piece in join_pieces(text, pieces)) == spoken


def test_pieces_tell_which_stretch_they_say() -> None:
    grammar = grammar_of([number()])
    assert list(rewrite("a 12 b 3", grammar)) == [Piece(2, 4, "N"), Piece(7, 8, "N")]


def test_a_long_pattern_is_not_compiled_before_it_may_match() -> None:
    faulty = Rule("faulty", [DIGIT], r"(", lambda match: "N", may=lambda text, start: text[start] == "7")
    assert rewritten("a 5", faulty, number()) == "a N"
    with pytest.raises(re.error):
        rewritten("a 7", faulty, number())


def test_once_compiled_a_rule_asks_no_more() -> None:
    asked: list[int] = []

    def may(text: str, start: int) -> bool:
        asked.append(start)
        return True

    rule = Rule("seven", [DIGIT], "7", lambda match: "seven", may=may)
    assert rewritten("7 7 7", rule) == "seven seven seven"
    assert asked == [0]


def test_a_listed_word_glued_to_digits_starts_its_rules() -> None:
    rule = Rule("dollars", ["usd"], r"USD(\d+)", lambda match: f"{match[1]} dollars")
    assert rewritten("USD5 and usd5", rule) == "5 dollars and usd5"


def test_a_word_that_goes_on_is_not_a_listed_one() -> None:
    rule = Rule("dollars", ["usd"], r"USD", lambda match: "dollars")
    assert rewritten("USDA and USD", rule) == "USDA and dollars"


@pytest.mark.parametrize(
    ("plain", "pattern"), [("km", "km"), ("m.p.h.", r"m\.p\.h\."), ("sq ft", r"sq\ ft"), ("#", r"\#"), ("m²", "m²")]
)
def test_a_literal_is_escaped_where_it_must_be(plain: str, pattern: str) -> None:
    assert literal(plain) == pattern
    assert re.fullmatch(literal(plain), plain, re.VERBOSE)


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(["jan", "january", "jr"], id="beginnings of others"),
        pytest.param(["a", "ab", "abc"], id="each begins the next"),
        pytest.param(["no", "nos", "p", "pp"], id="several letters"),
    ],
)
def test_every_listed_word_is_found_whole(listed: list[str]) -> None:
    rule = Rule("word", listed, r"\w+", lambda match: f"<{match[0]}>")
    text = " ".join(listed)
    assert rewritten(f"{text} xyz", rule) == " ".join(f"<{word}>" for word in listed) + " xyz"


@pytest.mark.parametrize("beginning", ["kyiv*"])
def test_a_beginning_is_found_in_longer_words(beginning: str) -> None:
    rule = Rule("name", [beginning], r"[Kk]yiv", lambda match: "KEE-yiv")
    assert rewritten("a Kyivan in kyiv", rule) == "a KEE-yiv an in KEE-yiv"


@pytest.mark.parametrize(
    ("text", "pieces", "spoken"),
    [
        pytest.param("want[ed]", [Piece(4, 8, f"{JOINED}ed")], "wanted", id="joined to what is before"),
        pytest.param("a, (b)", [Piece(3, 4, " "), Piece(5, 6, "")], "a, b", id="no second pause"),
        pytest.param("x 5", [Piece(2, 3, " five")], "x five", id="two spaces become one"),
        pytest.param("5 x", [Piece(0, 1, " five")], "five x", id="no space before the first"),
        pytest.param("a & b", [Piece(2, 3, "and")], "a and b", id="spaces stay"),
        pytest.param("a  .", [Piece(3, 4, ".")], "a.", id="a stop is drawn to its word"),
    ],
)
def test_what_is_said_is_parted_as_words_are(text: str, pieces: list[Piece], spoken: str) -> None:
    assert "".join(piece.spoken for piece in join_pieces(text, pieces)) == spoken


def test_the_rules_of_a_place_are_chosen_once() -> None:
    grammar = Grammar([number("one", follows="%"), number("two")])
    assert grammar.rules_at("5%", 0, 1) is grammar.rules_at("7%", 0, 1)
    assert [rule.name for rule in grammar.rules_at("5", 0, 1)] == ["two"]


def test_a_rule_shows_its_name() -> None:
    assert repr(number("cardinal")) == "Rule('cardinal')"
