"""The phrase files: what every language must hold, and what English ones tell apart."""

from __future__ import annotations

import pytest

from audiogen.cleaner.phrases import all_phrases, fold, languages, phrases
from audiogen.model import Reason

ENGLISH = {
    "an appeal": ("Become a member today", Reason.CALL_TO_ACTION),
    "an appeal in a sentence": (
        "Our newsroom is small; become a member now and help us keep the lights on.",
        Reason.CALL_TO_ACTION,
    ),
    "a newsletter": ("Sign up for our weekly newsletter", Reason.CALL_TO_ACTION),
    "related": ("Read more: The bridge that nobody wanted", Reason.RELATED),
    "a head of related stories": ("Related stories", Reason.RELATED),
    "share": ("Share on Facebook", Reason.SHARE),
    "share buttons in one line": ("Facebook Twitter Email Print", Reason.SHARE),
    "reading time": ("7 min read", Reason.READING_TIME),
    "a label of the audio": ("This audio is created with AI assistance", Reason.LABEL),
    "a caption": ("Photo: The harbour at dawn", Reason.CAPTION),
    "a caption by its credit": ("The harbour at dawn. (Ada Lind/Northern Post)", Reason.CAPTION),
    "a credit": ("Getty Images", Reason.CREDIT),
    "navigation": ("Skip to content", Reason.NAVIGATION),
    "a form": ("* indicates required", Reason.FORM),
    "comments": ("Leave a comment", Reason.COMMENTS),
    "copyright": ("© 2024 Northern Post. All rights reserved.", Reason.COPYRIGHT),
    "tags": ("Tags: harbour, ferries", Reason.TAGS),
    "an advertisement": ("Advertisement", Reason.ADVERTISEMENT),
    "an affiliate note": ("We may earn a commission if you buy through links here.", Reason.ADVERTISEMENT),
    "a feed": ("News Feed", Reason.FEED),
    "a time": ("1:40 PM", Reason.DATE),
    "a disclaimer": ("The views expressed in this article are the author's own.", Reason.DISCLAIMER),
}
SENTENCES = [
    "She subscribed to the paper for forty years and never wrote a letter to it.",
    "The minister followed the advice of his doctors.",
    "A photo of the harbour hung behind the mayor as she spoke.",
    "Members voted to share the costs of the new roof.",
    "“Read more books,” he told the class, and the class laughed.",
    "The newsletter was printed on a hand press in the cellar.",
    "More than two hundred people commented on the plan.",
]


@pytest.mark.parametrize(("line", "reason"), ENGLISH.values(), ids=ENGLISH)
def test_an_english_phrase_is_known_by_its_reason(line: str, reason: Reason) -> None:
    match = phrases("en").match(line)
    assert match is not None
    assert match.reason is reason


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_an_article_is_not_a_phrase(sentence: str) -> None:
    assert all_phrases().match(sentence) is None


def test_a_rule_names_its_language_reason_and_place() -> None:
    match = phrases("en-GB").match("Advertisement")
    assert match is not None
    assert match.rule == "phrases.en.advertisement.whole"


def test_a_hint_is_evidence_and_no_match() -> None:
    line = "The newsletter was printed on a hand press in the cellar."
    assert Reason.CALL_TO_ACTION in phrases("en").hint(line)


def test_an_unknown_language_has_the_english_words() -> None:
    assert phrases("xx").language == "en"
    assert phrases("xx").match("Advertisement") is not None


def test_a_refusal_gives_the_kind_of_the_page() -> None:
    assert phrases("en").refusal("Verify you are human") == "bot check"
    assert phrases("en").refusal("Subscribe to continue reading") == "paywall stub"
    assert phrases("en").refusal("The harbour froze in the third week of January.") == ""


def test_markers_and_typographic_quotes_do_not_hide_a_phrase() -> None:
    assert fold("  * “Don’t miss out” » ") == "Don't miss out"
    assert phrases("en").match("→ EDITORS’ PICKS ←") is not None


def test_every_file_has_only_known_tables() -> None:
    known = {reason.name.lower() for reason in Reason} | {"refusal", "vocabulary"}
    import tomllib
    from pathlib import Path

    import audiogen.cleaner.phrases as module

    folder = Path(module.__file__ or "").with_name("phrases")
    for name in languages():
        assert set(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))) <= known
