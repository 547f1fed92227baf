"""The manifest is a public format: what is written is what the schema says, no less and no more."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from audiogen.episodes.manifest import FORMAT, pronunciations_of
from audiogen.model import Article, Block, BlockKind, Reason, Removed, Role, Synthesis
from audiogen.production import EpisodeMaker, write_sound_file

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings

SCHEMA = json.loads(resources.files("audiogen").joinpath("manifest.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture
def manifest(tones: Settings, article: Article, tmp_path: Path) -> dict[str, Any]:
    removed = (
        Removed(Block("Support us."), Reason.CALL_TO_ACTION, "appeal", 4),
        Removed(Block("More", BlockKind.HEADING, 2), Reason.RELATED, "heading", 7),
    )
    result = replace(article, removed=removed, external_id="ledger:1207", document=f"sha256:{'0' * 64}")
    with EpisodeMaker(tones) as episode_maker:
        made = write_sound_file(tmp_path, episode_maker, result).manifest
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_manifest_is_as_the_schema_says(manifest: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(manifest)] == []


@pytest.mark.parametrize("section", ["", "article", "audio", "voice", "disclosure", "digests", "utterances"])
def test_the_schema_knows_every_key_that_is_written(section: str, manifest: dict[str, Any]) -> None:
    part, schema = (manifest[section], SCHEMA["properties"][section]) if section else (manifest, SCHEMA)
    assert set(part) <= set(schema["properties"])
    assert set(schema["required"]) <= set(part)


@pytest.mark.parametrize("section", ["script", "removed"])
def test_the_schema_knows_every_key_of_an_entry(section: str, manifest: dict[str, Any]) -> None:
    known = set(SCHEMA["properties"][section]["items"]["properties"])
    assert {key for entry in manifest[section] for key in entry} <= known


def test_the_schema_has_the_model_s_words() -> None:
    properties = SCHEMA["properties"]
    assert properties["format"]["const"] == FORMAT
    assert properties["script"]["items"]["properties"]["role"]["enum"] == [role.value for role in Role]
    assert properties["removed"]["items"]["properties"]["reason"]["enum"] == [reason.value for reason in Reason]
    assert properties["removed"]["items"]["properties"]["kind"]["enum"] == [kind.value for kind in BlockKind]
    assert properties["voice"]["properties"]["synthesis"]["enum"] == [kind.value for kind in Synthesis]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("guid",), "x"),
        (("slug",), "../x"),
        (("audio", "file"), "../x.mp3"),
        (("audio", "sha256"), "abc"),
        (("audio", "duration"), -1),
        (("disclosure", "place"), "nowhere"),
        (("disclosure", "source_type"), "magic"),
        (("script", 0, "role"), "shout"),
        (("removed", 0, "reason"), "whim"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_what_is_not_so_is_refused(path: tuple[str | int, ...], value: object, manifest: dict[str, Any]) -> None:
    broken: Any = deepcopy(manifest)
    place = broken
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert list(VALIDATOR.iter_errors(broken))


def test_the_ledger_tells_what_each_block_is_and_where_it_stood(manifest: dict[str, Any]) -> None:
    data = [(entry["kind"], entry.get("level"), entry["position"]) for entry in manifest["removed"]]
    assert data == [("paragraph", None, 4), ("heading", 2, 7)]


def test_the_counts_are_honest(manifest: dict[str, Any]) -> None:
    assert manifest["utterances"] == {"total": len(manifest["script"]), "spoken": len(manifest["script"])}


def test_how_words_are_pronounced_is_told_and_comes_back(tones: Settings, article: Article, tmp_path: Path) -> None:
    result = replace(article, blocks=(Block("The FBI’s chief flew to Kyiv at noon."), Block("Nobody waved.")))
    with EpisodeMaker(tones) as episode_maker:
        script = episode_maker.script(result).utterances
        lines = json.loads(json.dumps(write_sound_file(tmp_path, episode_maker, result).manifest))["script"]
    assert [pronunciations_of(line) for line in lines] == [utterance.pronunciations for utterance in script]
    assert [len(pronunciations_of(line)) for line in lines if "noon" in line["spoken"]] == [2]
    assert ["said" in line for line in lines if "waved" in line["spoken"]] == [False]
    assert len({line["speech"] for line in lines}) == len({line["spoken"] for line in lines})


@pytest.mark.parametrize(
    "expected", ["FBI", 7, [7], [{"start": 1}], [{"start": 1e400, "end": 2, "kind": "ipa"}], [{"kind": "song"}]]
)
def test_what_is_told_of_pronunciations_in_no_shape_is_passed_over(expected: object) -> None:
    assert pronunciations_of({"said": expected}) == ()
