"""The self-check: judges by the sound of a clip whether the whole utterance was spoken.

Evidence is judged by what it can know:

- **Length.** What a voice takes for a text is proportional to the text's *weight*, its length in characters. The pace
  is learned for each script, as the median of the last clips that passed; how far a clip may be from it follows from
  how far those were. Spelled letters, digits, symbols and letters of other scripts teach nothing, and widen what may be
  expected: nobody knows how long a voice takes to say "1984".
- **The end.** A voice that always ends in silence was cut where it ends in full voice.
- **Word times**, where the engine gives them: they lie inside the sound and at words, and what is left of the text
  behind the last of them takes the time that is left. Engines time "kilometres an hour" or spelled letters as one word;
  the time behind it tells this from a cut.
- **The sound itself**: none, silence, distortion, noise, or the very clip of the sentence before.
"""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any
from unicodedata import category, east_asian_width

from audiogen.engines.scripts import home_script, main_script, script_of
from audiogen.engines.words import has_words, word_spans

if TYPE_CHECKING:
    from audiogen.model import Clip, Utterance

#: Weight a second of a voice that was never heard, without the silence around it: eSpeak NG at 175 words a minute in
#: nine languages says 12 to 24.
USUAL_PACE = 16.0
#: Clips of a script heard before a voice's own pace is trusted, and how many of the last are remembered.
LEARNED_AFTER, REMEMBERED = 8, 200
#: A clip teaches where at least so much weight is plain, and at most this share of it is not.
LEAST_PLAIN, MOST_ODD = 12.0, 0.35
#: A clip may take this much of its expected time while the pace is not learned.
SHORTEST, LONGEST = 0.3, 6.0
#: The same once it is: so many times the spread of the voice's clips, within these limits. The spread is 0.03 to 0.08
#: for eSpeak NG; neural voices wander more.
SPREADS, LEAST_SPREAD = 6.0, 0.035
SHORTEST_LEARNED, LONGEST_LEARNED = 0.62, 4.0
#: Texts lighter than this vary more, by the root of the ratio.
LIGHT = 60.0
#: Seconds granted above the longest: short utterances vary most.
GRACE, GRACE_LEARNED = 1.5, 0.4
#: Sound is what comes within this share of the clip's peak (-40 dB).
FLOOR = 0.01
#: Seconds of silence at the end that a voice must usually have for a shorter end to be a cut, and the share of it that
#: a whole clip keeps.
LEAST_TAIL, KEPT_TAIL = 0.08, 0.7
#: Texts of so few words end in less silence: hibari's in 0.2 s rather than 0.46 ("Note", "D M"). They have no pause
#: inside in which a cut could lie, so that any silence shows their end.
FEW_WORDS = 2
#: Behind the last timed word this share of the expected time must be left, where that is at least so many seconds.
LEFT, LEAST_LEFT = 0.4, 0.35
#: Share of word times that may lie inside of words.
ASTRAY = 0.3
#: Below this peak (-60 dBFS) nothing is heard.
SILENT = 33
#: Share of samples at full scale above which sound is broken rather than loud.
CLIPPED = 0.02
CLIPPED_FAULT = "sound clipped all through"
#: Flatness of the mean spectrum above which a clip is noise: that of speech is under 0.2, of white noise nearly 1.
NOISE = 0.6

#: Scripts without spaces between words.
_WITHOUT_SPACES = frozenset({"CJK", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"})
#: Hiragana and katakana write a mora each, characters words: eSpeak NG takes 0.11 s for one and 0.5 s for the other,
#: people some 0.13 and 0.27. Weighed alike, a line of kana alone seemed cut; how they compare depends on the voice.
KANA, _KANA = ("\u3041", "\u30ff"), (1.0, 1.4, 2.0)
#: Signs around a text's end.
_AROUND = " .,;:!?…)]\"'”’»"
#: Letters that may be spelled: "C N B C", "U.S.", "NATO".
_SPELLED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_a-z](?![^\W\d_])[ .-]?){2,}|(?<![^\W\d_])[A-ZА-ЯЁЄІЇҐ]{2,}(?![^\W\d_])")
#: Least, usual and most weight of what nobody knows how long a voice takes to say.
_LETTER, _DIGIT, _SYMBOL, _FOREIGN = (1.0, 5.0, 9.0), (1.0, 4.0, 14.0), (0.0, 6.0, 16.0), (0.0, 4.0, 30.0)


def weight_of(text: str) -> float:
    """Estimate the amount of text to speak, in characters of running text.

    >>> weight_of("three"), weight_of("3.5"), weight_of("") + weight_of("…")
    (5.0, 9.0, 1.0)
    """
    return sum(map(_weight, text))


def _weight(character: str) -> float:
    kind = category(character)
    if kind[0] in "NS":
        return (_DIGIT if kind[0] == "N" else _SYMBOL)[1]
    if KANA[0] <= character <= KANA[1]:
        return _KANA[1]
    return 4.0 if kind == "Lo" and east_asian_width(character) in "WF" else 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The amount of text to speak."""

    script: str
    #: Weight of what is told by its length.
    plain: float
    #: Least, usual and most weight in all.
    least: float
    usual: float
    most: float


def measure(text: str) -> Measure:
    """Measure the amount of text to speak, and how far it is uncertain.

    >>> measure("at noon").usual, measure("at C N B C").plain, measure("at C N B C").most
    (7.0, 3.0, 39.0)
    """
    script = main_script(text)
    spelled = {index for match in _SPELLED.finditer(text) for index in range(*match.span())}
    plain, odd = 0.0, [0.0, 0.0, 0.0]
    for index, character in enumerate(text):
        weights = _odd(character, script, index in spelled)
        if weights is None:
            plain += _weight(character)
        else:
            odd = [total + weight for total, weight in zip(odd, weights, strict=True)]
    return Measure(script, plain, plain + odd[0], plain + odd[1], plain + odd[2])


def _odd(character: str, script: str, spelled: bool) -> tuple[float, float, float] | None:
    """Return the seconds that a character takes which is not read as a letter of the script; None for such letters."""
    kind = category(character)[0]
    if kind == "N":
        return _DIGIT
    if kind == "S":
        return _SYMBOL
    if kind != "L":
        return (0.0, 0.0, 0.0) if spelled else None
    if script_of(character) != script:
        return _FOREIGN
    if KANA[0] <= character <= KANA[1]:
        return _KANA
    return _LETTER if spelled else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a clip's sound the check looks at, in seconds."""

    #: From its start to its last sound, without the silence at either end.
    speech: float
    #: When its last sound ends, and the silence behind it.
    end: float
    tail: float


class SelfCheck:
    """Judges the clips of one voice, learning its ways from those it passes.

    Args:
        language: of the voice; letters of other scripts than its own are not expected to take any known time. Empty
            for a voice that reads any.
        word_seconds: what a word takes where clips are as long as their words are many; 0 if they follow the text.
    """

    def __init__(self, language: str = "", word_seconds: float = 0.0) -> None:
        self._home = home_script(language) if language else ""
        self._word_seconds = word_seconds
        #: Logarithms of seconds for a unit of weight, by script.
        self._paces: dict[str, deque[float]] = {}
        self._tails: deque[float] = deque(maxlen=REMEMBERED)
        self._last: tuple[str, int] = ("", 0)

    def pace(self, script: str = "LATIN") -> float:
        """Return the weight a second of this voice in a script: as learned, or the usual one until enough was heard."""
        return math.exp(-median(self._paces[script])) if self.learned(script) else USUAL_PACE

    def learned(self, script: str = "LATIN") -> bool:
        """Return whether enough was heard to know the voice's pace in a script."""
        return len(self._paces.get(script, ())) >= LEARNED_AFTER

    def judge(self, utterance: Utterance, clip: Clip) -> str:
        """Say what is wrong with the clip; nothing, where it can be believed."""
        text = utterance.spoken
        if not has_words(text):
            return ""
        if fault := sound_fault(clip):
            return fault
        size, heard = self._measure(text), _listen(clip)
        fault = (
            self._repeated(text, clip)
            or self._wrong_length(size, heard)
            or self._broken_off(text, heard)
            or self._wrong_words(text, clip, size, heard)
        )
        if not fault:
            self._learn(text, size, heard)
            self._last = (text, hash(clip.pcm))
        return fault

    def distance(self, utterance: Utterance, clip: Clip) -> float:
        """Return how far the clip's length is from the expected one: the absolute logarithm of the ratio."""
        size = self._measure(utterance.spoken)
        expected = max(0.1, size.usual / self.pace(size.script))
        return abs(math.log(max(clip.duration, 0.01) / expected))

    def _measure(self, text: str) -> Measure:
        if not self._word_seconds:
            return measure(text)
        weight = len(word_spans(text)) * self._word_seconds * USUAL_PACE
        return Measure(main_script(text), weight, weight, weight, weight)

    def _bounds(self, size: Measure) -> tuple[float, float]:
        """Return the least and the most seconds that speech of this size may take."""
        if not self.learned(size.script):
            if self._home not in ("", size.script):
                return 0.0, _FOREIGN[2] * size.most / USUAL_PACE + GRACE
            return SHORTEST * (size.least / USUAL_PACE - 0.35), LONGEST * size.most / USUAL_PACE + GRACE
        logs = self._paces[size.script]
        centre = median(logs)
        spread = max(LEAST_SPREAD, 1.4826 * median(abs(value - centre) for value in logs))
        reach = SPREADS * spread * math.sqrt(LIGHT / min(LIGHT, max(1.0, size.usual)))
        unit = math.exp(centre)
        low = max(math.exp(-reach), SHORTEST_LEARNED if size.usual >= LIGHT else SHORTEST)
        return low * size.least * unit, min(math.exp(reach), LONGEST_LEARNED) * size.most * unit + GRACE_LEARNED

    def _wrong_length(self, size: Measure, heard: Heard) -> str:
        shortest, longest = self._bounds(size)
        if shortest <= heard.speech <= longest:
            return ""
        expected = size.usual / self.pace(size.script)
        return f"{heard.speech:.2f} seconds of sound for what should take about {expected:.1f}"

    def _broken_off(self, text: str, heard: Heard) -> str:
        """Return whether the voice, which ends in silence, does not."""
        if len(self._tails) < LEARNED_AFTER or _ends_early(text):
            return ""
        usual = sorted(self._tails)[len(self._tails) // 10]
        kept = LEAST_TAIL if len(word_spans(text)) <= FEW_WORDS else KEPT_TAIL * usual
        return "it breaks off in full voice" if usual >= LEAST_TAIL and heard.tail < kept else ""

    def _repeated(self, text: str, clip: Clip) -> str:
        last, digest = self._last
        return "it is the clip of the sentence before" if last != text and digest == hash(clip.pcm) else ""

    def _wrong_words(self, text: str, clip: Clip, size: Measure, heard: Heard) -> str:
        """Return whether the engine's word times are not those of the whole text."""
        spans = word_spans(text)
        # Where no spaces stand between words, engines time runs of them as one.
        if not clip.words or len(spans) < 3 or size.script in _WITHOUT_SPACES:
            return ""
        last = clip.words[-1]
        if last.time > clip.duration:
            return "its words go on behind its sound"
        if _astray(text, clip) > ASTRAY:
            return "its word times are those of another text"
        rest = self._measure(text[last.start :])
        unit = 1.0 / self.pace(size.script)
        left = heard.end - last.time
        # Two words of grace while the pace is not known.
        within = last.end > spans[-3][0]
        if (
            (not within or self.learned(size.script))
            and left < LEFT * rest.least * unit
            and rest.least * unit > LEAST_LEFT
        ):
            return f"it was left after “{text[: last.end][-40:]}”"
        if self.learned(size.script) and left > 2.5 * rest.most * unit + 1.0:
            return "it goes on after its last word"
        return ""

    def _learn(self, text: str, size: Measure, heard: Heard) -> None:
        if not _ends_early(text):
            self._tails.append(heard.tail)
        if size.plain >= LEAST_PLAIN and size.most - size.least <= MOST_ODD * size.plain:
            paces = self._paces.setdefault(size.script, deque(maxlen=REMEMBERED))
            paces.append(math.log(max(0.01, heard.speech) / size.usual))


def is_audible(clip: Clip) -> bool:
    """Return whether the clip has speech, even if distorted."""
    return sound_fault(clip) in ("", CLIPPED_FAULT)


def sound_fault(clip: Clip) -> str:
    """Return what is wrong with the sound itself: none, only silence or noise, or too much distortion."""
    if not clip.pcm or len(clip.pcm) % 2:
        return "no sound" if not clip.pcm else "half a sample at its end"
    import numpy

    samples = numpy.frombuffer(clip.pcm, "<i2")
    highest, lowest = int(samples.max()), int(samples.min())
    if max(highest, -lowest) <= SILENT:
        return "silence"
    if highest == 32767 or lowest == -32768:
        full = numpy.count_nonzero(samples == 32767) + numpy.count_nonzero(samples == -32768)
        if full > CLIPPED * len(samples):
            return CLIPPED_FAULT
    return "noise" if _flatness(samples) > NOISE else ""


def _flatness(samples: Any) -> float:
    """Return the flatness of the mean spectrum of up to 64 windows: geometric over arithmetic mean of its power."""
    import numpy

    width = 512
    count = min(64, len(samples) // width)
    if count < 8:
        return 0.0
    starts = numpy.linspace(0, len(samples) - width, count).astype(int)
    windows = samples[starts[:, None] + numpy.arange(width)] * numpy.hanning(width)
    power = (numpy.abs(numpy.fft.rfft(windows)[:, 2:-2]) ** 2).mean(axis=0) + 1e-9
    return float(numpy.exp(numpy.log(power).mean()) / power.mean())


def _listen(clip: Clip) -> Heard:
    """Find the parts of the clip with sound."""
    import numpy

    samples = numpy.abs(numpy.frombuffer(clip.pcm, "<i2").astype(numpy.int32))
    loud = numpy.flatnonzero(samples > samples.max() * FLOOR)
    first, end = int(loud[0]), int(loud[-1]) + 1
    return Heard((end - first) / clip.sample_rate, end / clip.sample_rate, (len(samples) - end) / clip.sample_rate)


def _ends_early(text: str) -> bool:
    """Return whether eSpeak pauses as before more text: after a comma, or after a letter that may be an initial.

    >>> [_ends_early(text) for text in ("the mate,", "また、", "He knew Franklin D.", "at B B C.", "in 1984.")]
    [True, True, True, False, False]
    """
    if text.rstrip().endswith((*",;:-–—", *"，；：、،؛")):
        return True
    *before, last = ["", *text.rstrip(_AROUND).split()]
    if len(last) == 1:
        return last.isalpha() and not (last.isupper() and len(before[-1]) == 1)
    return last[-1:].isupper() and not last.isupper()


def _astray(text: str, clip: Clip) -> float:
    """Return the share of word times that begin inside a word, if there are at least four."""
    starts = [word.start for word in clip.words if 0 < word.start < len(text)]
    # Both are small letters: of "StringZilla" and "MemChr" the parts may be timed.
    inside = sum(1 for start in starts if text[start - 1].islower() and text[start].islower())
    return inside / len(starts) if len(starts) >= 4 else 0.0
