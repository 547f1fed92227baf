"""Pages say what the manifest says, in the article's language and direction, and nothing in it can act."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from audiogen.podcast import publish
from audiogen.podcast.entries import read_index
from audiogen.podcast.pages import POLICY, Masthead, episode_page, read_along
from audiogen.podcast.phrases import direction, phrases
from audiogen.podcast.show import channel_of
from tests.podcast.libraries import SHOW, manifest, settings, shelve

if TYPE_CHECKING:
    from pathlib import Path

ATTACK = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def page(root: Path, name: str) -> Any:
    return html.parse(root / name).getroot()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shelve(tmp_path, "river")
    publish(tmp_path, settings())
    return tmp_path


def test_every_sentence_is_on_the_page_with_its_time(root: Path) -> None:
    found = [
        (span.text_content(), float(span.get("data-start")), float(span.get("data-end")))
        for span in page(root, "episodes/river.html").xpath("//span[@class='s']")
    ]
    assert found == [(line["written"], line["start"], line["end"]) for line in manifest("river")["script"]]


def test_sentences_of_a_block_share_a_paragraph() -> None:
    passages = read_along(manifest("river"), "en")
    shape = [(passage.tag, passage.role, len(passage.sentences)) for passage in passages]
    assert shape[:4] == [("p", "title", 1), ("p", "paragraph", 1), ("h2", "heading", 1), ("p", "paragraph", 1)]
    assert [role for _, role, _ in shape[-3:]] == ["list item", "list item", "disclosure"]


def test_list_items_are_in_one_list(root: Path) -> None:
    [items] = page(root, "episodes/river.html").xpath("//div[@id='text']//ul")
    assert [item.text_content().strip() for item in items] == ["salmon;", "mud."]


def test_the_disclosure_stands_beside_the_play_button(root: Path) -> None:
    for name in ("episodes/river.html", "episodes/river.embed.html"):
        tree = page(root, name)
        [button] = tree.xpath("//button[@class='play']")
        [result] = tree.xpath(f"//*[@id='{button.get('aria-describedby')}']")
        assert result.text_content() == "This audio is created with AI assistance."
        assert result.getparent().getparent() is button.getparent()


def test_without_a_script_there_is_a_player_and_the_text(root: Path) -> None:
    tree = page(root, "episodes/river.html")
    [audio] = tree.xpath("//audio")
    assert (audio.get("controls"), audio.get("src")) == ("", "river.mp3")
    assert "hidden" not in audio.attrib


#: Where the chapters of nine minutes begin, and which of them are listed, by number.
CHAPTERS = {
    "long ones": ((0, 120, 300), [0, 1, 2]),
    "a minute to the second": ((0, 60, 120), [0, 1, 2]),
    "one of less than a minute": ((0, 59.9, 300), [1, 2]),
    "a last one of less than a minute": ((0, 120, 481), [0, 1]),
    "one that is left alone": ((0, 30, 60), []),
    "none": ((), []),
}


@pytest.mark.parametrize(("starts", "listed"), CHAPTERS.values(), ids=CHAPTERS)
def test_chapters_of_less_than_a_minute_are_not_listed(
    starts: tuple[float, ...], listed: list[int], root: Path
) -> None:
    (entry,) = read_index(root).entries
    entry = replace(entry, duration=540.0, chapters=tuple((start, f"Chapter {n}") for n, start in enumerate(starts)))
    masthead = Masthead(channel_of(SHOW, cover="assets/cover.jpg"), (), "assets/feed-qr.svg")
    tree: Any = html.fromstring(episode_page(masthead, entry, manifest("river")))
    links = tree.xpath("//nav[@class='chapters']//a")
    assert [link.xpath("string(span[@class='named'])") for link in links] == [f"Chapter {n}" for n in listed]
    assert all(tree.get_element_by_id(link.get("href")[1:]) is not None for link in links)


@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus"])
def test_the_download_tells_its_format(kind: str, tmp_path: Path) -> None:
    data = manifest("river")
    data["audio"]["file"] = f"river.{kind}"
    shelve(tmp_path, "river", data)
    publish(tmp_path, settings())
    [link] = page(tmp_path, "episodes/river.html").xpath("//a[@download]")
    assert link.get("href") == f"river.{kind}"
    assert link.getparent().text_content() == f"Download · {kind.upper()}, 0.0 MB"


def test_the_data_tell_machines_how_the_audio_came_about(root: Path) -> None:
    [script] = page(root, "episodes/river.html").xpath("//script[@type='application/ld+json']")
    report = json.loads(script.text)
    sound = report["associatedMedia"]
    assert (report["@type"], sound["@type"]) == ("PodcastEpisode", "AudioObject")
    assert sound["digitalSourceType"] == "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
    assert sound["contentUrl"] == "https://audio.ledger.example/reach/episodes/river.mp3"
    assert (sound["duration"], sound["isBasedOn"]) == ("PT8M12S", "https://ledger.example/river")
    assert sound["description"] == "This audio is created with AI assistance."


def test_the_snippet_is_a_frame_that_says_what_it_is(root: Path) -> None:
    [area] = page(root, "episodes/river.html").xpath("//textarea")
    [frame, script] = html.fragments_fromstring(area.text)
    assert frame.get("title") == "Listen to this article · 8 min · This audio is created with AI assistance"
    assert frame.get("src") == "https://audio.ledger.example/reach/episodes/river.embed.html"
    assert json.loads(script.text or "")["@type"] == "AudioObject"


def test_oembed_gives_the_frame(root: Path) -> None:
    report = json.loads((root / "oembed" / "river.json").read_text())
    assert (report["version"], report["type"], report["title"]) == ("1.0", "rich", "The dam closes")
    [frame] = html.fragments_fromstring(report["html"])
    assert frame.tag == "iframe"
    [link] = page(root, "episodes/river.html").xpath("//link[@type='application/json+oembed']/@href")
    assert link == "https://audio.ledger.example/reach/oembed/river.json"


def test_others_are_told_what_the_page_is(root: Path) -> None:
    tree = page(root, "episodes/river.html")
    result = {meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[@property]")}
    assert result["og:title"] == "The dam closes"
    assert result["og:audio"] == "https://audio.ledger.example/reach/episodes/river.mp3"
    assert result["og:audio:type"] == "audio/mpeg"
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == POLICY
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("language", "lang", "way", "play"),
    [
        ("uk", "uk", "ltr", "Слухати"),
        ("de-AT", "de", "ltr", "Abspielen"),
        ("ar", "ar", "rtl", "تشغيل"),
        ("he", "en", "ltr", "Play"),
        ("tlh", "en", "ltr", "Play"),
    ],
)
def test_a_page_speaks_its_articles_language_where_we_have_it(
    tmp_path: Path, language: str, lang: str, way: str, play: str
) -> None:
    shelve(tmp_path, "one", language=language)
    publish(tmp_path, settings())
    tree = page(tmp_path, "episodes/one.html")
    assert (tree.get("lang"), tree.get("dir")) == (lang, way)
    [article] = tree.xpath("//article")
    assert (article.get("lang"), article.get("dir")) == (language, direction(language))
    assert tree.xpath("//button[@class='play']/@aria-label") == [play]


def test_a_sentence_of_another_language_says_so(tmp_path: Path) -> None:
    data = manifest("mixed")
    data["script"][1]["language"] = "ar"
    shelve(tmp_path, "mixed", data)
    publish(tmp_path, settings())
    [sentence] = page(tmp_path, "episodes/mixed.html").xpath("//span[@id='s1']")
    assert (sentence.get("lang"), sentence.get("dir")) == ("ar", "rtl")


def test_nothing_in_a_manifest_can_act_on_a_page(tmp_path: Path) -> None:
    data = manifest("hostile", title=ATTACK, dek=ATTACK, authors=[ATTACK], site=ATTACK, tags=[ATTACK], language=ATTACK)
    data["article"]["url"] = "javascript:alert(1)"
    data["voice"]["name"] = data["disclosure"]["text"] = ATTACK
    for line in data["script"]:
        line["written"] = ATTACK
    shelve(tmp_path, "hostile", data)
    publish(tmp_path, settings(tags=True, sites=True))
    for name in ("episodes/hostile.html", "episodes/hostile.embed.html", "index.html"):
        tree = page(tmp_path, name)
        assert all(script.get("src") or script.get("type") == "application/ld+json" for script in tree.iter("script"))
        assert tree.xpath("//img[@onerror] | //*[starts-with(@href, 'javascript:')]") == []
        assert "49" not in tree.xpath("string(//title)")
        json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))


def test_the_list_is_cut_in_pages_of_a_hundred(tmp_path: Path) -> None:
    for number in range(101):
        shelve(tmp_path, f"e{number:03}")
    publish(tmp_path, settings())
    first, second = page(tmp_path, "index.html"), page(tmp_path, "page-2.html")
    assert [len(tree.xpath("//ol[@id='entries']/li")) for tree in (first, second)] == [100, 1]
    assert first.xpath("//nav[@class='pages']/a/@href") == ["page-2.html"]
    assert second.xpath("//nav[@class='pages']/a/@href") == ["index.html"]


def test_a_library_without_episodes_has_a_list_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "episodes").mkdir()
    publish(tmp_path, settings())
    assert page(tmp_path, "index.html").xpath("//ol[@id='entries']/li") == []


def test_the_search_looks_in_every_episode(root: Path) -> None:
    script = (root / "assets" / "episodes.js").read_text(encoding="utf-8")
    [row] = json.loads(script.removeprefix("window.audiogenEpisodes=").removesuffix(";\n"))
    assert row[:5] == ["river", "The dam closes", "The Harrow Ledger · Ada Merrin, Tomas Hale", "2026-09-14", 8]


def test_every_language_says_everything() -> None:
    english = phrases("en")
    for language in ("uk", "ru", "de", "fr", "es", "it", "pl", "pt", "ar"):
        result = phrases(language)
        assert result.keys() == english.keys()
        assert result["lang"] == language
        same = {key for key in result if result[key] == english[key]} - {"lang", "minutes", "position", "pause", "of"}
        assert same == set()
        for key, phrase in english.items():
            places = {place for place in ("{n}", "{time}", "{total}", "{voice}") if place in phrase}
            assert all(place in result[key] for place in places), (language, key)


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("https://audio.example.org/show", True),
        ("http://8.8.8.8:8000", True),
        ("http://192.168.1.20:8000", False),
        ("http://[::1]:8000", False),
        ("http://localhost:8000", False),
        ("http://study.local:8000", False),
    ],
)
def test_apps_that_fetch_elsewhere_are_offered_where_they_can(tmp_path: Path, address: str, reached: bool) -> None:
    shelve(tmp_path, "river")
    publish(tmp_path, settings(replace(SHOW, base_url=address)))
    apps = [link.text for link in page(tmp_path, "index.html").xpath("(//ul[@class='apps'])[1]//a")]
    assert {"Apple Podcasts", "AntennaPod"} <= set(apps)
    assert {"Overcast", "Pocket Casts"} <= set(apps) if reached else not {"Overcast", "Pocket Casts"} & set(apps)
