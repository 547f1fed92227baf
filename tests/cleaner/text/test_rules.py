"""Rules over the opinion of a capture: what each takes, and what it leaves."""

from __future__ import annotations

import pytest

from audiogen.cleaner.text.rules import (
    extend_span,
    find_title,
    is_sentence,
    judge,
    key,
    raise_following,
    raise_leading,
)
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD, chances, line, lines

TITLE = "Harbour freezes for the first time in thirty years"
SURE = 0.9


def verdict_of(text: str, chance: float = SURE, language: str = "en") -> Verdict | None:
    """Judge *text* between two paragraphs of an article."""
    page = [*lines(TITLE, PARAGRAPH), line(text, language), *lines(OTHER, THIRD)]
    _, verdicts = judge(page, chances(0.1, SURE, chance, SURE, SURE), 0, (1, 4))
    return verdicts[2]


def rule_of(text: str, chance: float = SURE, language: str = "en") -> str:
    """Name the rule that put *text* aside, or nothing."""
    verdict = verdict_of(text, chance, language)
    return verdict.rule if verdict else ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour!", "the harbour"),
        ("„Der Hafen“ – zu", "Der Hafen zu"),
        ("Порт  замерз…", "порт замерз"),
        ("¿Y ahora?", "y ahora"),
        ("«Лід 20 см»", "лід 20 см"),
    ],
)
def test_two_lines_of_the_same_letters_are_one(one: str, other: str) -> None:
    assert key(line(one)) == key(line(other))


def test_lines_of_other_letters_are_two() -> None:
    assert key(line("The harbour froze")) != key(line("The harbours froze"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What the islands paid for their bread that winter »", "en"),
        ("Was die Inseln in jenem Winter für ihr Brot bezahlten ›", "de"),
        ("Ce que les îles ont payé leur pain cet hiver-là →", "fr"),
        ("Скільки острови платили за хліб тієї зими ➜", "uk"),
        ("Ile wyspy płaciły za chleb tamtej zimy ▶", "pl"),
        ("What the islands paid for their bread that winter >>", "en"),
    ],
)
def test_a_line_that_ends_in_an_arrow_is_a_link(text: str, language: str) -> None:
    verdict = verdict_of(text, language=language)
    assert verdict == Verdict(Reason.RELATED, "capture.arrow")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("«Такого ми не бачили ніколи», — сказав лоцман, — і це «правда»", "uk"),
        ("Il a répondu : « Nous n'avons jamais vu cela »", "fr"),
        ("Den Pilots antwortede »aldrig nogensinde«", "en"),
        ("The path from the quay → the lighthouse is closed to walkers", "en"),
    ],
)
def test_quotation_marks_and_arrows_within_are_no_links(text: str, language: str) -> None:
    assert rule_of(text, language=language) == ""


@pytest.mark.parametrize(
    "text",
    [
        "{{banner id=17}}",
        "[caption id=quay]The frozen quay",
        "<div class='ad'>The frozen quay</div>",
        "</script> the quay",
        "window.dataLayer = []; the quay",
        "var quay = 7",
        "function (quay) { return 1 }",
    ],
)
def test_leftovers_of_markup_are_not_heard(text: str) -> None:
    assert verdict_of(text) == Verdict(Reason.BOILERPLATE, "capture.template")


@pytest.mark.parametrize(
    "text",
    [
        "The pilots wrote [sic] that the ice was thin and the water low.",
        "The ice was < 20 cm thick on Monday, and > 25 cm on Friday, they said.",
        "A variable wind and a new function of the coast guard explain it, they said.",
        "The window of the tavern looks out on the east quay, they said.",
    ],
)
def test_brackets_and_words_of_programmers_are_heard_in_sentences(text: str) -> None:
    assert rule_of(text) == ""


def test_markup_is_heard_where_the_model_is_certain() -> None:
    assert rule_of("Write <b>quay</b> to make the word bold, and close it again.", 0.99) == ""


@pytest.mark.parametrize(
    ("text", "reason", "language"),
    [
        ("Share on Facebook", Reason.SHARE, "en"),
        ("Subscribe to our newsletter", Reason.CALL_TO_ACTION, "en"),
        ("Підпишіться на нашу розсилку", Reason.CALL_TO_ACTION, "uk"),
        ("Читайте также: Как острова пережили зиму 1994 года", Reason.RELATED, "ru"),
        ("Lesen Sie auch: Wie die Inseln den Winter von 1994 überstanden", Reason.RELATED, "de"),
        ("Lire aussi : Comment les îles ont passé l'hiver", Reason.RELATED, "fr"),
        ("Lee también: Cómo pasaron las islas el invierno", Reason.RELATED, "es"),
        ("Leia também: Como as ilhas passaram o inverno", Reason.RELATED, "pt"),
        ("Leggi anche: Come le isole hanno passato l'inverno", Reason.RELATED, "it"),
        ("Czytaj także: Jak wyspy przetrwały zimę", Reason.RELATED, "pl"),
        ("© 2024 Northern Post. All rights reserved.", Reason.COPYRIGHT, "en"),
    ],
)
def test_a_phrase_is_not_heard_however_sure_the_model_is(text: str, reason: Reason, language: str) -> None:
    verdict = verdict_of(text, 0.99, language)
    assert verdict is not None
    assert verdict.reason is reason
    assert verdict.rule.startswith("phrases.")


@pytest.mark.parametrize("text", ["Sources", "Overview", "Support"])
def test_a_short_phrase_is_a_heading_where_the_model_is_sure(text: str) -> None:
    assert rule_of(text, 0.8) == ""


@pytest.mark.parametrize("text", ["Sources", "Support"])
def test_a_short_phrase_is_none_where_the_model_doubts(text: str) -> None:
    assert rule_of(text, 0.6) != ""


@pytest.mark.parametrize(("chance", "rule"), [(0.49, "capture.model"), (0.51, ""), (0.5, "")])
def test_the_model_decides_where_no_rule_speaks(chance: float, rule: str) -> None:
    assert rule_of("The quays were quiet that week", chance) == rule


def test_what_is_outside_the_article_is_not_heard() -> None:
    page = lines(TITLE, PARAGRAPH, OTHER, "The quays were quiet that week and nobody came to look at the fish.")
    _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE), 0, (1, 2))
    assert verdicts[3] == Verdict(Reason.BOILERPLATE, "capture.outside")


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        (PARAGRAPH, "capture.repeated"),
        (PARAGRAPH.upper(), "capture.repeated"),
        (TITLE, "capture.repeated"),
        ("Ingredients", ""),
        (THIRD, ""),
    ],
    ids=["paragraph", "in capitals", "headline", "a short heading", "another paragraph"],
)
def test_what_was_heard_is_not_heard_again(again: str, rule: str) -> None:
    page = lines(TITLE, "Ingredients", PARAGRAPH, OTHER, again)
    _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE, SURE), 0, (1, 4))
    assert (verdicts[4].rule if verdicts[4] else "") == rule


@pytest.mark.parametrize(
    ("chance", "between", "again", "rule"),
    [
        (0.85, 4, PARAGRAPH, ""),
        (0.84, 4, PARAGRAPH, "capture.repeated"),
        (0.85, 3, PARAGRAPH, "capture.repeated"),
        (0.99, 4, TITLE, "capture.repeated"),
        (0.6, 4, "Nets and lines are mended", "capture.repeated"),
        (0.6, 4, "Nets are mended daily", ""),
    ],
    ids=["sure and far", "not sure", "close", "the headline", "five words", "four words"],
)
def test_a_plan_may_say_a_thing_again(chance: float, between: int, again: str, rule: str) -> None:
    middle = [f"Day {number} of the thaw came and went." for number in range(between)]
    page = lines(TITLE, again if again != TITLE else PARAGRAPH, *middle, again)
    _, verdicts = judge(page, chances(0.1, *[0.99] * (between + 1), chance), 0, (1, len(page) - 1))
    assert (verdicts[-1].rule if verdicts[-1] else "") == rule


@pytest.mark.parametrize(
    ("last", "above", "taken"),
    [
        (
            "The winter fair on the islands may be put off for the first time since the war, people say…",
            "The fair",
            False,
        ),
        (
            "The winter fair on the islands may be put off for the first time since the war, people say…",
            "What the ice means for the fair",
            True,
        ),
        (
            "The winter fair on the islands may be put off for the first time since the war, people say [...]",
            "What the ice means for the fair",
            True,
        ),
        ("The winter fair may be put off…", "What the ice means for the fair", False),
        (
            "The winter fair on the islands may be put off for the first time since the war, people say.",
            "What the ice means for the fair",
            False,
        ),
    ],
    ids=["headline too short", "teaser", "teaser in brackets", "too short", "a whole sentence"],
)
def test_a_teaser_at_the_end_is_a_headline_over_a_beginning(last: str, above: str, taken: bool) -> None:
    page = lines(TITLE, PARAGRAPH, OTHER, above, last)
    _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE, SURE), 0, (1, 4))
    assert [verdict is not None and verdict.rule == "capture.teaser" for verdict in verdicts[3:]] == [taken, taken]


@pytest.mark.parametrize(("after", "taken"), [("We need you.", True), (PARAGRAPH * 2, False)])
def test_a_word_from_the_outlet_may_follow_a_teaser(after: str, taken: bool) -> None:
    cut = "The winter fair on the islands may be put off for the first time since the war, people say…"
    page = lines(TITLE, PARAGRAPH, OTHER, "What the ice means for the fair", cut, after)
    _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE, SURE, SURE), 0, (1, 5))
    assert [verdict is not None and verdict.rule == "capture.teaser" for verdict in verdicts[3:]] == [taken] * 3


def test_a_teasers_headline_is_not_heard_where_the_model_put_its_text_aside() -> None:
    teaser = "The winter fair on the islands may be put off for the first time since the war, people say…"
    page = lines(TITLE, PARAGRAPH, OTHER, "What the ice means for the fair", teaser)
    _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE, 0.1), 0, (1, 3))
    assert verdicts[3] == Verdict(Reason.RELATED, "capture.teaser")


@pytest.mark.parametrize(
    ("head", "dek"),
    [
        ((TITLE, "No ferry has left since Tuesday, and flour is short", "By Ada Lind"), 1),
        ((TITLE, "By Ada Lind", "No ferry has left since Tuesday, and flour is short"), -1),
        ((TITLE, "No ferry has left since Tuesday, and flour is short"), -1),
        ((TITLE, "Ice", "By Ada Lind"), -1),
        ((TITLE, TITLE, "By Ada Lind"), -1),
        ((TITLE, "Nordhaven weather", "No ferry has left since Tuesday, and flour is short", "By Ada Lind"), 2),
    ],
    ids=["over the byline", "under it", "no byline", "too short", "the headline again", "under another line"],
)
def test_the_standfirst_stands_between_headline_and_byline(head: tuple[str, ...], dek: int) -> None:
    page = lines(*head, PARAGRAPH, OTHER)
    chance = chances(*[0.1 if each.text.startswith(("By", "Nordhaven", TITLE)) else SURE for each in page])
    found, verdicts = judge(page, chance, 0, (1, len(page) - 1))
    assert found == dek
    if dek >= 0:
        assert verdicts[dek] == Verdict(Reason.TITLE, "capture.dek")


def test_a_standfirst_that_the_text_repeats_is_heard_once() -> None:
    dek = "No ferry has left since Tuesday, and flour is short"
    page = lines(TITLE, dek, "By Ada Lind", dek, PARAGRAPH, OTHER)
    found, verdicts = judge(page, chances(0.1, 0.1, 0.1, SURE, SURE, SURE), 0, (3, 5))
    assert found == 1
    assert verdicts[3:] == [Verdict(Reason.DUPLICATE, "capture.repeated"), None, None]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("Related stories", Reason.RELATED),
        ("Comments", Reason.COMMENTS),
        ("News Feed", Reason.FEED),
        ("Tags", Reason.TAGS),
    ],
)
def test_lines_under_a_head_have_its_reason(head: str, reason: Reason) -> None:
    page = lines(
        TITLE, PARAGRAPH, OTHER, head, "The bridge that nobody wanted over there", "Herring prices double again"
    )
    _, verdicts = judge(page, chances(0.1, SURE, SURE, 0.1, 0.1, 0.1), 0, (1, 2))
    assert [verdict and verdict.reason for verdict in verdicts[4:]] == [reason, reason]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("by Ada Lind and others of the desk", "capture.by"),
        ("Von Tom Berg aus Nordhaven gemeldet", "capture.by"),
        ("Edition of spring 2024", "capture.date"),
        ("Port notes", "capture.model"),
    ],
)
def test_lines_under_the_headline_are_told_by_their_form(text: str, rule: str) -> None:
    page = lines(TITLE, text, PARAGRAPH, OTHER)
    _, verdicts = judge(page, chances(0.1, 0.1, SURE, SURE), 0, (1, 3))
    assert verdicts[1] is not None
    assert verdicts[1].rule.startswith(rule)


def test_a_menu_over_the_article_is_navigation() -> None:
    page = lines("Harbour news", "Weather and tides", TITLE, PARAGRAPH, OTHER)
    _, verdicts = judge(page, chances(0.1, 0.1, 0.1, SURE, SURE), 2, (3, 4))
    assert [verdict and verdict.reason for verdict in verdicts[:2]] == [Reason.NAVIGATION] * 2


def test_a_line_that_sounds_like_an_appeal_is_named_one() -> None:
    page = lines(
        TITLE, PARAGRAPH, OTHER, "Membership of the harbour's friends costs nine crowns and comes with a map of it"
    )
    _, verdicts = judge(page, chances(0.1, SURE, SURE, 0.1), 0, (1, 2))
    assert verdicts[3] == Verdict(Reason.CALL_TO_ACTION, "capture.words")


@pytest.mark.parametrize(
    ("page", "title", "found"),
    [
        ((TITLE, PARAGRAPH), (0.9, 0.1), 0),
        ((f"Home » Harbour » {TITLE}", TITLE, PARAGRAPH), (0.8, 0.5, 0.0), 1),
        ((TITLE, "By Ada Lind", "January 19, 2024", "The first days", PARAGRAPH), (0.4, 0.0, 0.0, 0.6, 0.0), 0),
        ((TITLE, "The first days", PARAGRAPH), (0.4, 0.6, 0.0), 1),
        ((TITLE, "By Ada Lind", "The first days", PARAGRAPH), (0.01, 0.0, 0.6, 0.0), 2),
        ((PARAGRAPH, TITLE, PARAGRAPH), (0.9, 0.4, 0.0), 1),
    ],
    ids=["surest", "not the breadcrumb", "over the byline", "no byline between", "too unlikely above", "no paragraph"],
)
def test_the_headline_is_chosen_among_the_lines_over_the_article(
    page: tuple[str, ...], title: tuple[float, ...], found: int
) -> None:
    assert find_title(lines(*page), chances(*title), len(page) - 1) == found


STANDFIRST = "No ferry has left since Tuesday, and flour is short"


@pytest.mark.parametrize(
    ("page", "title", "found"),
    [
        ((TITLE, STANDFIRST, "By Ada Lind", PARAGRAPH), (0.3, 0.8, 0.0, 0.0), 0),
        ((TITLE, STANDFIRST, "19 January 2024", PARAGRAPH), (0.3, 0.8, 0.0, 0.0), 0),
        ((TITLE, STANDFIRST, PARAGRAPH), (0.3, 0.8, 0.0), 1),
        ((TITLE, STANDFIRST, "By Ada Lind", PARAGRAPH), (0.1, 0.8, 0.0, 0.0), 1),
        (("Harbour", STANDFIRST, "By Ada Lind", PARAGRAPH), (0.3, 0.8, 0.0, 0.0), 1),
        ((f"{TITLE} - Northern Post", TITLE, "By Ada Lind", PARAGRAPH), (0.3, 0.8, 0.0, 0.0), 1),
        (("Share on Facebook", TITLE, "By Ada Lind", PARAGRAPH), (0.3, 0.8, 0.0, 0.0), 1),
    ],
    ids=["byline", "day", "neither", "unlikely", "a section's name", "the page's title", "a button"],
)
def test_of_two_candidates_over_the_byline_the_lower_is_the_standfirst(
    page: tuple[str, ...], title: tuple[float, ...], found: int
) -> None:
    assert find_title(lines(*page), chances(*title), len(page) - 1) == found


@pytest.mark.parametrize(
    ("below", "language", "dek"),
    [
        ("By Ada Lind", "en", 1),
        ("by Ada Lind and Tom Berg", "en", 1),
        ("19 January 2024", "en", 1),
        ("Updated January 19, 2024 8:15 AM", "en", 1),
        ("Von Ada Lind", "de", 1),
        ("Par Ada Lind", "fr", 1),
        ("Por Ada Lind", "es", 1),
        ("di Ada Lind", "it", 1),
        ("Автор: Олена Приморська", "uk", 1),
        ("Автор: Анна Линд", "ru", 1),
        ("Autor: Ada Lind", "pl", 1),
        ("By then it was Friday, and the ice was thick.", "en", -1),
        ("In 2024 the winter was cold on all the coasts", "en", -1),
        ("Harbour", "en", -1),
    ],
)
def test_a_line_between_headline_and_byline_is_heard_though_the_model_doubts(
    below: str, language: str, dek: int
) -> None:
    page = [*lines(TITLE, STANDFIRST), line(below, language), *lines(PARAGRAPH, OTHER)]
    found, verdicts = judge(page, chances(0.1, 0.1, 0.1, SURE, SURE), 0, (3, 4))
    assert found == dek
    assert (verdicts[1] == Verdict(Reason.TITLE, "capture.dek")) is (dek == 1)


@pytest.mark.parametrize(
    "between",
    [
        "Share on Facebook",
        "* No ferry has left since Tuesday",
        "Ice",
        " ".join(["ice"] * 61),
        "Subscribe to our newsletter",
    ],
    ids=["button", "list item", "too short", "too long", "appeal"],
)
def test_what_is_no_standfirst_stays_unheard_there(between: str) -> None:
    page = lines(TITLE, between, "By Ada Lind", PARAGRAPH, OTHER)
    found, _ = judge(page, chances(0.1, 0.1, 0.1, SURE, SURE), 0, (3, 4))
    assert found == -1


def test_a_headline_far_over_the_article_is_none() -> None:
    page = lines("Old harbour tales and songs", *["Harbour"] * 31, TITLE, PARAGRAPH)
    assert find_title(page, chances(0.9, *[0.0] * 31, 0.3, 0.0), 33) == 32


@pytest.mark.parametrize(
    ("text", "language", "chance", "raised"),
    [
        (THIRD, "en", 0.3, True),
        (THIRD, "en", 0.1, False),
        ("Die Vorhersage erwartet, dass die Kälte bis zum Ende des Monats anhält.", "de", 0.1, True),
        ("Die Vorhersage erwartet, dass die Kälte bis zum Ende des Monats anhält.", "de", 0.01, False),
        ("Forecasters expect the cold to hold until the end of…", "en", 0.4, False),
        ("Forecasters expect the cold:", "en", 0.4, False),
        ("Forecasters expect it.", "en", 0.4, False),
        ("* Forecasters expect the cold to hold until the end of the month.", "en", 0.4, False),
        ("Our experts on tides and our services are there for every captain on the coast.", "en", 0.4, False),
    ],
    ids=["likely", "unlikely", "German", "German, unlikely", "cut", "colon", "short", "list item", "appeal"],
)
def test_prose_goes_on_after_prose(text: str, language: str, chance: float, raised: bool) -> None:
    page = [*lines(PARAGRAPH, OTHER, language=language), line(text, language)]
    heard = raise_following(page, chances(SURE, SURE, chance), (0, 1), language)
    assert bool(heard[2] >= 0.5) is raised


#: A paragraph of 25 words that sounds like an appeal by its verb, and the same with a word less.
SUPPORTS = (
    "Zum Abschluss erhielt der Gast ein Bild des alten Hafens, dessen Erlös ein Projekt auf den äußeren Inseln "
    "unterstützt, das jungen Leuten beim Beruf hilft."
)


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        (SUPPORTS, True),
        (SUPPORTS.replace("äußeren ", ""), False),
        (SUPPORTS.replace("das jungen Leuten", "das dir"), False),
        (SUPPORTS.replace("hilft.", "hilft!"), False),
    ],
    ids=["about somebody", "short", "addresses the reader", "urgent"],
)
def test_a_paragraph_that_only_sounds_like_an_appeal_goes_on(text: str, raised: bool) -> None:
    page = [*lines(PARAGRAPH, OTHER, language="de"), line(text, "de")]
    assert Reason.CALL_TO_ACTION in page[-1].hints
    heard = raise_following(page, chances(SURE, SURE, 0.3), (0, 1), "de")
    assert bool(heard[2] >= 0.5) is raised


@pytest.mark.parametrize(
    ("end", "raised"),
    [
        (" Das sagte er zum Schluss. »", True),
        (" Das sagte er zum Schluss. (amo)", True),
        (" Das sagte er zum Schluss.\u2063", True),
        (" Das sagte er zum Schluss (lacht)", False),
        (" Das sagte er zum Schluss »", False),
    ],
    ids=["a space before the quotation mark", "signed", "a character nobody sees", "no sentence", "no stop"],
)
def test_a_sentence_ends_before_what_may_stand_behind_it(end: str, raised: bool) -> None:
    page = [*lines(PARAGRAPH, OTHER, language="de"), line(f"Die Kälte hielt bis zum Monat März an.{end}", "de")]
    assert bool(raise_following(page, chances(SURE, SURE, 0.1), (0, 1), "de")[2] >= 0.5) is raised


@pytest.mark.parametrize(
    ("words", "below", "raised"),
    [(30, "Getty Images", False), (31, "Getty Images", True), (30, "Hide caption", False), (30, "Weather", True)],
)
def test_a_sentence_over_a_pictures_credit_is_its_caption_unless_it_is_long(
    words: int, below: str, raised: bool
) -> None:
    text = " ".join(["The", *["long"] * (words - 3), "winter", "ended."])
    page = lines(PARAGRAPH, OTHER, text, below)
    assert bool(raise_following(page, chances(SURE, SURE, 0.3, 0.1), (0, 1), "en")[2] >= 0.5) is raised


@pytest.mark.parametrize(
    ("chance", "between", "begins"),
    [(0.3, 0, True), (0.29, 0, False), (0.3, 1, True), (0.3, 2, False)],
)
def test_an_article_begins_with_the_prose_right_above_its_first_sure_line(
    chance: float, between: int, begins: bool
) -> None:
    page = lines("Weather and tides", THIRD, *["Norhaven"] * between, PARAGRAPH, OTHER)
    opinion = chances(0.1, chance, *[0.1] * between, SURE, SURE)
    heard, span = raise_leading(page, opinion, (between + 2, between + 3), "en")
    assert span == (1 if begins else between + 2, between + 3)
    assert bool(heard[1] >= 0.5) is begins


def test_an_article_does_not_begin_with_a_caption_above_it() -> None:
    page = lines("A ship in the ice of the outer harbour, seen from the quay.", "Getty Images", PARAGRAPH, OTHER)
    assert raise_leading(page, chances(0.4, 0.1, SURE, SURE), (2, 3), "en")[1] == (2, 3)


@pytest.mark.parametrize(
    ("between", "raised"),
    [("Advertisement", True), ("Comments", False), ("© 2024 Northern Post", False), ("Weather and tides", False)],
)
def test_what_stands_between_may_end_the_article(between: str, raised: bool) -> None:
    page = lines(PARAGRAPH, OTHER, between, THIRD)
    heard = raise_following(page, chances(SURE, SURE, 0.1, 0.4), (0, 1), "en")
    assert bool(heard[3] >= 0.5) is raised


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("— Когда вы снова увидите берег?", "ru"),
        ("— Мені ніколи не буває страшно!", "uk"),
        ("« Ce pont est notre seul musicien. »".replace(" »", "»"), "fr"),
        ("„Wir sind unser eigenes Orchester.“", "de"),
        ("– Nigdy się nie boję.", "pl"),
    ],
)
def test_somebodys_words_are_prose_however_few(text: str, language: str) -> None:
    page = [*lines(PARAGRAPH, OTHER, language=language), line(text, language)]
    assert raise_following(page, chances(SURE, SURE, 0.1), (0, 1), language)[2] >= 0.5


@pytest.mark.parametrize(
    ("between", "raised"),
    [
        (("Die weiße Suppe",), True),
        (("Man braucht dafür:", "* zwei Stangen Lauch", "* Gerste"), True),
        (("Suppe", "Brot", "Lauch", "Fisch", "Salz"), False),
    ],
    ids=["heading", "list", "a menu"],
)
def test_a_heading_or_a_short_list_may_stand_between_prose(between: tuple[str, ...], raised: bool) -> None:
    last = "Niemand weiß, woher das Rezept kommt; es steht auf der letzten Seite, ohne Datum."
    page = lines(PARAGRAPH, OTHER, *between, last, language="de")
    heard = raise_following(page, chances(SURE, SURE, *[0.1] * (len(between) + 1)), (0, 1), "de")
    assert [bool(chance >= 0.5) for chance in heard[2:]] == [raised] * (len(between) + 1)


def test_a_heading_after_the_last_sentence_is_not_carried() -> None:
    page = lines(PARAGRAPH, OTHER, "Die weiße Suppe", language="de")
    assert raise_following(page, chances(SURE, SURE, 0.3), (0, 1), "de")[2] < 0.5


def test_what_the_model_rejects_within_the_article_is_not_raised_by_the_prose_after_it() -> None:
    page = lines(PARAGRAPH, "The slim edges of the new model", OTHER)
    assert raise_following(page, chances(SURE, 0.4, SURE), (0, 2), "en")[1] < 0.5


@pytest.mark.parametrize(("chance", "raised"), [(0.5, True), (0.49, False)])
def test_prose_is_carried_on_from_what_is_just_heard(chance: float, raised: bool) -> None:
    heard = raise_following(lines("Port notes", PARAGRAPH), chances(chance, 0.3), (0, 1), "en")
    assert bool(heard[1] >= 0.5) is raised


def test_prose_is_not_carried_far() -> None:
    page = lines(PARAGRAPH, *["Advertisement"] * 14, THIRD)
    heard = raise_following(page, chances(SURE, *[0.1] * 14, 0.4), (0, 0), "en")
    assert heard[-1] < 0.5


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The harbour froze, and no ferry left it.", True),
        ("Der Hafen ist zu!", True),
        ("Порт замерз.", True),
        ("港が凍った。", True),
        ("“Never again.”", True),
        ("Harbour freezes again", False),
        ("What now?", False),
        ("© 2024 Northern Post.", False),
    ],
)
def test_a_note_of_one_sentence_is_told_from_a_headline(text: str, is_one: bool) -> None:
    assert is_sentence(line(text)) is is_one


@pytest.mark.parametrize(
    ("page", "heard", "span", "title", "wide"),
    [
        ((TITLE, OTHER, PARAGRAPH, THIRD), (0.1, 0.6, 0.9, 0.9), (2, 3), 0, (1, 3)),
        ((TITLE, OTHER, PARAGRAPH, THIRD), (0.1, 0.4, 0.9, 0.9), (2, 3), 0, (2, 3)),
        ((PARAGRAPH, OTHER, "Ada Lind", THIRD), (0.9, 0.9, 0.1, 0.7), (0, 1), -1, (0, 3)),
        ((PARAGRAPH, OTHER, "Ada Lind", "Tom Berg", THIRD), (0.9, 0.9, 0.1, 0.1, 0.7), (0, 1), -1, (0, 1)),
        ((PARAGRAPH, OTHER, "Related stories", THIRD), (0.9, 0.9, 0.1, 0.7), (0, 1), -1, (0, 1)),
    ],
    ids=["under the headline", "unlikely", "shortly after", "too far after", "after a head"],
)
def test_the_article_is_widened_to_what_stands_next_to_it(
    page: tuple[str, ...], heard: tuple[float, ...], span: tuple[int, int], title: int, wide: tuple[int, int]
) -> None:
    assert extend_span(lines(*page), chances(*heard), span, title) == wide


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("October 2, 2019", False),
        ("Wednesday, 2 October 2019", False),
        ("02.10.2019, 14:30", False),
        ("2 октября 2019", False),
        ("The winter of 2019", True),
        ("2019", True),
        ("The frost of January 17, 2019", True),
    ],
)
def test_a_day_under_the_headline_is_not_heard_though_the_model_would(text: str, is_heard: bool) -> None:
    page = lines(TITLE, text, PARAGRAPH, OTHER, THIRD)
    _, verdicts = judge(page, chances(0.1, *[SURE] * 4), 0, (1, 4))
    assert (verdicts[1] is None) is is_heard


def below(head: str, *under: str) -> list[str]:
    """Name the rules of lines *under* a head that the article does not hold."""
    page = lines(TITLE, PARAGRAPH, OTHER, head, *under)
    _, verdicts = judge(page, chances(0.1, SURE, SURE, *[0.1] * (len(under) + 1)), 0, (1, 2))
    return [verdict.rule if verdict else "" for verdict in verdicts[4:]]


LONG_UNDER = "The bridge that nobody wanted over there in the end"
LABELS = {
    "a label of a word": ("Tags", ["capture.section"]),
    "a label of three words": ("Tags: Harbour, Ice", ["capture.outside"]),
    "a label that heads nothing": ("Advertisement", ["capture.outside"]),
    "no label": ("Gulls and other birds of the harbour in the ice", ["capture.outside"]),
}


@pytest.mark.parametrize(("head", "rules"), LABELS.values(), ids=LABELS)
def test_only_a_label_of_a_word_or_two_heads_what_is_below_it(head: str, rules: list[str]) -> None:
    assert below(head, LONG_UNDER) == rules


def test_a_head_counts_up_to_the_next_and_to_what_is_heard() -> None:
    assert below("Comments", LONG_UNDER, "Advertisement", LONG_UNDER)[::2] == ["capture.section"] * 2
    page = lines(TITLE, PARAGRAPH, "Comments", LONG_UNDER, OTHER, LONG_UNDER)
    _, verdicts = judge(page, chances(0.1, SURE, 0.1, 0.1, SURE, 0.1), 0, (1, 4))
    assert [verdict and verdict.rule for verdict in verdicts[3:]] == ["capture.section", None, "capture.outside"]


@pytest.mark.parametrize(("words", "rule"), [(6, "capture.menu"), (7, "capture.outside")])
def test_a_menu_has_short_lines(words: int, rule: str) -> None:
    menu = " ".join(["quay"] * words)
    page = lines(menu, TITLE, PARAGRAPH, OTHER, menu)
    _, verdicts = judge(page, chances(0.1, 0.1, SURE, SURE, 0.1), 1, (2, 3))
    assert [verdict and verdict.rule for verdict in (verdicts[0], verdicts[4])] == [rule] * 2


@pytest.mark.parametrize(("place", "rule"), [(12, "capture.date"), (13, "capture.model")])
def test_a_day_stands_near_the_headline(place: int, rule: str) -> None:
    between = [f"The quay in winter number {n} of all" for n in range(place - 1)]
    page = lines(TITLE, *between, "Edition of spring 2024", PARAGRAPH, OTHER)
    _, verdicts = judge(page, chances(0.1, *[0.1] * place, SURE, SURE), 0, (1, place + 2))
    assert (verdicts[place] or Verdict(Reason.TITLE, "")).rule == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The early edition of spring 2024", "capture.date"),
        ("The very early edition of late spring 2024", "capture.model"),
        ("by Ada Lind and the other nine of the desk of Norhaven", "capture.by"),
        ("by Ada Lind and the other nine of the desk of old Norhaven", "capture.model"),
        ("by Ada Lind.", "capture.model"),
    ],
)
def test_a_day_and_an_author_are_few_words(text: str, rule: str) -> None:
    page = lines(TITLE, text, PARAGRAPH, OTHER)
    _, verdicts = judge(page, chances(0.1, 0.1, SURE, SURE), 0, (1, 3))
    assert (verdicts[1] or Verdict(Reason.TITLE, "")).rule == rule


@pytest.mark.parametrize(("words", "taken"), [(12, True), (11, False)], ids=["twelve words", "eleven words"])
def test_a_teaser_has_twelve_words_under_a_headline_of_three(words: int, taken: bool) -> None:
    cut = " ".join(["quay"] * words) + "…"
    for headline, is_one in (("Ice and fairs", taken), ("The fair", False), ("Ice and fairs.", False)):
        page = lines(TITLE, PARAGRAPH, OTHER, headline, cut)
        _, verdicts = judge(page, chances(0.1, SURE, SURE, SURE, SURE), 0, (1, 4))
        rules = [verdict is not None and verdict.rule == "capture.teaser" for verdict in verdicts[3:]]
        assert rules == [is_one] * 2, headline


@pytest.mark.parametrize(("behind", "taken"), [(11, True), (12, False)])
def test_what_follows_a_teaser_is_shorter_than_it(behind: int, taken: bool) -> None:
    cut = " ".join(["quay"] * 12) + "…"
    page = lines(TITLE, PARAGRAPH, OTHER, "Ice and fairs", cut, " ".join(["tide"] * behind) + ".")
    _, verdicts = judge(page, chances(0.1, *[SURE] * 5), 0, (1, 5))
    assert (verdicts[3] is not None and verdicts[3].rule == "capture.teaser") is taken


def test_two_heard_lines_are_no_article_with_a_teaser() -> None:
    cut = " ".join(["quay"] * 12) + "…"
    _, verdicts = judge(lines(TITLE, "Ice and fairs", cut), chances(0.1, SURE, SURE), 0, (1, 2))
    assert all(verdict is None or verdict.rule != "capture.teaser" for verdict in verdicts)


@pytest.mark.parametrize(("chance", "is_heard"), [(0.9, True), (0.8, False)])
def test_a_line_that_says_the_first_again_is_judged_as_any_other(chance: float, is_heard: bool) -> None:
    """The headline alone is never heard twice, wherever it stands."""
    page = lines(PARAGRAPH, *[f"{OTHER} {n}" for n in range(6)], PARAGRAPH)
    _, verdicts = judge(page, chances(*[0.95] * 7, chance), -1, (0, 7))
    assert (verdicts[-1] is None) is is_heard
    titled = lines(TITLE, *[f"{OTHER} {n}" for n in range(6)], TITLE)
    _, verdicts = judge(titled, chances(*[0.95] * 7, chance), 0, (1, 7))
    assert verdicts[-1] is not None


@pytest.mark.parametrize(
    ("text", "chance", "rule"),
    [
        ("The night the ice sang", 0.6, "capture.teaser"),
        ("The night the ice sang", 0.76, ""),
        ("* The night the ice sang", 0.6, ""),
        (" ".join(["ice"] * 20), 0.6, "capture.teaser"),
        (" ".join(["ice"] * 21), 0.6, ""),
    ],
    ids=["doubtful", "sure", "list item", "longest", "too long"],
)
def test_a_headline_under_read_also_is_a_teaser(text: str, chance: float, rule: str) -> None:
    page = [*lines(TITLE, PARAGRAPH, "Read also:"), line(text), *lines(OTHER, THIRD)]
    _, verdicts = judge(page, chances(0.1, SURE, 0.1, chance, SURE, SURE), 0, (1, 5))
    assert (verdicts[3].rule if verdicts[3] else "") == rule
    assert verdicts[4] is None


@pytest.mark.parametrize(("text", "heard"), [("The night the ice sang", False), ("The ice sang that night.", True)])
def test_a_headline_over_read_more_is_a_teaser_and_a_sentence_is_none(text: str, heard: bool) -> None:
    page = lines(TITLE, PARAGRAPH, text, "Read more", OTHER, THIRD)
    _, verdicts = judge(page, chances(0.1, SURE, 0.6, 0.1, SURE, SURE), 0, (1, 5))
    assert (verdicts[2] is None) is heard


@pytest.mark.parametrize(("words", "chance", "heard"), [(41, 0.5, True), (41, 0.4, False), (40, 0.5, False)])
def test_a_phrase_within_a_likely_paragraph_is_its_subject(words: int, chance: float, heard: bool) -> None:
    text = "Sign up for the race if you like, said the pilot, " + " ".join(["and"] * (words - 12)) + " again."
    assert line(text).match is not None
    assert len(line(text).words) == words
    assert (verdict_of(text, chance) is None) is heard


def comments_after(words: int, head: str) -> list[Verdict | None]:
    """Judge an article of so many words, the head of its comments, and a comment."""
    page = lines(TITLE, " ".join(["ice"] * words), head, OTHER)
    return judge(page, chances(0.1, SURE, 0.1, SURE), 0, (1, 3))[1]


@pytest.mark.parametrize(
    ("words", "head", "heard"),
    [(100, "12 comments", False), (99, "12 comments", True), (100, "Top Comment", True), (100, "Weather", True)],
)
def test_nothing_is_heard_behind_the_head_of_comments(words: int, head: str, heard: bool) -> None:
    verdicts = comments_after(words, head)
    assert verdicts[1] is None
    assert verdicts[3] == (None if heard else Verdict(Reason.COMMENTS, "capture.comments"))
