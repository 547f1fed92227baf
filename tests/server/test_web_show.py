"""The show's pages in the app: settings, voices, words, audit, log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes import listened, remove
from audiogen.episodes.state import LOG
from audiogen.episodes.storage.local import LocalStorage
from audiogen.narration.lexicon import load_lexicon
from audiogen.server.checking import result_of
from audiogen.server.web.pages import messages
from audiogen.server.web.show import last_lines
from tests.podcast.libraries import shelve
from tests.server.conftest import Served, make_library, serving, wait_for
from tests.server.test_web import HOSTILE, token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = ("/app/show", "/app/show/voices", "/app/show/lexicon", "/app/show/audit", "/app/show/log")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    for slug in ("river", "lake"):
        shelve(library, slug)
    remove(library, "lake", by=HOSTILE)
    with serving(library) as made:
        yield made


def test_settings_and_disclosure_are_shown_as_they_are_on_disk(app: Served) -> None:
    with app.client as client:
        text = client.get("/app/show").text
        assert "Read aloud" in text
        assert "This audio is created with AI assistance." in text
        path = app.service.home.root / "audiogen.toml"
        before = path.read_text(encoding="utf-8")
        path.write_text(before + '[disclosure]\ntext = "A machine <reads> this."\n', encoding="utf-8")
        assert "A machine &lt;reads&gt; this." in client.get("/app/show").text
        path.write_text(before, encoding="utf-8")


def test_a_voice_is_heard_by_its_sample(app: Served) -> None:
    with app.client as client:
        assert 'src="/app/show/voices/espeak"' in client.get("/app/show/voices").text
        sample = client.get("/app/show/voices/tone")
        assert (sample.headers["content-type"], sample.content[:4]) == ("audio/wav", b"RIFF")
        assert client.get("/app/show/voices/nobody").status_code == 503


def test_a_word_of_the_show_is_kept_in_its_list_and_a_bad_one_is_told(app: Served) -> None:
    path = app.service.home.root / "lexicon.toml"
    with app.client as client:
        csrf = token(client.get("/app/show/lexicon").text)
        bad = client.post("/app/show/lexicon", data={"csrf": csrf, "word": "Kyiv", "say": "KEEV"})
        assert bad.status_code == 422
        assert not path.exists()
        good = {"csrf": csrf, "word": "Kyiv", "say": "kee-yiv"}
        assert messages()["word"] in client.post("/app/show/lexicon", data=good, follow_redirects=True).text
        assert load_lexicon(path).entries["Kyiv"].say == "kee-yiv"
        assert client.post("/app/show/lexicon", data={**good, "csrf": "x"}).status_code == 403


def test_the_audit_is_run_when_it_is_asked_for_and_its_faults_are_shown(app: Served) -> None:
    with app.client as client:
        page = client.get("/app/show/audit").text
        assert "not checked since" in page
        client.post("/app/show/audit", data={"csrf": token(page)})
        wait_for(lambda: app.service.checker.result)
        wait_for(lambda: not app.service.checker.is_running)
        text = client.get("/app/show/audit").text
    assert "1 episode checked" in text
    assert '<a href="/app/episodes/river">river</a>' in text


def test_a_report_without_faults_has_none() -> None:
    assert result_of({"verdicts": [], "strays": [], "unchanged": 0}).faults == ()


def test_the_log_says_who_did_what_and_passes_over_lines_that_are_none(app: Served, tmp_path: Path) -> None:
    listened(app.service.home.root, "river")
    with app.client as client:
        text = client.get("/app/show/log").text
    assert "removed" in text
    assert "&lt;script&gt;alert(1)" in text
    path = tmp_path / "library" / LOG
    path.parent.mkdir(parents=True)
    lines = [json.dumps({"did": "removed", "slug": str(number)}) for number in range(300)]
    path.write_text("\n".join([*lines, "[1]", "{"]), encoding="utf-8")
    assert [entry["slug"] for entry in last_lines(LocalStorage(tmp_path / "library"))][:2] == ["299", "298"]
    assert len(last_lines(LocalStorage(tmp_path / "library"))) == 198
    assert last_lines(LocalStorage(tmp_path / "none")) == []


@pytest.mark.parametrize("path", PAGES)
def test_strangers_see_none_of_it_and_nothing_hostile_is_markup(app: Served, path: str) -> None:
    assert app.stranger().get(path).status_code == 403
    with app.client as client:
        answer = client.get(path)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
