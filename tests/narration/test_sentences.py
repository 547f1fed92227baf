"""Where a written text may be cut for reading."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.packs import SILENT, load_pack
from audiogen.narration.sentences import sentences

PACK = load_pack("en") or SILENT


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, PACK)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It rained.", "The match went on."),
        ("Did it rain?", "It did."),
        ("It rained!", "Nobody left."),
        ('"It rained," he said.', '"So what?"'),
        ('She said "no."', "Then she left."),
        ("He paid $3.50.", "She paid nothing."),
        ("They left in 2019.", "Others stayed."),
        ("It ended at 5 p.m.", "The hall was empty."),
        ("He lives in the U.S.", "But he works in Canada."),
        ("They sell nuts, bolts, etc.", "The shop is old."),
        ("He works for Acme Inc.", "It pays well."),
        ("It began in Sept.", "Then it stopped."),
        ("Wait...", "What was that?"),
        ("Wait…", "Nothing."),
        ("(It was late.)", "They went home."),
        ("It was he and I.", "Nobody else came."),
        ("It grew 3.5%.", "Costs fell."),
        ("Plan B.", "The plan failed."),
        ("The phone sold well.", "iPhone sales rose."),
        ("He came in.", "She went out."),
        ("No.", "He had not seen it."),
        ("It is 5 km.", "They ran it."),
        ("Really?!", "Yes."),
        ("He paused. . . .", "The clock struck."),
        ("He paused . . .", "The clock struck."),
        ("“Is it open?”", "Jones said he had not looked."),
        ('"Come in!"', "The door opened."),
        ("He met Sen. Hale.", "They talked for an hour."),
        ("She moved to Washington, D.C.", "He stayed behind."),
        ("It was signed by J. K. Rowling.", "The book sold well."),
        ("He scored at 3:45 p.m.", "Then the rain began."),
        ("It cost £2.50.", "That was too much."),
        ("He read pp. 12-14.", "She read the rest."),
        ("They beat Leeds 2-0.", "Nobody expected it."),
        ("“I will go,” she said.", "“When?” he asked."),
        ("Is it true?", "“Yes.”"),
        ("He ran 5 km.", "She ran 10."),
        ("It opened on Jan. 5.", "It closed in May."),
        ("The U.S. is large.", "Canada is larger."),
        ("He studied at M.I.T.", "She studied in Rome."),
        ("The firm is Acme Ltd.", "It makes wire."),
        ("They sell tea, coffee, etc.", "Prices are low."),
        ("It happened in 1999.", "In 2000 it happened again."),
        ("He said, “Stop.”", "She stopped."),
        ("The door opened…", "Nobody came in."),
        ("“Stop!”", "The man ran."),
        ("It rose by 5%.", "Sales fell."),
        ("Vitamin C.", "It helps."),
        ("I like him and I.", "They laughed."),
        ("He is 6 ft. tall.", "She is not."),
        ("It weighs 3 lbs.", "That is light."),
        ("See No. 4.", "It is blue."),
        ("Then came the year 2020.", "Everything stopped."),
        ("They won.", "2024 was their year."),
        ("It is over.", "(He smiled.)"),
        ("It is over.", "[Laughter.]"),
        ("He asked why.", "‘Because,’ she said."),
        ("He left Inc.", "But not for long."),
        ("He left at noon!", "“Wait,” she cried."),
        ("That was it.", "É verdade, he said."),
        ("He works at the F.B.I.", "She does not."),
        ("Open at 9 a.m.", "No dogs."),
        ("He lost his Ph.D.", "It was a scandal."),
        ("The vote is Nov. 5.", "Polls open at 7."),
        ("They met in St. Louis.", "It was hot."),
        ("She is a C.E.O.", "He is not."),
        ("The film is “Dr. No.”", "It is old."),
    ],
)
def test_a_sentence_ends_before_the_next(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Smith met Sen. Jones and Lt. Col. Brown.",
        "James T. Kirk and J. K. Rowling spoke.",
        "the U.S. Navy and the U.N. Security Council met.",
        "It cost $3.50 or 2.5 percent.",
        "On Sept. 6 and Jan. 7 it rained.",
        "St. Louis and Mt. Everest are far apart.",
        "He asked for No. 5 and no. 6 on p. 7.",
        "Smith vs. Jones, i.e. the case, e.g. this one.",
        "At 6 p.m. Tuesday the doors open.",
        "Apple Inc. and Acme Corp. merged.",
        '"Why?" he asked.',
        '"Stop!" cried the man.',
        "Visit example.com for more.",
        "It was... well, odd.",
        "1. Introduction",
        "J. Smith won.",
        "A. Introduction to it",
        "Miami, Fla. Mayor Lee spoke.",
        "He met Dr. Martin Luther King Jr. Wednesday.",
        "The Ph.D. Committee met.",
        '"Is it open?" Jones asked.',
        "“Run!” Mary Ann Hill shouted at them.",
        "“Who knows?” J. B. Stone said in the yard.",
        "She spoke . . . and left.",
        "The bills, S. Con. Res. 9 and H. Res. 12, passed.",
        "Lt. Gen. Ann Reyes spoke to Maj. Gen. Orr.",
        "Mr. and Mrs. Hale came with Ms. Poe.",
        "The Rev. Dr. King spoke.",
        "He cited Smith v. Jones and Brown v. Board.",
        "It was 5.5 percent, up from 4.25 percent.",
        "The St. Louis Post-Dispatch reported it.",
        "Gov. Hale and Lt. Gov. Hart agreed.",
        "He was born on Dec. 25, 1999, in Ft. Worth.",
        "The U.S. Supreme Court ruled.",
        "The U.K. Parliament met.",
        "A U.S.-led force landed.",
        "He lives at 12 Elm St. in Boston.",
        "They met on Mon. and Tues. in Reno.",
        "She works for Acme Co. of Ohio.",
        "Vol. 2, No. 3 is out.",
        "He said “no.” and left.",
        "He asked “why?” and left.",
        "“Why?” she asked him.",
        "“Never!” he shouted.",
        "He paused ... and went on.",
        "He paused… and went on.",
        "Go to www.example.com and read.",
        "Version 2.0.1 is out.",
        "It is i.e. that and e.g. this.",
        "J. R. R. Tolkien wrote it.",
        "George H. W. Bush won.",
        "George H.W. Bush won.",
        "Figs. 2 and 3 show it.",
        "See pp. 3-5 and p. 9.",
        "Approx. 40 people came.",
        "It took approx. 40 days.",
        "Prof. A. B. Carter spoke.",
        "The yahoo! brand faded.",
        "At 6 a.m. on Tuesday it rained.",
        "At 6 a.m. EST it rained.",
        "In the U.S. about half agree.",
        "Sgt. 1st Class Poe fell.",
        "The bill, H.R. 1319, passed.",
        "Under 18 U.S.C. § 371 he is guilty.",
        "He is the No. 1 seed.",
        "E. coli was found.",
        "It is a T. rex tooth.",
        "Mt. Everest and Mt. Fuji are high.",
        "The case of Doe et al. v. Roe was heard.",
        "Martin Luther King Jr. Day is in January.",
        "He came, i.e. he saw.",
        "It opens at 5 p.m. Saturday.",
        "Messrs. Hale and Poe sued.",
        "Capt. J. Smith of the U.S.S. Cole spoke.",
        "The Hon. Ruth Kay sat.",
    ],
)
def test_a_sentence_goes_on(text: str) -> None:
    assert cut(text) == [text]


def test_white_space_around_is_left_out() -> None:
    assert cut("  One.  Two.  ") == ["One.", "Two."]


@pytest.mark.parametrize("nothing", ["", " ", "\n"])
def test_nothing_has_no_sentence(nothing: str) -> None:
    assert cut(nothing) == []


def test_without_a_pack_capitals_and_marks_decide() -> None:
    text = "Han kom. Hon gick. ok."
    assert [text[a:b] for a, b in sentences(text, SILENT)] == ["Han kom.", "Hon gick. ok."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two. Three.", 3),
        ("One? Two! Three… Four.", 4),
        ("He met Dr. Lee. Then Sen. Poe came. They left at 5 p.m. It rained.", 4),
        ("“One.” “Two.” “Three.”", 3),
        ("At 9 a.m. EST the vote began. It ended 52-48. Sen. Hale (R-Ohio) left.", 3),
        ("He paid $1.50. She paid $2.75. Mr. Roe paid nothing.", 3),
        ("No. 1 lost. No. 2 won.", 2),
        ("“Where?” he asked. “There,” she said. He looked. Nothing.", 4),
        ("One.\nTwo.", 2),
        ("One.  Two.   Three.", 3),
    ],
)
def test_a_paragraph_has_its_sentences(text: str, pieces: int) -> None:
    assert len(cut(text)) == pieces


#: German texts with a number and a full stop before a capital, in their sentences.
GERMAN = [
    ["Sie traf in der 67. Minute zum Sieg."],
    ["Zum 70. Geburtstag kam der Bürgermeister."],
    ["Möllers 100. Geburtstag war am Montag.", "Gefeiert wurde am 3. Oktober."],
    ["Im II. Weltkrieg brannte der Speicher ab."],
    ["Es kamen nur 70.", "Geburtstage sind beliebter."],
    ["Es kamen nur 45.", "Minister Oster blieb fern."],
    ["Das Rennen war 1990.", "Platz war genug."],
    ["Er reiste am 31.", "Danach blieb er zu Hause."],
    ["Sie kam auf Rang 45.", "Platz eins blieb frei."],
    ["Es regierte Wilhelm II.", "Minister gab es zwei."],
]


@pytest.mark.parametrize("pieces", GERMAN, ids=" ".join)
def test_a_german_ordinal_before_a_noun_ends_no_sentence(pieces: list[str]) -> None:
    """Which nouns have ordinals is a list: "Geburtstage" is none of it, and so hides no end of a sentence."""
    pack = load_pack("de")
    assert pack
    text = " ".join(pieces)
    assert [text[start:end] for start, end in sentences(text, pack)] == pieces


@pytest.mark.parametrize("closing", ['"', "'", "”", "’", ")", "]", '")', "”)", "»"])
def test_what_closes_behind_a_stop_belongs_to_the_sentence(closing: str) -> None:
    assert cut(f"One.{closing} Two.") == [f"One.{closing}", "Two."]


@pytest.mark.parametrize("opening", ['"', "'", "“", "‘", "(", "[", "«"])
def test_what_opens_before_a_word_belongs_to_the_next_sentence(opening: str) -> None:
    assert cut(f"One. {opening}Two.") == ["One.", f"{opening}Two."]


@pytest.mark.parametrize("small", ["then he left", "of course", "and so on", "in May"])
def test_before_a_small_letter_a_sentence_goes_on(small: str) -> None:
    assert cut(f"It was late. {small}.") == [f"It was late. {small}."]


@given(
    st.lists(st.sampled_from(["It rained.", "Was it so?", "He left!", "“No,” he said.", "She paid $3.50."]), max_size=8)
)
def test_sentences_put_together_are_cut_again_as_they_were(spoken: list[str]) -> None:
    assert cut(" ".join(spoken)) == spoken


@given(st.text(alphabet="ab .!?…\"') A1U.S", max_size=60))
def test_every_character_but_space_is_in_one_sentence(text: str) -> None:
    spans = list(sentences(text, PACK))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("mark", ["!", ".", "?!", "…"])
def test_a_hundred_thousand_marks_are_passed_over_once(mark: str) -> None:
    """Tried from each of them to the last, it would take minutes."""
    text = f"It froze {mark * (100_000 // len(mark))}x there."
    assert cut(text) == [text]


#: Texts of other languages in their sentences: abbreviated months before a year, abbreviations before names and
#: numbers, and capitals alone that end a sentence.
FOREIGN = [
    ("de", ["Sie kam im Okt. 2019 und ging am 5. Dez. 2020.", "Danach blieb es still."]),
    ("de", ["Das gilt gem. § 5 Abs. 1 und Urt. v. 3. Mai 2019, Az. 5 L 37/24.", "Es gilt noch."]),
    ("de", ["Sie nimmt Vitamin E.", "Das hilft."]),
    ("de", ["Gekommen war der ehem. Minister Oster.", "Er schwieg."]),
    ("fr", ["Il est né le 5 déc. 2019.", "Sa sœur est née en janv. 2021."]),
    ("fr", ["Voir la fig. 3 et la réf. 12.", "La suite manque."]),
    ("fr", ["M. Le Goff prend de la vitamine C.", "Il rit."]),
    ("es", ["Nació el 5 dic. 2019.", "Murió en ene. 2021."]),
    ("es", ["Habló el Excmo. Señor Prado.", "Nadie respondió."]),
    ("it", ["È nato il 5 ott. 2019.", "La sorella a genn. 2021."]),
    ("it", ["Lo dice il D.Lgs. 81 del 2008.", "Il geom. Prati lo sa."]),
    ("pt", ["Nasceu a 5 dez. 2019.", "O Exmo. Reitor falou."]),
    ("nl", ["Hij kwam op 5 okt. 2019 en ging in jan. 2021.", "Zie afb. 3."]),
    ("pl", ["Widać to na rys. 3.", "Mówi o tym Dz. U. 2019, poz. 5."]),
    ("ru", ["Он родился 5 окт. 2019 года.", "Это видно на рис. 3."]),
    ("uk", ["Він народився 5 січ. 2019 року.", "Це видно на рис. 3."]),
]


@pytest.mark.parametrize(("language", "pieces"), FOREIGN, ids=[" ".join(pieces) for _, pieces in FOREIGN])
def test_an_abbreviation_before_what_it_belongs_to_ends_no_sentence(language: str, pieces: list[str]) -> None:
    pack = load_pack(language)
    assert pack
    text = " ".join(pieces)
    assert [text[start:end] for start, end in sentences(text, pack)] == pieces
