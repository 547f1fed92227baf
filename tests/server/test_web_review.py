"""The review of an episode: what is overruled, words said otherwise, two people who edit at once."""

from __future__ import annotations

import re
import wave
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes import edit, edit_of
from audiogen.episodes.library import Library
from audiogen.model import Block, Reason, Removed
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.server.sampling import SampleError, Sampler
from audiogen.server.web.pages import messages
from audiogen.settings import Settings
from tests.browser.conftest import ARTICLE
from tests.server.conftest import Served, make_library, serving, wait_for
from tests.server.test_web import HOSTILE, token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

#: A paragraph that the cleaner left out.
APPEAL = f"Subscribe to our letter {HOSTILE}"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Served]:
    """A server with one episode, of which a paragraph is not heard."""
    library = make_library(tmp_path / "library")
    removed = Removed(Block(APPEAL), Reason.CALL_TO_ACTION, "appeal", 1)
    article = replace(ARTICLE, title="Ebb", blocks=ARTICLE.blocks[:2], removed=(removed,))
    with EpisodeMaker(Settings().with_flags(speech__voice="tone", speech__cache=False)) as episode_maker:
        make_in_library(Library(library), episode_maker, article)
    with serving(library) as served:
        yield served


def slug_of(app: Served) -> str:
    return app.service.catalog.contents().rows[0].slug


def send(client: httpx.Client, slug: str, **form: str) -> httpx.Response:
    csrf = token(client.get(f"/app/episodes/{slug}/review").text)
    return client.post(f"/app/episodes/{slug}/edit", data={"csrf": csrf, **form}, follow_redirects=True)


@pytest.mark.slow
def test_a_paragraph_is_overruled_by_one_button_and_spoken(app: Served) -> None:
    slug = slug_of(app)
    with app.client as client:
        text = client.get(f"/app/episodes/{slug}/review").text
        assert "Not heard: call to action (appeal)" in text
        assert "<script>alert" not in text
        answer = send(client, slug, act="hear", block=APPEAL, revision="0", at="line-2")
        assert answer.status_code == 200
        assert messages()["edited"] in answer.text
        assert "Not heard" not in answer.text.split('<ol class="review"')[1]
        assert "not spoken yet" in answer.text

        def heard() -> bool:
            script = (Library(app.service.home.root).manifest(slug) or {})["script"]
            return any("Subscribe" in line["written"] for line in script)

        wait_for(heard)
        wait_for(lambda: "not spoken yet" not in client.get(f"/app/episodes/{slug}/review").text)


def test_the_second_of_two_who_edit_at_once_is_told_and_nothing_of_theirs_is_saved(app: Served) -> None:
    slug = slug_of(app)
    with app.client as client:
        page = client.get(f"/app/episodes/{slug}/review").text
        assert re.search(r'name="revision" value="0"', page)
        edit(app.service.home.root, slug, tags=["Tides"], by="mira")
        answer = send(client, slug, title="Another", revision="0")
        assert answer.status_code == 409
        assert "was changed by mira meanwhile" in answer.text
        assert 'name="revision" value="1"' in answer.text
        assert edit_of(app.service.home.root, slug).title is None


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"word": "Kyiv", "say": "kee-yiv"}, 200),
        ({"word": "Kyiv", "say": "KEEV"}, 422),
        ({"voice": "nobody"}, 422),
        ({"rate": "20"}, 422),
    ],
)
def test_what_cannot_be_said_is_told_on_the_page(app: Served, form: dict[str, str], status: int) -> None:
    slug = slug_of(app)
    with app.client as client:
        answer = send(client, slug, **form)
        assert answer.status_code == status
        assert ('role="alert"' in answer.text) is (status != 200)
        assert edit_of(app.service.home.root, slug).revision == (1 if status == 200 else 0)


def test_a_word_is_tried_by_ear_with_the_episodes_voice_but_not_by_a_stranger(app: Served) -> None:
    path = f"/app/episodes/{slug_of(app)}/try"
    with app.client as client:
        answer = client.get(path, params={"text": "kee-yiv"})
        assert answer.headers["content-type"] == "audio/wav"
        with wave.open(BytesIO(answer.content)) as sound:
            assert sound.getnframes() > 0
        for text in ("", "x" * 301, "a\nb"):
            assert client.get(path, params={"text": text}).status_code == 422
    assert app.stranger().get(path, params={"text": "kee-yiv"}).status_code == 403


def test_a_voice_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="nobody"):
        Sampler(make_library(tmp_path / "library")).speak("nobody", "--help")


def test_a_paragraph_is_overruled_for_the_whole_site_by_the_button_beside_it(app: Served) -> None:
    slug = slug_of(app)
    with app.client as client:
        assert "On all pages of ledger.example" in client.get(f"/app/episodes/{slug}/review").text
        block = ARTICLE.blocks[0].text
        result = send(client, slug, act="drop", block=block, site="1", revision="0")
        assert messages()["ruled"] in result.text
        assert edit_of(app.service.home.root, slug).text[0].act == "drop"
        rules = (app.service.home.root / "sites" / "ledger.example.toml").read_text(encoding="utf-8")
        assert "[[drop]]" in rules
        wrong = client.patch(f"/api/episodes/{slug}", json={"text": [{"act": "add", "new": "More."}], "site": True})
        assert (wrong.status_code, "makes a rule" in wrong.json()["detail"]) == (422, True)
