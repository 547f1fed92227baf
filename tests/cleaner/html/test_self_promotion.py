"""What the outlet says of itself in the article's voice is not heard; what the article says to its reader is."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.self_promotion import names_outlet
from audiogen.model import Article, Block, BlockKind, Reason
from tests.cleaner.blocks import PROSE, TITLE, heading, make_block, make_case, prose, rule_of, verdicts

INVITATIONS = {
    "a guide": "Check out our guide to the harbours of the northern coast.",
    "a guide, politely": "Please see our full guide to the harbours of the northern coast.",
    "an episode": "For additional tales of clocks, listen to this episode.",
    "a list": "Take a look at our list of the ten best tide tables of the year.",
    "a review": "Read my review of the brass tide clock for more.",
    "a post": "Learn more about pendulums in this post by our clockmaker.",
    "a page": "For more details, visit our opening hours page.",
    "a podcast": "Be sure to check out our podcast about lighthouses.",
    "here": "Find out here how the tide table is made.",
    "after a word": "Also, see our other articles on stopped clocks.",
}


@pytest.mark.parametrize("text", INVITATIONS.values(), ids=INVITATIONS)
def test_an_invitation_to_the_outlets_pages_is_not_heard(text: str) -> None:
    page = make_case(*prose(3), make_block(text, own_links=0.4), *prose()[3:])
    assert rule_of(page, text) != ""


SENTENCES = {
    "an order of somebody's": ("Check the clock against this table, the pilot told them, and then sail.", 0.0),
    "advice with a link": ("Check plants every night; a torch helps to see the slugs at their work.", 0.3),
    "a link to elsewhere": ("See the plan of the harbour that the ministry has published this week.", 0.0),
    "advice": ("Read the small print of the tide table before you leave the harbour.", 0.0),
    "the head of a list": ("Take a look at these tides from some of our winters:", 0.4),
    "a book in the text": ("Book in advance: the ferry to the islands is full on every day of summer.", 0.2),
    "a warning": ("Watch out for this stretch of the quay, where our stones are loose.", 0.3),
    "three words": ("See our guide", 0.0),
}


@pytest.mark.parametrize(("text", "own"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_to_the_reader_is_heard(text: str, own: float) -> None:
    page = make_case(*prose(3), make_block(text, own_links=own), *prose()[3:])
    assert rule_of(page, text) == ""


def test_an_invitation_before_the_article_is_left_to_the_model() -> None:
    text = "Check out our guide to the harbours of the northern coast."
    page = make_case(make_block(text, own_links=0.4), *prose(), chances={text: 0.6})
    assert rule_of(page, text) == ""


def test_a_long_paragraph_with_an_invitation_in_it_is_heard() -> None:
    text = f"Read our guide if you must. {PROSE[0]} {PROSE[1]} {PROSE[2]}"
    assert rule_of(make_case(*prose(3), make_block(text, own_links=0.2), *prose()[4:]), text) == ""


OFFERS = {
    "ready": "Ready to buy a clock of your own? Our shop has forty of them.",
    "planning": "Planning a visit? Learn how to read the tide before you come.",
    "looking": "Looking for a clockmaker? Talk to the Quay Post and ask for a quotation.",
    "want": "Want to hear it strike? Come to the quay with one of us at noon.",
    "are you": "Are you ready to set your own clock? The Quay Post could be the school for you.",
}


@pytest.mark.parametrize("text", OFFERS.values(), ids=OFFERS)
def test_a_question_with_the_outlets_offer_is_not_heard(text: str) -> None:
    page = make_case(*prose(5), make_block(text, own_links=0.3), *prose()[5:])
    assert rule_of(page, text) != ""


@pytest.mark.parametrize(
    "text",
    [
        "Ready to sail? Nobody was, said the pilot, and went home to his soup.",
        "Why did nobody mind? Because the ferries had learned to sail by its errors.",
        "Do you want the tooth back? the museum asked, and nobody answered it.",
    ],
)
def test_a_question_of_the_article_is_heard(text: str) -> None:
    assert rule_of(make_case(*prose(5), make_block(text), *prose()[5:]), text) == ""


HEADS = {
    "trust": "Why you can trust our content",
    "trust in the outlet": "Why trust the Quay Post?",
    "a deal": "Save hundreds on brass clocks this week",
    "help": "How we can help you",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_stands_under_the_head_of_an_appeal_is_not_heard(head: str) -> None:
    below = "Every clock is tested for a week in salt air by people who have done so for thirty years."
    page = make_case(*prose(7), heading(head), make_block(below))
    assert rule_of(page, head) != ""
    assert rule_of(page, below) == "page.plug.headed"
    assert rule_of(page, PROSE[6]) == ""


def test_under_a_head_in_a_box_only_the_box_is_dropped() -> None:
    head = make_block("Why you can trust our content", inside=("div.trust", "p"), elements=(50, 51))
    below = make_block("We have watched the tide for thirty years and were right on most days.",
                       inside=("div.trust", "p"), elements=(50, 52))  # fmt: skip
    page = make_case(*prose(3), head, below, *prose()[3:])
    assert rule_of(page, "We have watched") == "page.plug.headed"
    assert [text for text in PROSE if rule_of(page, text)] == []


def test_a_long_section_in_the_midst_is_not_dropped_for_its_head() -> None:
    page = make_case(*prose(2), heading("Why you can trust our content"), *prose()[2:])
    assert [text for text in PROSE if rule_of(page, text)] == []


MAX_SECTION = (
    "A clock that keeps the tide is a comfort to anybody who lives by the water and has somewhere to be.",
    "We build ours by hand, and you can see them at work behind the counter on every day but Sunday.",
)


def closing(head: str, *below: str) -> list[Block]:
    more = [make_block(f"Or so it is told: {text}") for text in PROSE]
    return [*prose(), heading("How the tooth was found"), *more, heading(head), *(make_block(text) for text in below)]


def test_a_closing_section_that_is_headed_by_the_outlet_is_not_heard() -> None:
    page = make_case(*closing("Find your tide at the Quay Post", *MAX_SECTION), chances={MAX_SECTION[0]: 0.7})
    assert [rule_of(page, text) for text in MAX_SECTION] == ["page.plug.section"] * 2


def test_what_the_article_sums_up_before_the_outlet_speaks_is_heard() -> None:
    head = "Find your tide at the Quay Post"
    page = make_case(*closing(head, *MAX_SECTION))
    assert [rule_of(page, text) for text in (head, *MAX_SECTION)] == ["page.plug.section", "", "page.plug.section"]
    only = make_case(*closing(head, MAX_SECTION[0]))
    assert rule_of(only, MAX_SECTION[0]) == "page.plug.section"


POINTERS = {
    "a hand": "👉 Learn more about brass pendulums from the clockmakers' union.",
    "an arrow": "➡️ Read more about brass and salt:",
    "two marks": ">> See the best ten clocks of the coast",
}


@pytest.mark.parametrize("text", POINTERS.values(), ids=POINTERS)
def test_a_hand_that_points_elsewhere_is_not_heard(text: str) -> None:
    page = make_case(*prose(3), make_block(text), *prose()[3:])
    assert rule_of(page, text) == "page.plug.pointing"


def test_a_hand_that_points_at_a_sentence_is_heard() -> None:
    text = "👉 Another clock of that kind stands in the harbour of Northmouth."
    assert rule_of(make_case(*prose(3), make_block(text), *prose()[3:]), text) == ""


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        (closing("Find your tide on the quay", *MAX_SECTION), TITLE),
        (closing("The Quay Post and its clock", *MAX_SECTION), "The Quay Post turns a hundred"),
        ([heading("Inside the Quay Post"), make_block(MAX_SECTION[0]), heading("What was found"), *prose()], TITLE),
        (
            [*prose(5), heading("The Quay Post, 1911"), make_block(MAX_SECTION[0]), heading("The Quay Post, 1950"),
             *prose()[5:], heading("The Quay Post today"), make_block(MAX_SECTION[1])],
            TITLE,
        ),
    ],
    ids=["another name", "the outlet is the story", "early", "named by many headings"],
)  # fmt: skip
def test_a_section_about_the_outlet_in_an_article_about_it_is_heard(blocks: list[Block], title: str) -> None:
    page = make_case(*blocks, title=title)
    assert [text for text in MAX_SECTION if text in verdicts(page) and rule_of(page, text)] == []


def test_a_last_word_about_the_outlet_is_not_heard() -> None:
    last = "At the Quay Post we believe that every harbour deserves its clock, and you may ask us for one."
    assert rule_of(make_case(*prose(), make_block(last), chances={last: 0.7}), last) == "page.plug.last-word"


LAST_WORDS = {
    "a fact": ("The secretary told the Quay Post that the file had been his grandfather's all along.", 0.7),
    "a quotation": ("“We did what you asked of us,” the secretary told the Quay Post, and closed the door.", 0.7),
    "sure": ("At the Quay Post we believe that every harbour deserves its clock, and so do you.", 0.95),
    "no name": ("At this paper we believe that every harbour deserves its clock, and so do you.", 0.7),
}


@pytest.mark.parametrize(("text", "chance"), LAST_WORDS.values(), ids=LAST_WORDS)
def test_a_last_word_of_the_article_is_heard(text: str, chance: float) -> None:
    assert rule_of(make_case(*prose(), make_block(text), chances={text: chance}), text) == ""


def test_a_question_with_an_appeal_below_it_is_dropped_with_its_section() -> None:
    head, below = (
        "Do you want to learn to mend clocks?",
        "If so, I have something special on my bench for people like you.",
    )
    call = "Sign up for our weekly newsletter"
    page = make_case(*prose(), heading(head), make_block(below), make_block(call))
    assert (rule_of(page, head), rule_of(page, below)) == ("page.plug.offer", "page.plug.offer")


def test_a_question_with_its_answer_below_is_heard() -> None:
    head, below = "Do you need to wind it every day?", "Once a week is enough, said the older of the two apprentices."
    page = make_case(*prose(), heading(head), make_block(below))
    assert (rule_of(page, head), rule_of(page, below)) == ("", "")


def item(text: str, own: float, number: int) -> Block:
    return make_block(text, BlockKind.LIST_ITEM, inside=("ul", "li"), elements=(70, number), own_links=own, density=own)


def test_a_list_of_invitations_falls_with_the_first_of_them() -> None:
    texts = ["Check out our reviews of brass clocks", "Discover the best bags for tide tables", "Join us on a walk"]
    page = make_case(*prose(4), *(item(text, 0.7, 71 + n) for n, text in enumerate(texts)), *prose()[4:])
    assert all(rule_of(page, text) for text in texts)


def test_a_list_with_one_invitation_keeps_its_other_items() -> None:
    texts = ["Check out our reviews of brass clocks", "The hands were gilded in the year 1911", "The bell came later"]
    page = make_case(*prose(4), *(item(text, 0.7, 71 + n) for n, text in enumerate(texts)), *prose()[4:])
    assert [bool(rule_of(page, text)) for text in texts] == [True, False, False]


def test_a_folded_question_is_heard_with_its_answer() -> None:
    question = "How often does it need to be wound?"
    page = make_case(*prose(), heading(question), make_block(MAX_SECTION[0]), chances={question: 0.3})
    assert rule_of(page, question) == ""


@pytest.mark.parametrize(
    ("question", "chance", "answered"),
    [
        ("How often does it need to be wound?", 0.1, True),
        ("How often does it need to be wound?", 0.3, False),
        ("Really, so?", 0.3, True),
        ("Ready to wind a clock of your own?", 0.3, True),
        ("How often it needs to be wound", 0.3, True),
    ],
    ids=["hardly likely", "no answer", "too short", "an offer", "no question"],
)
def test_a_doubted_line_that_is_no_answered_question_is_not_heard(question: str, chance: float, answered: bool) -> None:
    below = [make_block(MAX_SECTION[0])] if answered else [heading("Another heading of the page")]
    page = make_case(*prose(), heading(question), *below, chances={question: chance})
    assert rule_of(page, question) != ""


NAMES = {
    "by its own word": ("The Quay Post was founded in 1911.", "The Quay Post", "", True),
    "by its host": ("Quaypost was founded in 1911.", "", "https://www.quaypost.example/x", True),
    "in any spelling": ("QUAY POST was founded in 1911.", "Quay Post", "", True),
    "another": ("The Pier Post was founded in 1911.", "Quay Post", "", False),
    "none known": ("The Quay Post was founded in 1911.", "", "", False),
    "too short": ("It is on the q.", "Q", "", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "site", "url", "named"), NAMES.values(), ids=NAMES)
def test_the_outlet_is_known_by_its_name_and_its_host(text: str, site: str, url: str, named: bool) -> None:
    assert names_outlet(Article(site=site, url=url), text) is named


def test_a_plug_has_a_reason_of_the_closed_list() -> None:
    page = make_case(*prose(4), make_block("Check out our guide to harbours.", own_links=0.5), *prose()[4:])
    verdict = verdicts(page)["Check out our guide to harbours."]
    assert verdict is not None
    assert verdict.reason in {Reason.RELATED, Reason.CALL_TO_ACTION}


QUESTIONS = {
    "four words": ("How often is it?", 0.25, ""),
    "three words": ("How often so?", 0.25, "page.model"),
    "hardly likely": ("How often is it?", 0.24, "page.model"),
    "with a blank behind it": ("How often is it? ", 0.25, ""),
}


@pytest.mark.parametrize(("question", "chance", "rule"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_folded_question_has_four_words(question: str, chance: float, rule: str) -> None:
    page = make_case(*prose(), heading(question), make_block(MAX_SECTION[0]), chances={question: chance})
    assert rule_of(page, question) == rule


def test_a_question_before_the_text_or_at_its_end_is_not_rescued() -> None:
    question = "How often is it?"
    for blocks in ([make_block(question), *prose()], [*prose(), make_block(question)]):
        assert rule_of(make_case(*blocks, chances={question: 0.3}), question) != ""


LINES = {
    "four words": ("Check out our guide", 0.4, "page.plug.invitation"),
    "a share of links": ("Check out our guide to clocks", 0.1, "page.plug.invitation"),
    "less in links": ("Check out our guide to clocks", 0.09, ""),
    "forty-five words": (f"Check out our guide {'to clocks ' * 20}now.", 0.4, "page.plug.invitation"),
    "forty-six words": (f"Check out our guide {'to clocks ' * 20}right now.", 0.4, ""),
    "an offer of sixty words": (f"Ready to buy a clock? Our {'quay shop ' * 26}right now.", 0.4, "page.plug.offer"),
    "an offer of sixty-one words": (f"Ready to buy a clock? Our {'quay shop ' * 27}now.", 0.4, ""),
    "a hand and four words": ("👉 Learn more here", 0.0, "page.plug.pointing"),
    "a hand and three words": ("👉 Learn more", 0.0, ""),
}


@pytest.mark.parametrize(("text", "own", "rule"), LINES.values(), ids=LINES)
def test_an_invitation_has_its_length(text: str, own: float, rule: str) -> None:
    assert rule_of(make_case(*prose(3), make_block(text, own_links=own), *prose()[3:]), text) == rule


@pytest.mark.parametrize(("count", "dropped"), [(7, True), (8, False)])
def test_a_late_section_of_the_house_is_short(count: int, dropped: bool) -> None:
    below = [f"We build clock number {n} by hand, and you can see us at work." for n in range(count)]
    more = [make_block(f"{n}: {text}") for n in range(8) for text in PROSE]
    page = make_case(*more, heading("How it was found"), *prose(), heading("Find it at the Quay Post"),
                     *map(make_block, below))  # fmt: skip
    assert (rule_of(page, below[0]) == "page.plug.section") is dropped


@pytest.mark.parametrize(("count", "dropped"), [(3, True), (4, False)])
def test_what_stands_under_an_appeal_in_the_midst_is_shorter(count: int, dropped: bool) -> None:
    below = [f"It was told {n} times on the quay, and it was believed at least once." for n in range(count)]
    page = make_case(*prose(4), heading("Why you can trust our content"), *map(make_block, below), heading("Bells"),
                     *[make_block(f"So: {text}") for text in PROSE * 2])  # fmt: skip
    assert (rule_of(page, below[0]) == "page.plug.headed") is dropped


@pytest.mark.parametrize(("chance", "rule"), [(0.84, "page.plug.last-word"), (0.85, "")])
def test_a_last_word_is_heard_where_the_model_is_sure(chance: float, rule: str) -> None:
    last = "At the Quay Post we believe that every harbour deserves its clock, and you may ask us for one."
    assert rule_of(make_case(*prose(), make_block(last), chances={last: chance}), last) == rule


def test_a_house_that_is_named_throughout_may_have_the_last_word() -> None:
    last = "At the Quay Post we believe that every harbour deserves its clock, and you may ask us for one."
    for named, rule in ((1, "page.plug.last-word"), (2, "")):
        text = [f"The Quay Post said: {line}" for line in PROSE[:named]] + [
            f"{n}: {line}" for n in range(2) for line in PROSE
        ][: 11 - named]
        page = make_case(*map(make_block, text), make_block(last), chances={last: 0.7})
        assert rule_of(page, last) == rule, named


def test_a_short_post_may_have_any_last_word() -> None:
    last = "At the Quay Post we believe that every harbour deserves its clock, and you may ask us for one."
    for count, rule in ((4, ""), (5, "page.plug.last-word")):
        page = make_case(*prose(count), make_block(last), chances={last: 0.7})
        assert rule_of(page, last) == rule, count


@pytest.mark.parametrize(("words", "dropped"), [(13, True), (14, False)])
def test_the_head_of_an_appeal_is_short(words: int, dropped: bool) -> None:
    text = f"Why trust the Quay Post {' '.join(['tides'] * (words - 5))}?"
    below = "Every clock is tested for a week in salt air by people who have done so for thirty years."
    page = make_case(*prose(7), heading(text), make_block(below))
    assert (rule_of(page, below) == "page.plug.headed") is dropped
