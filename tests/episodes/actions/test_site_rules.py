"""What is overruled in one episode becomes a rule of its site, which the next page of the site is cleaned by."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

import audiogen
from audiogen import episodes
from audiogen.cleaner import clean
from audiogen.cleaner.sites import propose_rule
from audiogen.episodes.edits import Act, Overrule
from audiogen.episodes.library import Library
from audiogen.errors import SettingsError
from audiogen.model import Block, Evidence
from audiogen.production import EpisodeMaker, make_in_library
from tests.batch.pile import paragraphs

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings

NOTE = "Our harbour desk writes each Thursday about what the boats brought in and who bought it at which price."


def page(number: int, note: str = '<p class="desk-note">{}</p>') -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number, 5))
    return (
        f'<html lang="en"><head><title>House {number}</title><link rel="canonical" '
        f'href="https://www.harbor.example/{number}"></head><body><article><h1>House {number}</h1>{text}'
        f"{note.format(NOTE)}</article></body></html>"
    )


def heard(article: Article) -> bool:
    return NOTE in [block.text for block in article.blocks]


def make(library: Path, tones: Settings, number: int, note: str = '<p class="desk-note">{}</p>') -> str:
    with EpisodeMaker(tones.with_flags(audio__quality="small"), folder=library) as maker:
        return make_in_library(Library(library), maker, audiogen.read(page(number, note))).slug


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def cleaned(library: Path, number: int, note: str = '<p class="desk-note">{}</p>') -> Article:
    return clean(audiogen.read(page(number, note)), sites=[library / "sites"])


def test_a_dropped_paragraph_is_not_heard_on_the_next_page_of_the_site(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1)
    assert heard(cleaned(library, 2))
    [rule] = episodes.overrule_for_site(library, slug, [Overrule(Act.DROP, NOTE)], by="mira")
    assert rule == '[[drop]] class = "desk-note"'
    assert not heard(cleaned(library, 2))
    removed = {entry.block.text: entry for entry in cleaned(library, 2).removed}
    assert removed[NOTE].rule == "site.harbor.example.drop.1"
    result = tomllib.loads((library / "sites" / "harbor.example.toml").read_text(encoding="utf-8"))
    assert result == {"hosts": ["harbor.example"], "drop": [{"class": "desk-note"}]}
    assert '"did": "site rule"' in (library / "state" / "log.jsonl").read_text(encoding="utf-8")


def test_the_opposite_takes_its_place_and_the_same_is_written_once(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1)
    for _ in range(2):
        episodes.overrule_for_site(library, slug, [Overrule(Act.DROP, NOTE)])
    written = (library / "sites" / "harbor.example.toml").read_text(encoding="utf-8")
    assert written.count("[[drop]]") == 1
    episodes.overrule_for_site(library, slug, [Overrule(Act.HEAR, NOTE)])
    result = tomllib.loads((library / "sites" / "harbor.example.toml").read_text(encoding="utf-8"))
    assert result == {"hosts": ["harbor.example"], "keep": [{"class": "desk-note"}]}
    assert heard(cleaned(library, 2))


def test_a_paragraph_without_a_class_of_its_own_is_known_by_how_it_begins(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1, "<p>{}</p>")
    [rule] = episodes.overrule_for_site(library, slug, [Overrule(Act.DROP, NOTE)])
    assert rule.startswith('[[drop]] phrase = "^Our')
    assert not heard(cleaned(library, 2, "<div><p>{}</p></div>"))
    assert len(cleaned(library, 2).blocks) > 4


def test_a_review_has_a_paragraph_heard_that_a_file_written_by_hand_drops(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1)
    by_hand = library / "sites" / "harbor.example.toml"
    by_hand.parent.mkdir()
    by_hand.write_text(f'hosts = ["harbor.example"]\n[[drop]]\nphrase = "^{NOTE[:20]}"\n', encoding="utf-8")
    assert not heard(cleaned(library, 2))
    episodes.overrule_for_site(library, slug, [Overrule(Act.HEAR, NOTE)])
    assert heard(cleaned(library, 2))


def test_a_file_that_somebody_wrote_stays_as_it_is(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1)
    own = library / "sites" / "harbor.example.toml"
    own.parent.mkdir()
    own.write_text('hosts = ["harbor.example"]\n', encoding="utf-8")
    episodes.overrule_for_site(library, slug, [Overrule(Act.DROP, NOTE)])
    assert own.read_text(encoding="utf-8") == 'hosts = ["harbor.example"]\n'
    assert not heard(cleaned(library, 2))
    # Of drop and keep in whatever file, the one that is read last wins; that is told rather than written in vain.
    (library / "sites" / "z.toml").write_text(f'hosts = ["harbor.example"]\n[[keep]]\nphrase = "^{NOTE[:20]}"\n')
    (library / "sites" / "harbor.example.reviewed.toml").unlink()
    with pytest.raises(SettingsError, match=r"site\.z\.keep\.1"):
        episodes.overrule_for_site(library, slug, [Overrule(Act.DROP, NOTE)])
    assert not (library / "sites" / "harbor.example.reviewed.toml").exists()


def test_what_makes_no_rule_is_told(library: Path, tones: Settings) -> None:
    slug = make(library, tones, 1)
    for overrule in (Overrule(Act.DROP, "No such paragraph."), Overrule(Act.ADD, NOTE, new="More.")):
        with pytest.raises(SettingsError, match="makes a rule"):
            episodes.overrule_for_site(library, slug, [overrule])
    assert not (library / "sites").exists()


def block(*path: str, text: str = NOTE) -> Block:
    return Block(text, evidence=Evidence(path))


@pytest.mark.parametrize(
    ("path", "others", "rule"),
    [
        (("article", "div.box", "p.note"), [], ("class", "note")),
        (("article", "div.box", "p.note"), [block("article", "p.note")], ("class", "box")),
        (("article", "div.post-12", "p"), [], ("phrase", "")),
        (("article", "div.post-1", "p"), [], ("class", "post-1")),
        (("article.story", "p"), [block("article.story", "p")], ("phrase", "")),
    ],
)
def test_a_rule_speaks_of_no_other_paragraph_of_the_page(
    path: tuple[str, ...], others: list[Block], rule: tuple[str, str]
) -> None:
    key, value = propose_rule(block(*path), others)
    assert (key, value if key == "class" else "") == rule
    if key == "phrase":
        assert value == r"^Our\s+harbour\s+desk\s+writes\s+each\s+Thursday\s+about\s+what\s+the\s+boats"
