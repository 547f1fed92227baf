"""From article to script."""

from __future__ import annotations

import logging

import pytest

from audiogen import narrate
from audiogen.model import Article, Block, BlockKind, Role, Script, SpanKind, TextSpan, Utterance
from audiogen.narration.lexicon import lexicon_of
from audiogen.narration.pauses import default_pauses
from audiogen.narration.script import Narration


def make_script(
    *blocks: Block | str, title: str = "", dek: str = "", language: str = "en", options: Narration | None = None
) -> Script:
    made = tuple(Block(block) if isinstance(block, str) else block for block in blocks)
    return narrate(Article(title=title, dek=dek, language=language, blocks=made, cleaned=True), options)


def spoken(*blocks: Block | str, **rest: object) -> list[str]:
    return [utterance.spoken for utterance in make_script(*blocks, **rest).utterances]  # type: ignore[arg-type]


def test_title_standfirst_and_blocks_come_in_order() -> None:
    script = make_script("It rained. It poured.", Block("Later", BlockKind.HEADING), title="The rain", dek="A wet day")
    assert [(u.written, u.role, u.block) for u in script.utterances] == [
        ("The rain", Role.TITLE, -1),
        ("A wet day", Role.DEK, -1),
        ("It rained.", Role.PARAGRAPH, 0),
        ("It poured.", Role.PARAGRAPH, 0),
        ("Later", Role.HEADING, 1),
    ]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (BlockKind.PARAGRAPH, Role.PARAGRAPH),
        (BlockKind.HEADING, Role.HEADING),
        (BlockKind.LIST_ITEM, Role.LIST_ITEM),
        (BlockKind.QUOTE, Role.QUOTE),
        (BlockKind.QUESTION, Role.QUESTION),
        (BlockKind.ANSWER, Role.ANSWER),
        (BlockKind.STAND_IN, Role.STAND_IN),
        (BlockKind.TABLE, Role.PARAGRAPH),
    ],
)
def test_the_kind_of_a_block_is_its_role(kind: BlockKind, role: Role) -> None:
    assert [u.role for u in make_script(Block("A block.", kind)).utterances] == [role]


def test_written_and_spoken_are_both_kept() -> None:
    (utterance,) = make_script("Gen. Smith paid $4.5bn on Sept. 6.").utterances
    assert utterance.written == "Gen. Smith paid $4.5bn on Sept. 6."
    assert utterance.spoken == "General Smith paid four point five billion dollars on September sixth."


def test_each_spoken_word_is_tied_to_the_written_one() -> None:
    (utterance,) = make_script("He left on Sept. 6, late.").utterances
    tied = [
        (utterance.spoken[s.spoken_start : s.spoken_end], utterance.written[s.written_start : s.written_end])
        for s in utterance.alignment
    ]
    assert tied == [
        ("He", "He"),
        ("left", "left"),
        ("on", "on"),
        ("September", "Sept. 6"),
        ("sixth,", "Sept. 6,"),
        ("late.", "late."),
    ]


def test_alignment_can_be_left_out() -> None:
    assert make_script("It rained.", options=Narration(align=False)).utterances[0].alignment == ()


def test_a_title_is_one_utterance_however_many_stops_it_has() -> None:
    assert spoken(title="Dr. Strange. A review. Part 2") == ["Doctor Strange. A review. Part two"]


def test_a_headline_in_capitals_is_said_as_words() -> None:
    assert spoken(title="FBI RAIDS HOME OF EX-MAYOR") == ["F B I Raids Home of Ex-Mayor"]


def test_an_initialism_just_introduced_is_not_said_twice() -> None:
    assert spoken("The Wall Street Journal (WSJ) reported it.") == ["The Wall Street Journal reported it."]
    assert spoken("The Organization for Security and Cooperation in Europe (OSCE) met.") == [
        "The Organization for Security and Cooperation in Europe met."
    ]


def test_another_initialism_in_brackets_is_said() -> None:
    assert spoken("The missile (ICBM) flew.") == ["The missile, I C B M, flew."]
    assert spoken("The mayor (FBI) flew.") == ["The mayor, F B I, flew."]


def test_pauses_are_those_of_the_roles() -> None:
    pauses = default_pauses()
    script = make_script("One. Two?", "Three.", Block("Four", BlockKind.HEADING), title="Zero")
    assert [u.pause_after for u in script.utterances] == [
        pauses.after[Role.TITLE],
        pauses.between["sentence"],
        pauses.after[Role.PARAGRAPH],
        pauses.before[Role.HEADING],
        pauses.after[Role.HEADING],
    ]


def test_what_cannot_be_heard_makes_no_utterance() -> None:
    assert spoken("* * *", "It rained.", "🎉", " ", "[1]") == ["It rained."]


def test_an_empty_article_has_an_empty_script() -> None:
    assert make_script() == Script((), "en")


def test_a_passage_in_another_language_keeps_its_mark_and_its_rules() -> None:
    script = make_script("It cost $5.", Block("Es kostet 5 Euro.", language="de"))
    assert [u.language for u in script.utterances] == ["", "de"]
    assert script.utterances[1].spoken == "Es kostet fünf Euro."


def test_an_article_without_a_language_is_read_in_that_of_the_options() -> None:
    assert make_script("It cost $5.", language="").language == "en"
    assert make_script("Es kostet 5 Euro.", language="", options=Narration(language="de")).language == "de"


def test_a_language_without_a_pack_passes_through_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        script = make_script("Se maksaa 5 euroa ★.", language="fi")
    assert script.unsupported == ("fi",)
    assert [u.spoken for u in script.utterances] == ["Se maksaa 5 euroa."]
    assert "No language pack for fi" in caplog.text


def test_a_supported_language_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert make_script("It rained.", language="en-GB").unsupported == ()
    assert caplog.text == ""


def test_names_are_said_as_the_starter_lexicon_says() -> None:
    assert spoken("They met in Kyiv.") == ["They met in kee-yiv."]
    assert spoken("They met in Kyiv.", options=Narration(starter_lexicon=False)) == ["They met in Kyiv."]


def test_the_shows_lexicon_goes_before_the_packages_and_the_voices_before_the_shows() -> None:
    show = lexicon_of([{"written": "Kyiv", "say": "one"}, {"written": "Lviv", "say": "two"}], "show")
    voice = lexicon_of([{"written": "Lviv", "say": "three"}], "voice")
    assert spoken("Kyiv and Lviv.", options=Narration(lexicons=(show, voice))) == ["one and three."]


def test_the_text_of_a_script_is_an_utterance_a_line() -> None:
    assert make_script("It cost $5. So what?", title="Zero").text == "Zero\nIt cost five dollars.\nSo what?"


def test_no_word_of_the_article_is_lost() -> None:
    text = "On Sept. 6, Gen. Smith (ret.) left the U.S. He didn't say why... Nobody asked!"
    utterances: tuple[Utterance, ...] = make_script(text).utterances
    assert " ".join(u.written for u in utterances) == text


def test_a_long_text_in_no_known_language_is_left_as_it_is() -> None:
    words = "Zorblat 5 quennik frazzo 12 mordu, vilp snorg 7 habbet. " * 10
    script = make_script(words, language="")
    assert "5 quennik frazzo 12" in script.utterances[0].spoken
    assert (script.language, script.utterances[0].language, script.unsupported) == ("en", "", ("und",))


def test_a_short_text_without_a_language_is_read_as_the_usual_one() -> None:
    assert make_script("Zorblat 5 quennik.", language="").utterances[0].spoken == "Zorblat five quennik."


def test_vietnamese_is_not_rewritten_by_another_languages_rules() -> None:
    text = "Trẻ em trên 60 tuổi không được học trong nhà thờ này. "
    script = make_script(text * 10, language="")
    assert (script.language, script.utterances[0].spoken) == ("vi", text.strip())


def test_a_quoted_phrase_in_another_language_is_an_utterance_of_its_own() -> None:
    script = make_script("The sign read “Нас було 25 тисяч, і ми йшли” in yellow. It was 5 p.m.")
    assert [(u.written, u.language) for u in script.utterances] == [
        ("The sign read", ""),
        ("“Нас було 25 тисяч, і ми йшли”", "uk"),
        ("in yellow.", ""),
        ("It was 5 p.m.", ""),
    ]
    assert "двадцять п'ять" in script.utterances[1].spoken.replace("’", "'")
    assert script.utterances[0].pause_after < script.utterances[2].pause_after


def test_passages_stay_in_the_articles_voice_where_that_is_wanted() -> None:
    script = make_script("The sign read “Нас було 25 тисяч, і ми йшли” in yellow.", options=Narration(foreign=False))
    assert [u.language for u in script.utterances] == [""]


def test_a_title_in_another_language_is_said_in_it_whole() -> None:
    script = make_script("It rained.", title="Нас було 25, і ми йшли")
    assert (script.utterances[0].written, script.utterances[0].language) == ("Нас було 25, і ми йшли", "uk")


def test_words_are_tied_to_what_is_written_where_a_formula_or_a_note_is_heard_otherwise() -> None:
    text = "It rose by $x^2$ in May1 and fell."
    block = Block(text, spans=(TextSpan(23, 24, SpanKind.NOTE, "1"),))
    (utterance,) = make_script(block).utterances
    tied = {
        utterance.spoken[s.spoken_start : s.spoken_end]: utterance.written[s.written_start : s.written_end]
        for s in utterance.alignment
    }
    assert utterance.written == text
    assert (tied["It"], tied["in"], tied["fell."]) == ("It", "in", "fell.")
    assert tied["May"].startswith("May")
    assert tied["squared"] == "$x^2$"


def test_the_last_sentence_of_a_block_alone_is_followed_by_the_pause_of_its_role() -> None:
    first, second = make_script("It rained. It poured.", "It stopped.").utterances[:2]
    pauses = default_pauses()
    assert (first.pause_after, second.pause_after) == (pauses.between["sentence"], pauses.after[Role.PARAGRAPH])
