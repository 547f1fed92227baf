"""A source is read and cleaned as the show wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.production import EpisodeMaker, prepare
from tests.cli.pages import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings


def test_what_is_known_from_elsewhere_is_laid_over_the_page(episode_maker: EpisodeMaker, tmp_path: Path) -> None:
    path = write_page(tmp_path)
    article = episode_maker.prepare(
        path, known=lambda read: replace(read, title="The lock at last opens", tags=("Canals",))
    )
    assert (article.title, article.tags) == ("The lock at last opens", ("Canals",))
    assert article.source == str(path)


def test_a_site_file_of_the_show_holds(tones: Settings, tmp_path: Path) -> None:
    """A house knows its own pages: what its file names is not heard."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "ledger.toml").write_text('hosts = ["harborledger.example"]\n[[drop]]\nselector = "p.note"\n')
    text = write_page(tmp_path).read_text(encoding="utf-8").replace("<p>Nobody", '<p class="note">Nobody')
    heard = [prepare(text, tones, folder=folder).text for folder in (None, tmp_path)]
    assert ["Nobody cheered" in one for one in heard] == [True, False]
