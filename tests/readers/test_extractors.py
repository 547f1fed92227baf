from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from audiogen.model import Block, Evidence
from audiogen.readers import read
from audiogen.readers.extractors import trafilatura_text, with_extractor_shares
from audiogen.readers.tree import parse

LONG = "The ferry sailed on Thursday morning for the first time in eleven days carrying post fodder and a bride"


def note(text: str, opinion: str) -> float:
    block = with_extractor_shares([Block(text, evidence=Evidence())], {"other": opinion})[0]
    assert block.evidence is not None
    return block.evidence.marks["other"]


def test_a_block_that_stands_in_an_opinion_is_noted_with_one() -> None:
    assert note(LONG, f"Before. {LONG}! After.") == 1.0


def test_a_block_that_stands_there_in_part_is_noted_with_its_share() -> None:
    assert 0.0 < note(LONG, " ".join(LONG.split()[:12])) < 1.0


def test_a_part_of_a_word_does_not_count() -> None:
    assert note("sail", "The ferry sailed.") == 0.0


def test_an_opinion_that_is_silent_leaves_no_note() -> None:
    block = with_extractor_shares([Block("One", evidence=Evidence())], {"other": ""})[0]
    assert block.evidence is not None
    assert "other" not in block.evidence.marks


def test_texts_that_stand_twice_are_counted() -> None:
    one, two = with_extractor_shares([Block("One", evidence=Evidence()), Block("ONE!", evidence=Evidence())], {})
    assert one.evidence is not None
    assert one.evidence.marks["repeated"] == 2.0
    assert two.evidence is not None


def test_trafilatura_finds_the_text_and_its_failure_is_silence() -> None:
    paragraphs = "".join(f"<p>{LONG}, on day number {n}, and nobody was surprised by any of it.</p>" for n in range(6))
    root = parse(f"<html><body><article>{paragraphs}</article></body></html>")
    assert root is not None
    assert "day number 3" in trafilatura_text(root)
    empty = parse("<html><body></body></html>")
    assert empty is None or trafilatura_text(empty) == ""


#: What trafilatura kept of pages of the project: a number for each block, the share of it that stands in its text.
PINNED = json.loads(Path(__file__).with_name("trafilatura.json").read_text(encoding="utf-8"))
QUALITY = Path(__file__).parent.parent / "quality" / "html"


@pytest.mark.parametrize("name", PINNED["pages"])
def test_trafilatura_thinks_of_a_page_as_it_did_when_the_models_learned(name: str) -> None:
    marks = [(block.evidence or Evidence()).marks for block in read(QUALITY / f"{name}.html").blocks]
    assert [mark.get("trafilatura", -1) for mark in marks] == PINNED["pages"][name], (
        f"trafilatura {version('trafilatura')} keeps other text than {PINNED['version']}, from whose opinion the page "
        f"model learned: train it again (training/README.md), and write trafilatura.json anew."
    )
