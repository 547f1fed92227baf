"""Spelled letters come out of the phonemizers of neural engines as names of letters, wherever they stand."""

from __future__ import annotations

import re
from itertools import product
from random import Random
from string import ascii_uppercase
from typing import TYPE_CHECKING

import pytest

from audiogen.engines import hibari, kokoro
from audiogen.engines.hibari import Hibari
from audiogen.model import Article, Block, Utterance, Voice
from audiogen.narration import narrate
from audiogen.narration.languages.en.letters import OTHER, SPELLED
from audiogen.narration.script import Narration

if TYPE_CHECKING:
    from collections.abc import Callable

#: Names of the letters in misaki's alphabet, American, without stress.
NAMES = {
    **{"A": "A", "B": "bi", "C": "si", "D": "di", "E": "i", "F": "ɛf", "G": "ʤi", "H": "Aʧ", "I": "I", "J": "ʤA"},
    **{"K": "kA", "L": "ɛl", "M": "ɛm", "N": "ɛn", "O": "O", "P": "pi", "Q": "kju", "R": "ɑɹ", "S": "ɛs", "T": "ti"},
    **{"U": "ju", "V": "vi", "W": "dʌbəlju", "X": "ɛks", "Y": "wI", "Z": "zi"},
}
#: Letters at the start, in the middle and at the end of sentences; by themselves, as a plural and as a possessive.
FRAME = "{0} met. We saw the {0}, the {0}'s men and all {0}'s. He left {0}. {0}'s too."
TIMES = 6


@pytest.fixture(scope="module")
def kokoros() -> Callable[[Utterance], str]:
    """Return Kokoro's phonemizer, eSpeak NG, as the engine uses it."""
    tokenizer = pytest.importorskip("kokoro_onnx.tokenizer").Tokenizer()
    voice = Voice("v", "kokoro", "af_heart", "en-US")
    return lambda utterance: " ".join(phonemes for _, phonemes in kokoro._phonemized(tokenizer, utterance, voice))


@pytest.fixture(scope="module")
def hibaris() -> Callable[[Utterance], str]:
    """Return hibari's phonemizer as the engine uses it."""
    pytest.importorskip("hibari")
    with Hibari() as engine:
        model = engine._model(Voice("v", "hibari", "heart", "en-US"))
    return lambda utterance: "".join(
        word.phonemes + " " * word.spaced for _, words in hibari._pieces(model, utterance) for word in words
    )


@pytest.fixture(params=["kokoros", "hibaris"])
def phonemize(request: pytest.FixtureRequest) -> Callable[[Utterance], str]:
    phonemizer: Callable[[Utterance], str] = request.getfixturevalue(request.param)
    return phonemizer


def count(phonemes: str, letters: str) -> int:
    """Count how often the names of the letters are said as one word, with a plural or not."""
    names = "".join(NAMES[letter] for letter in letters)
    plain = re.sub("[ˈˌː]", "", phonemes).replace("ᵊ", "ə").replace("ᵻ", "ɪ")
    return len(re.findall(rf"(?<![^\s(]){names}(?:s|z|ɪz)?(?![^\s.,])", plain))


def wrong(phonemize: Callable[[Utterance], str], initialisms: list[str]) -> list[str]:
    """List the initialisms that are not said by their letters at every place."""
    return [
        letters
        for letters in initialisms
        for text in [FRAME.format(" ".join(letters))]
        if count(phonemize(Utterance(text, text)), letters) != TIMES
    ]


@pytest.mark.slow
def test_every_pair_of_letters_is_said_by_name(phonemize: Callable[[Utterance], str]) -> None:
    assert wrong(phonemize, ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]) == []


@pytest.mark.slow
def test_the_initialisms_of_our_lists_are_said_by_name_in_an_article(phonemize: Callable[[Utterance], str]) -> None:
    failed = []
    for letters in sorted(SPELLED - OTHER.keys()):
        article = Article(blocks=(Block(f"We saw the {letters} met the {letters}'s men. He left the {letters}."),))
        spoken = " ".join(map(phonemize, narrate(article, Narration(starter_lexicon=False)).utterances))
        if count(spoken, letters) != 3:
            failed.append(letters)
    assert failed == []


@pytest.mark.slow
@pytest.mark.parametrize("length", [3, 4, 5, 6])
def test_random_letters_are_said_by_name(phonemize: Callable[[Utterance], str], length: int) -> None:
    random = Random(length)
    assert wrong(phonemize, ["".join(random.choices(ascii_uppercase, k=length)) for _ in range(2_000)]) == []
