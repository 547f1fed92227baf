"""A CMS's JSON is an article, or one for each object of an array; other JSON in a folder is left aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.errors import UnsupportedSourceError
from audiogen.sources import Found, find

if TYPE_CHECKING:
    from pathlib import Path

ONE: dict[str, Any] = {"title": "Ice", "html": "<p>It froze.</p>", "id": "a1"}
POST = {"id": 7, "title": {"rendered": "Ice"}, "content": {"rendered": "<p>It froze.</p>"}, "link": "https://x.example"}
NEWS = {"@type": "NewsArticle", "headline": "Ice", "articleBody": "It froze."}
ARRAYS = {
    "ours": ([ONE, {"title": "Snow", "text": "It fell."}], ["a1", "2"]),
    "wrapped": ({"articles": [ONE]}, ["a1"]),
    "WordPress's": ([POST, POST | {"id": 8}], ["7", "8"]),
    "schema.org's": ([NEWS, NEWS], ["1", "2"]),
}
OTHERS = {
    "settings": {"name": "x", "text": "x"},
    "a list of numbers": [1, 2],
    "a graph of pages": {"@graph": [{"@type": "WebPage"}]},
}


@pytest.mark.parametrize(("data", "ids"), ARRAYS.values(), ids=ARRAYS)
def test_each_object_of_an_array_is_an_article(tmp_path: Path, data: object, ids: list[str]) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(data))
    found = list(find([path]))
    assert [source.name for source in found] == [f"{path}#{identity}" for identity in ids]
    assert all(isinstance(source.document, bytes) for source in found)


@pytest.mark.parametrize("data", [ONE, POST, NEWS, {"@graph": [NEWS]}], ids=["ours", "WordPress", "schema", "graph"])
def test_one_article_stays_in_its_file(tmp_path: Path, data: object) -> None:
    path = tmp_path / "ice.json"
    path.write_text(json.dumps(data))
    assert [(source.name, source.path) for source in find([tmp_path])] == [(str(path), path)]


@pytest.mark.parametrize("data", OTHERS.values(), ids=OTHERS)
def test_other_json_is_left_aside_in_a_folder_and_refused_by_name(tmp_path: Path, data: object) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(data))
    found = Found()
    assert list(find([tmp_path], found)) == []
    assert found.left == {".json": 1}
    with pytest.raises(UnsupportedSourceError):
        list(find([path]))
