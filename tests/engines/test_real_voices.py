"""Kokoro and Piper with real models, from public packages; skipped where these can't be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.engines.kokoro import Kokoro
from audiogen.engines.piper import Piper
from audiogen.engines.selfcheck import SelfCheck
from audiogen.model import Voice
from tests.engines import real_models
from tests.engines.conftest import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.model import Clip

pytestmark = pytest.mark.slow

JOE = Voice("joe", "piper", real_models.PIPER_VOICE, "en-US")
#: A voice of each of Kokoro's languages, and a sentence with a word of another one and a long number in words.
LANGUAGES = {
    "en-US": ("af_heart", "Three million five hundred thousand of the visitors came to the harbor over the weekend."),
    "en-GB": ("bf_emma", "Three million five hundred thousand of the visitors came to the harbour over the weekend."),
    "es": ("ef_dora", "Tres millones quinientos mil visitantes vieron el puerto, y el marketing costó mucho."),
    "fr": ("ff_siwis", "Trois millions cinq cent mille visiteurs ont vu le port, le week-end du club de football."),
    "hi": ("hf_alpha", "नगर परिषद ने बंदरगाह के लिए पैंतीस लाख रुपये का बजट मंज़ूर किया।"),
    "it": ("if_sara", "Tre milioni e cinquecentomila visitatori hanno visto il porto nel weekend."),
    "pt-BR": ("pf_dora", "Três milhões e quinhentos mil visitantes viram o porto, e o marketing custou muito."),
}


def real(make: Callable[[Path], Path], folder: Path) -> Path:
    """Make a folder of real models, or skip the test with the reason why there is none."""
    try:
        return make(folder)
    except real_models.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def kokoro(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kokoro]:
    pytest.importorskip("kokoro_onnx")  # it has no release for Python 3.14
    with Kokoro(models=str(real(real_models.kokoro, tmp_path_factory.mktemp("kokoro"))), workers=1) as engine:
        yield engine


@pytest.fixture(scope="module")
def piper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Piper]:
    with Piper(models=str(real(real_models.piper, tmp_path_factory.mktemp("piper"))), workers=1) as engine:
        yield engine


def check(text: str, clip: Clip) -> None:
    """Hold a clip to its text: whole by the self-check, each word timed, in order and inside the sound."""
    assert SelfCheck().judge(say(text), clip) == ""
    words = [text[word.start : word.end] for word in clip.words]
    assert words == [word.strip(".,।?") for word in text.split()]
    times = [word.time for word in clip.words]
    assert times == sorted(set(times))
    assert 0 < times[0] < times[-1] < clip.duration


@pytest.mark.parametrize("language", LANGUAGES)
def test_kokoro_speaks_each_of_its_languages_whole(kokoro: Kokoro, language: str) -> None:
    name, text = LANGUAGES[language]
    check(text, kokoro.speak(say(text), Voice("v", "kokoro", name, language)))


def test_kokoro_says_a_single_word_without_babble(kokoro: Kokoro) -> None:
    assert 0.3 < kokoro.speak(say("No."), Voice("v", "kokoro", "af_heart", "en-US")).duration < 2.0


def test_piper_speaks_whole_and_times_its_words(piper: Piper) -> None:
    for text in SENTENCES[:3]:
        check(text, piper.speak(say(text), JOE))


def test_both_take_a_rate(kokoro: Kokoro, piper: Piper) -> None:
    for engine, voice in ((kokoro, "af_heart"), (piper, JOE.id)):
        slow, fast = (
            engine.speak(say(SENTENCES[0]), Voice("v", engine.name, voice, "en-US", rate=rate)).duration
            for rate in (120, 240)
        )
        assert 1.5 < slow / fast < 2.6
