"""What is heard of raised, lowered and marked text, of line breaks and of formulas: pages in, spoken words out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from audiogen.model import Article, Block, SpanKind, TextSpan
from audiogen.narration import narrate
from audiogen.narration.entry import Entry
from audiogen.narration.lexicon import Lexicon
from audiogen.narration.script import Narration
from audiogen.narration.structure import is_row, narrated_text
from audiogen.readers.walk import Walk


def spoken(body: str, language: str = "en") -> list[str]:
    """Say a paragraph of a page, an entry for each utterance."""
    blocks = Walk().over(html.document_fromstring(f"<html><body><p>{body}</p></body></html>"))
    return [line.spoken for line in narrate(Article(language=language, blocks=tuple(blocks))).utterances]


def test_a_paragraph_with_a_note_may_end_in_another_language() -> None:
    result = spoken("The sign over the door of the old harbour office read<sup>1</sup> “Слава Україні”")
    assert result == ["The sign over the door of the old harbour office read", '"Слава Україні"']


#: The same in other languages.
SAID_ABROAD = [
    ("fr", "Le fort date du XVII<sup>e</sup> siècle.", "Le fort date du dix-septième siècle."),
    ("ru", "Дом занимает 75 м<sup>2</sup> земли.", "Дом занимает семьдесят пять квадратных метров земли."),
    ("uk", "Площа 450 км² лісу.", "Площа чотириста п'ятдесят квадратних кілометрів лісу."),
    ("es", "Nació en el s. XX aquí.", "Nació en el siglo veinte aquí."),
    ("pt", "No séc. XIX havia aqui um rio.", "No século dezanove havia aqui um rio."),
    ("cs", "V roce 1987 tu stál most.", "V roce tisíc devět set osmdesát sedm tu stál most."),
    ("cs", "V. ročník začal.", "pátý ročník začal."),
    ("it", "I secoli passati furono lunghi.", "I secoli passati furono lunghi."),
]


@pytest.mark.parametrize(("language", "body", "expected"), SAID_ABROAD)
def test_raised_letters_powers_and_centuries_are_said_in_other_languages(
    language: str, body: str, expected: str
) -> None:
    assert spoken(body, language) == [expected]


SPOKEN = {
    "found on pages": [
        ("The δ<sup>18</sup>O curve fell.", "The delta oxygen eighteen curve fell."),
        ("We find $p < 0.05$ in all.", "We find p is less than zero point zero five in all."),
        ("Let $\\pi \\approx 3.14$ be so.", "Let pi is about three point one four be so."),
        ("She read 1 Cor. 13:4 aloud.", "She read First Corinthians thirteen four aloud."),
        ("A fine of Rs. 5 lakh was paid.", "A fine of five lakh rupees was paid."),
    ],
    "notes": [
        ("The mill was sold in 1904<sup>2</sup> to a brewer.", "The mill was sold in nineteen oh four to a brewer."),
        ("A ticket was $12<sup>7</sup> then.", "A ticket was twelve dollars then."),
        ("He was tried twice<sup>4,5</sup> that year.", "He was tried twice that year."),
        ("The pier sank.<sup>11–13</sup>", "The pier sank."),
        ('The bell rang<sup><a href="#fn3">3</a></sup> at noon.', "The bell rang at noon."),
        ("The bell<sup>†</sup> rang<sup>*</sup> at noon.", "The bell rang at noon."),
        ("About 40%<sup>8</sup> stayed.", "About forty percent stayed."),
        ("The mill was sold in 1904² to a brewer.", "The mill was sold in nineteen oh four to a brewer."),
        ("The pier sank.³ It was old.", "The pier sank.|It was old."),
        ("They had a word<sup>a</sup> for it.", "They had a word for it."),
    ],
    "behind units": [
        ("It is 310 km<sup>1</sup> by road.", "It is three hundred ten kilometers by road."),
        ("It is 310 km² long.", "It is three hundred ten kilometers long."),
        ("It is 310 km² of ice.", "It is three hundred ten square kilometers of ice."),
        ("It held 5 kg<sup>2</sup> of tin.", "It held five kilograms of tin."),
        ("It took 3 h<sup>2</sup> in all.", "It took three hours in all."),
        ("It fell at 9.8 m/s<sup>2</sup> then.", "It fell at nine point eight meters per second squared then."),
        ("It held 10 m<sup>3</sup> of sand.", "It held ten cubic meters of sand."),
        ("It was 5 cm⁴ thick.", "It was five centimeters thick."),
    ],
    "excited isotopes": [
        ("The <sup>99m</sup>Tc scan was late.", "The technetium-ninety-nine M scan was late."),
        ("The ⁹⁹ᵐTc scan was late.", "The technetium-ninety-nine M scan was late."),
    ],
    "rows of marks": [
        ("It burned<sup>1</sup>,<sup>2</sup> in May.", "It burned in May."),
        ("It burned[1][2] in May.", "It burned in May."),
        ("It burned<sup>a,b</sup> in May.", "It burned in May."),
        ("A vitamin C<sup>2</sup> pill.", "A vitamin C pill."),
        (
            "It was 1904.<sup>3</sup> On May 5<sup>2</sup> it rained.",
            "It was nineteen oh four.|On May fifth it rained.",
        ),
    ],
    "units": [
        ("It is 5 kg/m<sup>3</sup> here.", "It is five kilograms per cubic meter here."),
        ("About 3 cm<sup>−1</sup> more.", "About three per centimeter more."),
        ("It was 30<sup>o</sup>C there.", "It was thirty degrees Celsius there."),
        ("That is 3 × 10<sup>8</sup> m.", "That is three times ten to the power of eight meters."),
    ],
    "powers": [
        ("It is 10<sup>9</sup> times as far.", "It is ten to the power of nine times as far."),
        ("The gap is 10<sup>-7</sup> wide.", "The gap is ten to the power of minus seven wide."),
        ("A lot of 300 m<sup>2</sup> is for sale.", "A lot of three hundred square meters is for sale."),
        ("The tank holds 9 cm<sup>3</sup> of oil.", "The tank holds nine cubic centimeters of oil."),
        ("The area is πr<sup>2</sup>, she wrote.", "The area is pi r squared, she wrote."),
        ("It grows with x<sup>3</sup>.", "It grows with x cubed."),
        ("There are 2<sup>n</sup> ways.", "There are two to the power of n ways."),
    ],
    "ordinals": [
        ("On the 3<sup>rd</sup> of May it rained.", "On the third of May it rained."),
        ("The 19<sup>th</sup> century mill burned.", "The nineteenth century mill burned."),
        ("Her 2<sup>nd</sup> term ended.", "Her second term ended."),
        ("His 21<sup>st</sup> boat sank.", "His twenty-first boat sank."),
    ],
    "chemistry": [
        (
            "The <sup>137</sup>Cs came down with the rain.",
            "The cesium one hundred thirty-seven came down with the rain.",
        ),
        ("They mined <sup>238</sup>U there.", "They mined uranium two hundred thirty-eight there."),
        ("The Mg<sup>2+</sup> in it is bitter.", "The magnesium two plus in it is bitter."),
        ("The NO<sub>3</sub><sup>−</sup> in it is old.", "The N O three minus in it is old."),
        (
            "The ¹⁴C and SO₄²⁻ and Ca²⁺ are old.",
            "The carbon fourteen and S O four two minus and calcium two plus are old.",
        ),
        ("The U-<sup>235</sup> is old.", "The U two thirty-five is old."),
        ("The CO<sub>2</sub> is stored.", "The C O two is stored."),
    ],
    "fractions": [("Take 2<sup>1</sup>/<sub>2</sub> cups of oats.", "Take two and a half cups of oats.")],
    "both sides of each rule": [
        ("It was 5<sup>o</sup>C there.", "It was five degrees Celsius there."),
        ("See n<sup>o</sup> 5 there.", "See no five there."),
        ("It is 5 m/s<sup>3</sup> there.", "It is five meters per second there."),
        ("It is 5 m<sup>4</sup> there.", "It is five meters there."),
        ("It is 5 km<sup>2</sup> wide.", "It is five kilometers wide."),
        ("It is 5 km<sup>2</sup> wild.", "It is five square kilometers wild."),
        ("A β<sup>14</sup>C trace.", "A beta carbon fourteen trace."),
        ("A <sup>14</sup> C trace.", "A C trace."),
        ("A <sup>14</sup>Xx trace.", "A Xx trace."),
        ("A <sup>14</sup>C2 trace.", "A carbon fourteen two trace."),
        ("The x<sup>10</sup> term.", "The x to the power of ten term."),
        ("The x<sup>11</sup> term.", "The x term."),
        ("The x<sup>-1</sup> term.", "The x to the power of minus one term."),
        ("The x<sup>k</sup> term.", "The x to the power of k term."),
        ("The 7<sup>2</sup> term.", "The seven term."),
        ("The = 7<sup>2</sup> term.", "The equals seven to the power of two term."),
        ("The 10<sup>2</sup>, term.", "The ten to the power of two, term."),
        ("The 5×10<sup>3</sup>m term.", "The five times ten to the power of three meters term."),
        ("The 1.10<sup>3</sup> term.", "The one point one zero term."),
        ("The $10<sup>3</sup> term.", "The ten dollar term."),
        ("The (a+b)<sup>2</sup> term.", "The, a plus b, squared term."),
        ("The (a b)<sup>2</sup> term.", "The, a b, term."),
        ("The word<sup>2</sup>more term.", "The word more term."),
        ("The Ca<sup>+</sup> ion.", "The calcium plus ion."),
        ("The Ca<sup>-</sup> ion.", "The calcium minus ion."),
        ("The PM<sub>2.5</sub> is high.", "The PM two point five is high."),
        ("The PM<sub>10</sub> is high.", "The PM sub ten is high."),
        ("The x<sub>i</sub> term.", "The x sub i term."),
        ("The H<sub>2</sub>O term.", "The H two O term."),
        ("It burned<sup>1</sup>-<sup>3</sup> in May.", "It burned in May."),
        ("It burned<sup>1</sup>;<sup>3</sup> in May.", "It burned in May."),
        ("It burned<sup>1</sup> and <sup>3</sup> in May.", "It burned and in May."),
        ("It burned<sup>(2)</sup> in May.", "It burned in May."),
        ("It burned<sup>[a]</sup> in May.", "It burned in May."),
        ("The firm<sup>TM</sup> in May.", "The firm in May."),
        ("The abcd<sup>a</sup> in May.", "The abcd in May."),
        ("Take <sup>1</sup>/<sub>2</sub> cup.", "Take one half cup."),
        ("A === b", "A|b"),
        ("A == b", "A equals equals b"),
        ("A * * * b", "A|b"),
    ],
    "lines": [
        ("The net<br>The rope<br>The oar", "The net|The rope|The oar"),
        ("Harbor Trust<br>12 Quay Road<br>Oxley", "Harbor Trust|twelve Quay Road|Oxley"),
        ("the tide goes out,<br>and all the boats<br>lie down", "the tide goes out,|and all the boats|lie down"),
        ("One<br>====<br>Two", "One|Two"),
    ],
}


@pytest.mark.parametrize(("body", "expected"), [case for cases in SPOKEN.values() for case in cases])
def test_what_stands_above_and_below_the_line_is_said_by_its_meaning(body: str, expected: str) -> None:
    assert "|".join(spoken(body)) == expected


CONTINENTAL = [
    ("fr", "Au XIX<sup>e</sup> siècle, le port était petit.", "dix-neuvième siècle"),
    ("fr", "Le 1<sup>er</sup> mai, le port était fermé.", "premier mai"),
    ("fr", "Le phare fut vendu en 1904<sup>2</sup> à un brasseur.", "mille neuf cent quatre à un"),
    ("de", "Der Turm wurde 1904<sup>2</sup> verkauft.", "neunzehnhundertvier verkauft"),
    ("de", "Das Feld hat 12 m<sup>2</sup> Platz.", "zwölf Quadratmeter Platz"),
    ("es", "La torre se vendió en 1904<sup>2</sup> a un vecino.", "mil novecientos cuatro a un"),
    ("ru", "Башню продали в 1904<sup>2</sup> году.", "четвёртом году"),
]


@pytest.mark.parametrize(("language", "body", "expected"), CONTINENTAL)
def test_other_languages_tell_marks_from_ordinals_too(language: str, body: str, expected: str) -> None:
    assert expected in " ".join(spoken(body, language))


def test_a_wrapped_text_is_read_on_over_its_line_ends() -> None:
    lines = [
        "The harbor council met on Monday to weigh the plan that has divided",
        "the valley for a decade, and after a long day it put off the vote in",
        "silence once more.",
    ]
    assert len(spoken("<br>".join(lines))) == 1


@pytest.mark.parametrize(
    ("text", "row"),
    [("====", True), ("~~~", True), ("* * *", True), ("o0o", True), ("--oOo--", True), ("**", False), ("oo", False),
     ("a === b", False), ("No.", False)],
)  # fmt: skip
def test_a_row_of_signs_is_a_pause(text: str, row: bool) -> None:
    assert is_row(text) is row


def test_a_row_lengthens_the_pause_before_it_and_is_not_said() -> None:
    with_row = narrate(Article(language="en", blocks=(Block("It ended."), Block("o0o"), Block("It began."))))
    without = narrate(Article(language="en", blocks=(Block("It ended."), Block("It began."))))
    assert [line.spoken for line in with_row.utterances] == ["It ended.", "It began."]
    assert with_row.utterances[0].pause_after > without.utterances[0].pause_after


def test_the_written_text_keeps_its_marks_and_its_places() -> None:
    block = Block("He left.12 It rained 18 days.", spans=(TextSpan(8, 10, SpanKind.NOTE, "fn12"),))
    first, second = narrate(Article(language="en", blocks=(block,))).utterances
    assert (first.written, second.written) == ("He left.12", "It rained 18 days.")
    words = [second.written[span.written_start : span.written_end] for span in second.alignment]
    assert words == ["It", "rained", "18", "days."]


def test_a_formula_is_tied_to_where_it_is_written() -> None:
    block = Block("so x2x^2 is", spans=(TextSpan(3, 8, SpanKind.FORMULA, "x^2"),))
    (line,) = narrate(Article(language="en", blocks=(block,))).utterances
    assert line.spoken == "so x squared is"
    assert [line.written[span.written_start : span.written_end] for span in line.alignment] == [
        "so",
        "x2x^2",
        "x2x^2",
        "is",
    ]


TEXT = st.text("aBc 1209.$²,xmk(%)+-", max_size=30)


@given(TEXT, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(SpanKind)), max_size=5),
       st.sampled_from(["en", "de", "ru", "nl", "und"]))  # fmt: skip
def test_spans_of_any_kind_are_heard_without_fault(
    text: str, stretches: list[tuple[int, int, SpanKind]], language: str
) -> None:
    spans = tuple(
        TextSpan(min(one, two, len(text)), min(max(one, two), len(text)), kind, "x^2") for one, two, kind in stretches
    )
    narrated = narrated_text(text, spans, language)
    assert narrated.original == text
    for place in range(len(narrated.text)):
        start, end = narrated.written_range(place, place + 1)
        assert 0 <= start <= end <= len(text)
    for line in narrate(Article(language=language, blocks=(Block(text, spans=spans),))).utterances:
        assert line.written in text
        assert all(0 <= span.written_start <= span.written_end <= len(line.written) for span in line.alignment)


@given(st.text("abc .,!?AB", max_size=60))
def test_plain_prose_is_heard_as_it_is_written(text: str) -> None:
    assert narrated_text(text, (), "en").text == text


MARKUP = {
    "titles of abbreviations": [
        (
            'It runs at 90 <abbr title="kilometers per hour">kph</abbr> now.',
            "It runs at ninety kilometers per hour now.",
        ),
        ('It opens <abbr title="after lunch">aft.</abbr> today.', "It opens after lunch today."),
        # initials are said by their letters, short forms that the rules know by the rules, and jokes not at all
        ('The <abbr title="World Health Organization">WHO</abbr> met.', "The W H O met."),
        ('Ask <abbr title="Doctor of all things">Dr.</abbr> Smith.', "Ask Doctor Smith."),
        ('It was <abbr title="a private joke of ours">lol</abbr> funny.', "It was lol funny."),
        ('It was <abbr title="seen on 5 May">soon</abbr> over.', "It was soon over."),
    ],
    "dates for machines": [
        (
            'Due on <time datetime="2024-04-03">03/04/2024</time>.',
            "Due on April third, twenty twenty-four.",
        ),
        ('Due on <time datetime="2024-03-04">03/04/24</time>.', "Due on March fourth, twenty twenty-four."),
        # words are left, and a machine date that is another day's is not believed
        ('Due on <time datetime="2024-03-04">March 4</time>.', "Due on March fourth."),
        (
            'Due on <time datetime="2024-05-06">03/04/2024</time>.',
            "Due on March fourth, twenty twenty-four.",
        ),
    ],
    "quotations": [
        ("She said <q>we are late</q> and left.", 'She said "we are late" and left.'),
        ("She said “<q>we are late</q>” and left.", 'She said "we are late" and left.'),
    ],
    "passages of another language": [
        ('He had a <i lang="fr">joie de vivre</i> that day.', "He had a|joie de vivre|that day."),
        # a name stays, and what is marked and is not so
        ('He read <i lang="fr">Le Monde</i> that day.', "He read Le Monde that day."),
        ('He wrote <i lang="de">this is not of me</i> on it.', "He wrote this is not of me on it."),
    ],
}


@pytest.mark.parametrize(
    ("body", "expected"), [pytest.param(*row, id=f"{kind}: {row[0]}") for kind, rows in MARKUP.items() for row in rows]
)
def test_markup_tells_what_letters_do_not(body: str, expected: str) -> None:
    assert "|".join(spoken(body)) == expected


def test_a_marked_passage_knows_its_ends_better_than_its_sentence() -> None:
    body = 'Le ministre a dit <span lang="en">we are not in this for the money</span> hier.'
    assert spoken(body, "fr") == ["Le ministre a dit", "we are not in this for the money", "hier."]


def test_the_word_list_says_a_short_form_before_its_title() -> None:
    body = 'It opens <abbr title="after lunch">aft.</abbr> today.'
    blocks = Walk().over(html.document_fromstring(f"<html><body><p>{body}</p></body></html>"))
    article = Article(language="en", blocks=tuple(blocks))
    options = Narration(lexicons=(Lexicon({"aft.": Entry("aft.", say="aft of noon")}),))
    assert [line.spoken for line in narrate(article, options).utterances] == ["It opens aft of noon today."]


def line(length: int, first: str = "A") -> str:
    """Write a line of words, *length* characters long."""
    return (first + " " + "bcd " * 40)[: length - 1] + "e"


#: The lengths of two lines, how the second begins, and whether the break between them is heard.
BREAKS = [
    (50, 100, "a", True),
    (50, 101, "a", False),
    (51, 50, "a", False),
    (51, 50, "A", True),
    (50, 101, "A", True),
    (51, 101, "A", True),
]


@pytest.mark.parametrize(("first", "second", "opens", "narrated"), BREAKS)
def test_a_break_is_heard_between_short_lines_and_before_a_capital(
    first: int, second: int, opens: str, narrated: bool
) -> None:
    assert len(spoken(f"{line(first)}<br>{line(second, opens)}")) == 1 + narrated


def test_a_break_inside_a_wrapped_text_is_not_heard() -> None:
    assert len(spoken(f"{line(51)}<br>{line(51, 'a')}<br>{line(20, 'a')}")) == 1
    assert len(spoken(f"{line(20)}<br>{line(51, 'a')}<br>{line(120, 'a')}")) == 2


@pytest.mark.parametrize("written", ["¹⁴C", "SO₄²⁻", "10⁻³", "m²", "said.¹", "x₁²"])
def test_what_unicode_raises_is_heard_alike_far_behind_a_paragraphs_start(written: str) -> None:
    lead = "The harbour froze over, and nobody who lived on the quay had ever seen it so white and so still. "
    sentence = f"The report names {written} at its end."
    assert spoken(lead + sentence) == [lead.strip(), *spoken(sentence)]
