"""What was spoken once need not be spoken again, by however many processes, in no more space than allowed."""

from __future__ import annotations

import multiprocessing
import os
import struct
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.folders import kept_speech
from audiogen.engines.speechcache import SpeechCache, _pack, _unpack
from audiogen.model import Clip, Pronunciation, Role, Saying, Voice, WordTime
from tests.engines.conftest import say

if TYPE_CHECKING:
    from pathlib import Path

VOICE = Voice("v", "tone", "id", "en", rate=170, options={"a": 1})
CLIP = Clip(b"\1\2" * 500, 22_050, (WordTime(0, 5, 0.0), WordTime(6, 9, 1.25)))


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path / "speech", limit=100_000)


def test_a_clip_comes_back_as_it_was(cache: SpeechCache) -> None:
    key = cache.key(say("Hello there."), VOICE, "1")
    assert cache.get(key) is None
    assert not cache.has(key)
    cache.put(key, CLIP)
    assert cache.has(key)
    assert cache.get(key) == CLIP
    cache.put(key, spoken := replace(CLIP, digest=key))
    assert cache.get(key) == spoken


@given(
    st.binary().map(lambda pcm: pcm[: len(pcm) // 2 * 2]),
    st.integers(1, 96_000),
    st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 600_000))),
)
def test_packing_loses_nothing(pcm: bytes, rate: int, words: list[tuple[int, int, int]]) -> None:
    clip = Clip(pcm, rate, tuple(WordTime(start, end, time / 1000) for start, end, time in words))
    assert _unpack(_pack(clip)) == clip


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_a_damaged_clip_counts_as_not_there(place: int, noise: bytes) -> None:
    packed = _pack(CLIP)
    place %= len(packed)
    damaged = packed[:place] + noise + packed[place + len(noise) :]
    assert _unpack(damaged) in (None, CLIP)
    assert damaged == packed or len(damaged) != len(packed) or _unpack(damaged) is None


@pytest.mark.parametrize("place", range(6, 26))
def test_a_damaged_head_is_noticed(place: int) -> None:
    packed = bytearray(_pack(CLIP))
    packed[place] ^= 1
    assert _unpack(bytes(packed)) is None


@pytest.mark.parametrize(("version", "seed", "digest"), [(1, 0, "key"), (2, 2, "")])
def test_clips_of_earlier_versions_are_read(version: int, seed: int, digest: str) -> None:
    """Their check sum is that of what follows the head, with a start of its own in the second version."""
    body = struct.pack("<3i", 0, 5, 250_000) + b"\1\2" * 500
    packed = struct.pack("<4sHIIQI", b"AGCL", version, 22_050, 1, 1000, crc32(body, seed)) + body
    assert _unpack(packed, "key") == Clip(b"\1\2" * 500, 22_050, (WordTime(0, 5, 0.25),), digest=digest)
    assert _unpack(packed[:-1] + b"\0", "key") is None


@pytest.mark.parametrize("length", [0, 10, 40, 500])
def test_a_clip_cut_short_counts_as_not_there(length: int) -> None:
    assert _unpack(_pack(CLIP)[:length]) is None


@pytest.mark.parametrize(
    ("change", "version"),
    [
        ({"id": "other"}, "1"),
        ({"engine": "other"}, "1"),
        ({"rate": 171}, "1"),
        ({"rate": None}, "1"),
        ({"pitch": 40}, "1"),
        ({"options": {"a": 2}}, "1"),
        ({}, "2"),
    ],
    ids=["voice", "engine", "rate", "no rate", "pitch", "option", "version"],
)
def test_all_that_makes_the_sound_is_in_the_key(cache: SpeechCache, change: dict[str, object], version: str) -> None:
    here = cache.key(say("Hello."), VOICE, "1")
    assert cache.key(say("Hello."), replace(VOICE, **change), version) != here  # type: ignore[arg-type]
    assert cache.key(say("Hello!"), VOICE, "1") != here


def test_what_does_not_make_the_sound_is_not_in_the_key(cache: SpeechCache) -> None:
    here = cache.key(say("Hello."), VOICE, "1")
    other = replace(VOICE, name="w", description="new", loudness=-3.0, pauses={"title": 2.0}, licence="x")
    assert cache.key(replace(say("Hello."), written="Hi", role=Role.QUOTE, pause_after=2.0), other, "1") == here


def test_the_clips_used_longest_ago_go_first(cache: SpeechCache) -> None:
    keys = [cache.key(say(f"Number {number}."), VOICE, "1") for number in range(120)]
    for age, key in enumerate(keys):
        cache.put(key, CLIP)
        os.utime(cache._path(key), (time.time() - 10_000 * (1 + age),) * 2)
    assert cache.usage().size > cache.limit
    assert cache.get(keys[-1]) == CLIP  # used now, though it is the oldest
    cache.close()
    assert 0.6 * cache.limit < cache.usage().size <= 0.8 * cache.limit
    assert cache.has(keys[0])
    assert cache.has(keys[-1])
    assert not cache.has(keys[-2])


def test_within_its_limit_nothing_is_removed(cache: SpeechCache) -> None:
    cache.put("a" * 64, CLIP)
    assert cache.prune() == 0
    assert cache.usage().clips == 1


def test_a_limit_of_nothing_empties_it(cache: SpeechCache) -> None:
    cache.put("a" * 64, CLIP)
    assert cache.prune(0) > len(CLIP.pcm)
    assert cache.usage().clips == 0


def test_parts_a_killed_process_left_are_removed_when_they_are_old(cache: SpeechCache) -> None:
    folder = cache.folder / "aa"
    folder.mkdir(parents=True)
    for name, age in (("old.part", 7_200), ("new.part", 0)):
        (folder / name).write_bytes(b"x" * 10)
        os.utime(folder / name, (time.time() - age,) * 2)
    cache.prune(0)
    assert [path.name for path in folder.iterdir()] == ["new.part"]


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = SpeechCache(tmp_path / "file")
    cache.put("a" * 64, CLIP)
    assert cache.get("a" * 64) is None
    cache.close()
    assert cache.usage().clips == 0


def test_it_lives_in_the_users_cache_folder() -> None:
    assert SpeechCache().folder == kept_speech()


def hammer(folder: str, seed: int) -> int:
    """Write, read and prune as fast as can be; return how many clips came back other than they were."""
    from pathlib import Path

    cache = SpeechCache(Path(folder), limit=20_000)
    wrong = 0
    for number in range(150):
        key = f"{(number * seed) % 40:064x}"
        expected = Clip(bytes([(number * seed) % 40, 1]) * 300, 22_050)
        found = cache.get(key)
        wrong += found is not None and found != expected
        cache.put(key, expected)
        if number % 10 == seed % 10:
            cache.prune()
    return wrong


def test_several_processes_share_it(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.starmap(hammer, [(str(tmp_path), seed) for seed in (3, 7, 11)]) == [0, 0, 0]
    assert not list(tmp_path.rglob("*.part"))


def test_pronunciations_and_what_the_engine_is_given_make_another_clip(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    plain = say("In Kyiv.")
    result = replace(plain, pronunciations=(Pronunciation(3, 7, Saying.IPA, "Kyiv", "ˈkiːjɪv"),))
    keys = {
        cache.key(plain, VOICE, "1"),
        cache.key(result, VOICE, "1"),
        cache.key(result, VOICE, "1", "In [[k'i:jIv]]."),
    }
    assert len(keys) == 3
    assert cache.key(result, VOICE, "1", "In Kyiv.") == cache.key(plain, VOICE, "1")


def test_another_seed_makes_another_clip(tmp_path: Path) -> None:
    keys = {SpeechCache(tmp_path).key(say("Hello."), replace(VOICE, options={"seed": seed}), "1") for seed in (0, 1)}
    assert len(keys) == 2
