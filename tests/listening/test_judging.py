"""What was cut out of a published sound, said twice in it or replaced is found; what is whole is not complained of.

Nor is what a recogniser does not understand: neither in the published sound nor in a fresh speech of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from audiogen.listening.comparing import Divergence, compare
from audiogen.listening.hearing import differences, words_of
from audiogen.listening.judging import MAX_DIFFERENCE, MAX_EXTRA_SOUND, Fresh, Judgement, is_apart, judge, listen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.listening.judging import Speak

RATE = 16_000
SPOKEN = "The night ferry leaves the harbour at noon."


class Ear:
    """A recogniser that hears what it is told to, one answer after another."""

    name = "ear"

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[bool] = []

    def knows(self, language: str) -> bool:
        return True

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        self.asked.append(careful)
        return self.answers.pop(0)


def speech(*pitches: int) -> NDArray[np.float32]:
    """A word of 0.2 s at each pitch, rich in overtones."""
    time = np.arange(RATE // 5) / RATE
    words = [sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 20)) for pitch in pitches]
    return np.concatenate(words).astype(np.float32) * np.float32(0.1)


WHOLE = (110, 180, 260, 140, 330, 210, 160)


@pytest.mark.parametrize(
    ("published", "apart"),
    [
        (WHOLE, False),
        (WHOLE[:2] + WHOLE[3:], True),
        (WHOLE[:3] + WHOLE[2:], True),
        ((*WHOLE[:3], 520, *WHOLE[4:]), True),
    ],
    ids=["whole", "cut out", "doubled", "replaced"],
)
def test_a_word_that_is_not_where_the_voice_says_it_shows_in_the_sound(published: tuple[int, ...], apart: bool) -> None:
    noise = np.random.default_rng(1).normal(0, 1e-4, len(published) * RATE // 5).astype(np.float32)
    assert is_apart(compare(speech(*published) * np.float32(0.5) + noise, speech(*WHOLE))) is apart


@pytest.mark.parametrize(
    ("divergence", "apart"),
    [
        (Divergence(MAX_DIFFERENCE, MAX_EXTRA_SOUND, MAX_EXTRA_SOUND, 0.0), False),
        (Divergence(MAX_DIFFERENCE + 0.01, 0.0, 0.0, 0.0), True),
        (Divergence(0.0, MAX_EXTRA_SOUND + 0.01, 0.0, 0.0), True),
        (Divergence(0.0, 0.0, MAX_EXTRA_SOUND + 0.01, 0.0), True),
    ],
)
def test_a_limit_has_two_sides(divergence: Divergence, apart: bool) -> None:
    assert is_apart(divergence) is apart


@pytest.mark.parametrize(
    ("heard", "kind", "spoken", "found"),
    [
        ("The night ferry leaves the harbour at.", "missing", "noon", ""),
        ("The night night ferry leaves the harbour at noon.", "doubled", "", "night"),
        ("The night ferry leaves the orchestra at noon.", "garbled", "harbour", "orchestra"),
    ],
)
def test_what_is_heard_otherwise_is_named(heard: str, kind: str, spoken: str, found: str) -> None:
    (one,) = differences(words_of(SPOKEN, "en"), words_of(heard, "en"))
    assert (one.kind, one.expected, one.heard) == (kind, spoken, found)


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("It cost three dollars.", "It cost $3."),
        ("The U S and the colour.", "The US and the color."),
        ("Their lean fire went out.", "There leanfire went out."),
        ("In twenty twenty-four it rose.", "In 2024, it rose."),
        ("With the I Q.L E D lamps.", "With the IQ, L-E-D lamps."),
        ("The L E D of the F.B.I.", "The L-E-D of the F B I"),
    ],
)
def test_what_a_recogniser_only_spells_otherwise_is_heard(spoken: str, heard: str) -> None:
    assert differences(words_of(spoken, "en"), words_of(heard, "en")) == ()


def test_only_what_is_missed_twice_is_a_fault() -> None:
    short = "The night ferry leaves the harbour at."
    assert judge(speech(200), SPOKEN, "en", Ear(short, SPOKEN)) is None
    found = judge(speech(200), SPOKEN, "en", ear := Ear(short, short))
    assert found is not None
    assert (found.kind, found.message) == ("missing", f"“noon” is missing. Heard: “{short}”.")
    assert ear.asked == [False, True]


def test_a_word_misheard_where_the_sound_is_the_voices_own_is_no_fault() -> None:
    odd = "The night ferry leaves the orchestra at noon."
    same = Divergence(0.2, 0.0, 0.0, 0.0)
    assert judge(speech(200), SPOKEN, "en", Ear(odd, odd), same) is None
    assert judge(speech(200), SPOKEN, "en", Ear(odd, odd)) is not None


def test_a_sound_that_is_not_the_voices_own_is_a_fault_even_where_every_word_is_heard() -> None:
    found = judge(speech(200), SPOKEN, "en", Ear(SPOKEN), Divergence(0.2, 0.3, 0.0, 1.5))
    assert found is not None
    assert found.kind == "altered"


#: What a recogniser hears of a voice that it does not understand.
NONSENSE = "one two three four four four four four"
LINES = (
    "The night ferry leaves the harbour at noon.",
    "Nobody on the quay seemed to mind.",
    "Timber was loaded for the northern islands.",
    "Farmers had waited since the spring.",
    "The engine was mended in a shed.",
    "Forty passengers went aboard at last.",
    "A storm is forecast for the weekend.",
    "The council met behind closed doors.",
)


@cache
def sound_of(number: int) -> NDArray[np.float32]:
    """A line's own sound: seven words at pitches that no other line has."""
    chance = np.random.default_rng(number)
    return speech(*chance.integers(90, 400, 7).tolist())


def spectrum(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    power = np.abs(np.fft.rfft(samples, 1 << 15))
    return np.asarray(power / np.linalg.norm(power), dtype=np.float64)


@cache
def spectra_of_lines() -> NDArray[np.float64]:
    return np.array([spectrum(sound_of(number)) for number in range(len(LINES))])


class Listener:
    """A recogniser that understands a voice, but for the lines that are lost on it; it knows them by their pitches."""

    name = "listener"

    def __init__(self, lost: Iterable[int] = (), languages: tuple[str, ...] = ("en", "ko")) -> None:
        self.lost, self.languages = frozenset(lost), languages
        self.asked = 0

    def knows(self, language: str) -> bool:
        return language in self.languages

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        self.asked += 1
        likeness = spectra_of_lines() @ spectrum(samples)
        number = int(np.argmax(likeness))
        return LINES[number] if likeness[number] > 0.9 and number not in self.lost else NONSENSE


def episode(folder: Path, broken: Iterable[int] = (), **of_lines: Mapping[int, str]) -> tuple[dict[str, Any], Path]:
    """Write an episode of all lines, those that are broken with another sound; return its manifest and its sound."""
    parts, script, begun = [], [], 0.0
    for number, line in enumerate(LINES):
        sound = sound_of(100 + number if number in broken else number)
        result = {key: values[number] for key, values in of_lines.items() if number in values}
        times: dict[str, Any] = {"start": begun + 0.2, "end": begun + 0.2 + sound.size / RATE}
        script.append({"written": line, "spoken": line, "role": "paragraph", **times, **result})
        parts.append(np.pad(sound, (RATE // 5, RATE // 5)))
        begun += parts[-1].size / RATE
    path = folder / "episode.flac"
    soundfile.write(path, np.concatenate(parts), RATE)
    return {"article": {"language": "en"}, "script": script}, path


def voice(*, same: bool = True, may_differ: Iterable[str] = ()) -> Speak:
    def speak(line: Mapping[str, Any]) -> Fresh:
        around = np.pad(sound_of(LINES.index(line["written"])), (RATE // 10, RATE * 15 // 100))
        return Fresh(around, frozenset(may_differ), same)

    return speak


def numbers(judgement: Judgement) -> list[int]:
    return [one.line for one in judgement.findings]


def test_a_voice_that_the_recogniser_does_not_understand_is_told_once_and_no_sentence_is_a_fault(
    tmp_path: Path,
) -> None:
    judgement = listen(*episode(tmp_path), Listener(range(8)), voice())
    assert judgement.findings == ()
    assert judgement.remarks == (
        "The recogniser hears 0 of 8 sentences in “en” whole, too few to be believed of the others, so they were only"
        " compared with a fresh speech.",
    )


def test_what_was_altered_is_a_fault_in_a_voice_that_the_recogniser_does_not_understand(tmp_path: Path) -> None:
    judgement = listen(*episode(tmp_path, broken=[3]), Listener(range(8)), voice())
    (found,) = judgement.findings
    assert (found.line, found.kind) == (3, "altered")
    assert "four four" not in found.message
    assert len(judgement.remarks) == 1


def test_an_episode_of_which_most_is_broken_is_named_where_its_fresh_speech_is_understood(tmp_path: Path) -> None:
    broken = [0, 2, 3, 4, 5, 7]
    judgement = listen(*episode(tmp_path, broken), Listener(), voice())
    assert (numbers(judgement), judgement.remarks) == (broken, ())


@pytest.mark.parametrize(("whole", "counts"), [(2, True), (1, False)])
def test_a_recogniser_is_believed_where_it_hears_a_quarter_of_the_sentences(
    tmp_path: Path, whole: int, counts: bool
) -> None:
    """Where nobody can speak the sentences anew, sentences that are garbled are faults then, and remarks else."""
    judgement = listen(*episode(tmp_path), Listener(range(whole, 8)))
    assert numbers(judgement) == (list(range(whole, 8)) if counts else [])
    assert [("nobody has listened" in remark) for remark in judgement.remarks] == ([] if counts else [True])


def test_a_language_that_the_recogniser_does_not_know_is_told_once_and_not_listened_to(tmp_path: Path) -> None:
    manifest, path = episode(tmp_path, broken=[2])
    manifest["article"]["language"] = "ga"
    judgement = listen(manifest, path, ear := Listener(), voice())
    assert (numbers(judgement), ear.asked) == ([2], 0)
    assert judgement.remarks == (
        "The recogniser does not know the language “ga” of 8 sentences, so they were only compared with a fresh"
        " speech.",
    )


def test_a_passage_in_another_language_that_is_not_understood_is_neither_a_fault_nor_news(tmp_path: Path) -> None:
    judgement = listen(*episode(tmp_path, language={2: "ko", 5: "ko"}), Listener([2, 5]), voice())
    assert judgement == Judgement()


def test_a_pause_that_stands_for_a_sentence_is_not_listened_to(tmp_path: Path) -> None:
    manifest, path = episode(tmp_path, broken=[4], doubtful={4: "no speech: no voice makes a sound of it"})
    assert listen(manifest, path, Listener()).findings == ()


def test_a_sentence_garbled_by_its_voice_is_a_fault_where_the_others_are_understood(tmp_path: Path) -> None:
    assert numbers(listen(*episode(tmp_path), Listener([6]), voice())) == [6]


@pytest.mark.parametrize(
    ("may_differ", "found"),
    [((), [3]), (("farmers", "had", "waited", "since", "the", "spring"), [])],
    ids=["words", "words that may be read otherwise today"],
)
def test_what_an_earlier_version_spoke_is_a_fault_only_where_words_are_lost(
    tmp_path: Path, may_differ: tuple[str, ...], found: list[int]
) -> None:
    judgement = listen(*episode(tmp_path, broken=[3]), Listener(), voice(same=False, may_differ=may_differ))
    assert numbers(judgement) == found


def test_another_sound_of_an_earlier_version_of_which_every_word_is_heard_is_no_fault(tmp_path: Path) -> None:
    class Forgiving(Listener):
        def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
            heard = super().recognise(samples, language, careful=careful)
            return LINES[3] if heard == NONSENSE else heard

    manifest, path = episode(tmp_path, broken=[3])
    assert listen(manifest, path, Forgiving(), voice(same=False)).findings == ()
    assert numbers(listen(manifest, path, Forgiving(), voice())) == [3]
