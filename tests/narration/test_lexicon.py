"""Word lists: what they hold, how they are laid over each other, how they are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audiogen.errors import LexiconError
from audiogen.narration.entry import Entry
from audiogen.narration.lexicon import (
    Lexicon,
    add_entry,
    lexicon_of,
    load_lexicon,
    package_lexicon,
    parse_lexicon,
    voice_lexicon,
)
from audiogen.narration.packs import load_pack
from audiogen.narration.rewriting import grammar_of
from audiogen.narration.speaking import spoken_and_aligned

if TYPE_CHECKING:
    from pathlib import Path

PACK = load_pack("en")
assert PACK is not None


def say(text: str, *tables: dict[str, Any], language: str = "en") -> str:
    assert PACK is not None
    rules = lexicon_of(tables, "test").rules(language)
    return spoken_and_aligned(text, PACK, grammar_of((*rules, *PACK.rules)))[0]


def test_a_name_is_said_as_its_respelling() -> None:
    assert say("In Kyiv, they met.", {"written": "Kyiv", "say": "kee-yiv"}) == "In kee-yiv, they met."


def test_a_possessive_keeps_its_ending() -> None:
    assert say("Kyiv's mayor", {"written": "Kyiv", "say": "kee-yiv"}) == "kee-yiv's mayor"


@pytest.mark.parametrize("word", ["Kyivan", "OldKyiv", "kyiv", "KYIVX"])
def test_only_the_whole_word_in_its_capitals_is_said(word: str) -> None:
    assert "kee-yiv" not in say(f"a {word} day", {"written": "Kyiv", "say": "kee-yiv"})


def test_case_and_whole_word_can_be_waived() -> None:
    assert say("a kyiv day", {"written": "Kyiv", "say": "kee-yiv", "case": False}) == "a kee-yiv day"
    assert say("a Kyivan day", {"written": "Kyiv", "say": "kee-yiv", "whole": False}) == "a kee-yiv an day"


def test_letters_are_parted() -> None:
    assert say("the NATO plan", {"written": "NATO", "letters": True}) == "the N A T O plan"


def test_a_word_is_said_as_written() -> None:
    assert say("the CNBC plan", {"written": "CNBC", "word": True}) == "the CNBC plan"


def test_an_entry_goes_before_every_rule() -> None:
    assert say("the F-16s", {"written": "F-16s", "say": "Vipers"}) == "the Vipers"


def test_the_longest_form_is_found_first() -> None:
    tables = ({"written": "Xi", "say": "she"}, {"written": "Xi Jinping", "say": "Shee Jinping"})
    assert say("Xi Jinping and Xi", *tables) == "Shee Jinping and she"


def test_an_entry_is_for_its_language() -> None:
    entry = {"written": "Kyiv", "say": "kee-yiv", "language": "de"}
    assert say("In Kyiv", entry) == "In Kyiv"
    assert say("In Kyiv", entry, language="de-AT") == "In kee-yiv"


def pronounced(text: str, *tables: dict[str, Any]) -> list[tuple[str, str, str, dict[str, str]]]:
    """Tell what is pronounced in a way of its own: stretch, kind, IPA, phonemes of engines."""
    assert PACK is not None
    rules = lexicon_of(tables, "test").rules()
    spoken, _, expected = spoken_and_aligned(text, PACK, grammar_of((*rules, *PACK.rules)))
    return [(spoken[part.start : part.end], part.kind.value, part.ipa, dict(part.phonemes)) for part in expected]


def test_ipa_is_told_beside_the_respelling() -> None:
    entry = {"written": "Kyiv", "say": "kee-yiv", "ipa": "ˈkiːjɪv"}
    assert say("Kyiv's mayor", entry) == "kee-yiv's mayor"
    assert pronounced("Kyiv's mayor", entry) == [("kee-yiv", "ipa", "ˈkiːjɪv", {})]


def test_phonemes_of_one_engine_are_told_with_its_name() -> None:
    entry = {"written": "Kyiv", "ipa": {"kokoro": "kˈijɪv"}}
    assert pronounced("In Kyiv", entry) == [("Kyiv", "ipa", "", {"kokoro": "kˈijɪv"})]


@pytest.mark.parametrize(
    ("entry", "spoken"),
    [
        ({"written": "Kyiv", "say": "kee-yiv"}, ("kee-yiv", "respelled", "", {})),
        ({"written": "Kyiv", "letters": True}, ("K y i v", "letters", "", {})),
        ({"written": "Kyiv", "say": "K Y two"}, ("K Y", "letters", "", {})),
    ],
    ids=["respelled", "letters", "letters in a respelling"],
)
def test_how_an_entry_is_said_is_told(entry: dict[str, Any], spoken: tuple[str, str, str, dict[str, str]]) -> None:
    assert pronounced("In Kyiv, then", entry) == [spoken]


def test_a_word_said_as_written_is_plain_text() -> None:
    assert pronounced("In Kyiv", {"written": "Kyiv", "word": True}) == []


def test_the_upper_layer_decides() -> None:
    package = Lexicon({"Kyiv": Entry("Kyiv", say="one"), "Lviv": Entry("Lviv", say="two")})
    show = Lexicon({"Kyiv": Entry("Kyiv", say="three")})
    both = show.over(package)
    assert {written: entry.say for written, entry in both.entries.items()} == {"Kyiv": "three", "Lviv": "two"}


def test_a_voice_cards_words_are_a_lexicon() -> None:
    assert voice_lexicon({"Kyiv": "keev"}).entries["Kyiv"].say == "keev"


def test_a_lexicon_tells_what_it_knows() -> None:
    lexicon = lexicon_of([{"written": "Kyiv", "say": "x"}, {"written": "Lviv", "say": "y", "case": False}], "test")
    assert [lexicon.knows(word) for word in ("Kyiv", "kyiv", "lviv", "Odesa")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[entry]]\nsay = "x"', "no written form"),
        ('[[entry]]\nwritten = " "\nsay = "x"', "no written form"),
        ('[[entry]]\nwritten = "Kyiv"', "does not say how"),
        ('[[entry]]\nwritten = "Kyiv"\nsays = "x"', "unknown key 'says'"),
        ("[[entry]\n", "no valid TOML"),
        ('[entry]\nwritten = "Kyiv"\nsay = "x"', r"begin each with a line \[\[entry\]\]"),
        ('[[entries]]\nwritten = "Kyiv"\nsay = "x"', r"begin each with a line \[\[entry\]\]"),
        ('entry = ["Kyiv"]', r"begin each with a line \[\[entry\]\]"),
        ('[[entry]]\nwritten = "Kyiv"\nsay = 7', "'say' must be a text"),
        ('[[entry]]\nwritten = "FBI"\nletters = "yes"', "'letters' must be true or false"),
        ('[[entry]]\nwritten = "Kyiv"\nipa = { kokoro = 7 }', "'ipa' must be a text, or a table"),
        ('[[entry]]\nwritten = "Kyiv"\nipa = ["x"]', "'ipa' must be a text, or a table"),
    ],
    ids=[
        *("no form", "blank form", "no way", "unknown key", "no TOML", "one table for a list", "another name"),
        *("a list of words", "a number", "a text for a switch", "a number in a table", "a list for a text"),
    ],
)
def test_a_fault_is_told_with_what_to_do(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=fault):
        load_lexicon(path)


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n", "entry = []"])
def test_a_lexicon_may_be_empty(text: str) -> None:
    assert parse_lexicon(text, "test").entries == {}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="can't be read"):
        load_lexicon(tmp_path / "none.toml")


def test_an_entry_is_added_to_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "lexicon.toml"
    add_entry(path, "Kyiv", "kee-yiv", source='the "embassy"')
    assert load_lexicon(path).entries["Kyiv"] == Entry("Kyiv", say="kee-yiv", source='the "embassy"')


def test_an_entry_is_added_behind_the_others_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('# Our list\n\n[[entry]]\nwritten = "Lviv"\nletters = true\n', encoding="utf-8")
    lexicon = add_entry(path, "Kyiv", "kee-yiv")
    assert list(lexicon.entries) == ["Lviv", "Kyiv"]
    assert path.read_text(encoding="utf-8").startswith("# Our list\n")


def test_an_entry_is_changed_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    for spoken in ("one", "two"):
        add_entry(path, "Kyiv", spoken)
        add_entry(path, "Lviv", "l-viv")
    assert {written: entry.say for written, entry in load_lexicon(path).entries.items()} == {
        "Kyiv": "two",
        "Lviv": "l-viv",
    }


def test_a_file_that_an_editor_put_a_byte_order_mark_on_is_read_and_changed(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[[entry]]\nwritten = "Kyiv"\nsay = "key ev"\n', encoding="utf-8-sig")
    assert load_lexicon(path).entries["Kyiv"].say == "key ev"
    assert add_entry(path, "Kyiv", "kee-yiv").entries == load_lexicon(path).entries
    assert [entry.say for entry in load_lexicon(path).entries.values()] == ["kee-yiv"]


def test_an_entry_with_more_than_a_respelling_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[[entry]]\nwritten = "Kyiv"\nletters = true\n', encoding="utf-8")
    with pytest.raises(LexiconError, match="more than a respelling"):
        add_entry(path, "Kyiv", "kee-yiv")


@pytest.mark.parametrize(("written", "spoken"), [(" ", "x"), ("Kyiv", " ")])
def test_an_empty_entry_is_refused(tmp_path: Path, written: str, spoken: str) -> None:
    with pytest.raises(LexiconError, match="needs"):
        add_entry(tmp_path / "lexicon.toml", written, spoken)


def test_every_entry_of_ours_names_its_source_and_its_language() -> None:
    entries = package_lexicon().entries.values()
    assert len(entries) >= 20
    assert all(entry.source and entry.language == "en" and entry.say and entry.ipa for entry in entries)


@pytest.mark.parametrize("entry", package_lexicon().entries.values(), ids=lambda entry: entry.written)
def test_a_respelling_of_ours_is_not_reworded(entry: Entry) -> None:
    from audiogen import normalize

    assert normalize(entry.say) == entry.say
