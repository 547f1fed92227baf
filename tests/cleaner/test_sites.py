from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.sites import FOLDER, load, overrule
from audiogen.errors import SettingsError
from audiogen.model import Article, Reason
from tests.cleaner.pages import PARAGRAPHS, make_article

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "<link rel='canonical' href='https://www.quay.example/clock'>"
FACTS = "<aside class='facts'><p>The clock has forty-one wheels and weighs as much as a calf.</p></aside>"


def cleaned(folder: Path, rules: str, markup: str = FACTS) -> Article:
    (folder / "quay.toml").write_text(f'hosts = ["quay.example"]\n{rules}', encoding="utf-8")
    return clean(make_article(markup, head=ADDRESS), sites=[folder])


RULES = {
    "by selector": "[[drop]]\nselector = 'article > div p'",
    "by class": "[[drop]]\nclass = 'article-body'",
    "by phrase": "[[drop]]\nphrase = '^Last autumn'",
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_a_site_file_drops_and_the_ledger_says_so(tmp_path: Path, rules: str) -> None:
    article = make_article(head=ADDRESS)
    (tmp_path / "quay.toml").write_text(f'hosts = ["quay.example"]\n{rules}', encoding="utf-8")
    result = clean(article, force=True, sites=[tmp_path])
    entry = next(entry for entry in result.removed if entry.block.text == PARAGRAPHS[2])
    assert (entry.reason, entry.rule) == (Reason.SITE_RULE, "site.quay.drop.1")


def test_a_site_file_keeps_what_would_be_dropped(tmp_path: Path) -> None:
    article = cleaned(tmp_path, "[[keep]]\nselector = 'aside.facts'")
    assert "forty-one wheels" in article.text


def test_keep_wins_over_drop_and_a_reason_may_be_named(tmp_path: Path) -> None:
    rules = "[[drop]]\nclass = 'article-body'\nreason = 'related'\n[[keep]]\nphrase = 'tide'"
    article = cleaned(tmp_path, rules)
    assert [block.text for block in article.blocks] == [PARAGRAPHS[0], PARAGRAPHS[4]]
    assert Reason.RELATED in {entry.reason for entry in article.removed}


def test_another_host_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "far.toml").write_text("hosts = ['far.example']\n[[drop]]\nphrase = '.'", encoding="utf-8")
    assert len(clean(make_article(head=ADDRESS), sites=[tmp_path]).blocks) == len(PARAGRAPHS)


def test_a_dropped_block_keeps_its_place(tmp_path: Path) -> None:
    whole = make_article(head=ADDRESS)
    article = cleaned(tmp_path, "[[drop]]\nphrase = '^Last autumn'", markup="")
    entry = next(entry for entry in article.removed if entry.rule.startswith("site."))
    assert whole.blocks[entry.position].text == PARAGRAPHS[2]


def test_a_file_that_an_editor_put_a_byte_order_mark_on_is_a_site_file(tmp_path: Path) -> None:
    (tmp_path / "quay.toml").write_text("hosts = ['quay.example']\n[[drop]]\nphrase = 'x'", encoding="utf-8-sig")
    assert [site.hosts for site in load(tmp_path)] == [("quay.example",)]


FAULTS = {
    "no hosts": "[[drop]]\nclass = 'x'",
    "two keys": "hosts = ['a.example']\n[[drop]]\nclass = 'x'\nphrase = 'y'",
    "an attribute": "hosts = ['a.example']\n[[drop]]\nselector = 'a[href]'",
    "a broken expression": "hosts = ['a.example']\n[[drop]]\nphrase = '('",
    "an unknown reason": "hosts = ['a.example']\n[[drop]]\nclass = 'x'\nreason = 'because'",
    "no TOML": "hosts = [",
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_site_file_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fault.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="fault"):
        overrule(make_article(head=ADDRESS), [tmp_path])


def test_the_packages_own_site_files_load() -> None:
    assert load(FOLDER)
