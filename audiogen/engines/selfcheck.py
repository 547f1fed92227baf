"""The self-check: decides by the sound of a clip whether the whole utterance was spoken.

It uses this evidence:

- **Length.** The time that a voice takes for a text is proportional to the text's *weight*, its length in characters.
  The pace is learned for each script, as the median of the last accepted clips; the tolerance is derived from their
  spread. Spelled letters, digits, symbols and letters of other scripts are not used for learning, and widen the
  tolerance: the time for "1984" is unknown.
- **The end.** The clip of a voice that always ends in silence was cut if it ends in full sound.
- **Word times**, if the engine reports them: they must lie inside the sound and at words, and the text after the last
  one must take the remaining time. Engines time "kilometres an hour" or spelled letters as one word; the time after
  it distinguishes this from a cut.
- **The sound itself**: none, silence, distortion, noise, or the same clip as the sentence before.
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

#: Weight per second of an unknown voice, without the silence around it: eSpeak NG at 175 words per minute in
#: nine languages has 12 to 24.
USUAL_PACE = 16.0
#: Number of clips of a script before a voice's own pace is used, and number of last clips that it is derived from.
LEARNED_AFTER, REMEMBERED = 8, 200
#: Minimum plain weight, and maximum share of other weight, of a clip that is used for learning.
LEAST_PLAIN, MOST_ODD = 12.0, 0.35
#: Minimum and maximum length of a clip, relative to the expected one, while the pace is not learned.
SHORTEST, LONGEST = 0.3, 6.0
#: The same once it is: so many times the spread of the voice's clips, within these limits. The spread is 0.03 to 0.08
#: for eSpeak NG; neural voices wander more.
SPREADS, LEAST_SPREAD = 6.0, 0.035
SHORTEST_LEARNED, LONGEST_LEARNED = 0.62, 4.0
#: Below this weight, the tolerance is widened by the root of the ratio.
LIGHT = 60.0
#: Seconds that are added to the maximum, because short utterances vary most.
GRACE, GRACE_LEARNED = 1.5, 0.4
#: Minimum level of sound relative to the clip's peak (-40 dB).
FLOOR = 0.01
#: Minimum usual silence at the end of a voice's clips, in seconds, for this check; and minimum share of it in
#: a complete clip.
LEAST_TAIL, KEPT_TAIL = 0.08, 0.7
#: Texts of so few words end in less silence: hibari's in 0.2 s rather than 0.46 ("Note", "D M"). They have no pause
#: inside in which a cut could lie, so that any silence shows their end.
FEW_WORDS = 2
#: Minimum share of the expected time after the last timed word, if that time is at least so many seconds.
LEFT, LEAST_LEFT = 0.4, 0.35
#: Maximum share of word times inside of words.
ASTRAY = 0.3
#: Maximum peak of a silent clip (-60 dBFS).
SILENT = 33
#: Maximum share of samples at full scale; above it, the sound is distorted.
CLIPPED = 0.02
CLIPPED_FAULT = "sound clipped all through"
#: Flatness of the mean spectrum above which a clip is noise: that of speech is under 0.2, of white noise nearly 1.
NOISE = 0.6

#: Scripts without spaces between words.
_WITHOUT_SPACES = frozenset({"CJK", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"})
#: Hiragana and katakana write a mora each, characters words: eSpeak NG takes 0.11 s for one and 0.5 s for the other,
#: people some 0.13 and 0.27. Weighed alike, a line of kana alone seemed cut; how they compare depends on the voice.
KANA, _KANA = ("\u3041", "\u30ff"), (1.0, 1.4, 2.0)
#: Punctuation around a text's end.
_AROUND = " .,;:!?…)]\"'”’»"
#: Letters that may be spelled: "C N B C", "U.S.", "NATO".
_SPELLED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_a-z](?![^\W\d_])[ .-]?){2,}|(?<![^\W\d_])[A-ZА-ЯЁЄІЇҐ]{2,}(?![^\W\d_])")
#: Minimum, usual and maximum weight of characters that take an unknown time.
_LETTER, _DIGIT, _SYMBOL, _FOREIGN = (1.0, 5.0, 9.0), (1.0, 4.0, 14.0), (0.0, 6.0, 16.0), (0.0, 4.0, 30.0)


def weight_of(text: str) -> float:
    """Return the amount of text to speak, in characters of running text.

    >>> weight_of("three"), weight_of("3.5"), weight_of("") + weight_of("…")
    (5.0, 9.0, 1.0)
    """
    return sum(map(_weight, text))


def _weight(character: str) -> float:
    """Return the usual weight of a character."""
    kind = category(character)
    if kind[0] in "NS":
        return (_DIGIT if kind[0] == "N" else _SYMBOL)[1]
    if KANA[0] <= character <= KANA[1]:
        return _KANA[1]
    return 4.0 if kind == "Lo" and east_asian_width(character) in "WF" else 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The amount of text to speak, with its uncertainty."""

    script: str
    #: Weight of the text whose time depends on its length.
    plain: float
    #: Minimum, usual and maximum total weight.
    minimum: float
    usual: float
    maximum: float


def measure(text: str) -> Measure:
    """Return the amount of text to speak, with its uncertainty.

    >>> measure("at noon").usual, measure("at C N B C").plain, measure("at C N B C").maximum
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
    """Return the weights of a character that is not read as a letter of the script; None for such a letter."""
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
class SoundParts:
    """The parts of a clip's sound that the check uses, in seconds."""

    #: Length of the sound, without the silence at both ends.
    speech: float
    #: The end of the last sound, and the length of the silence after it.
    end: float
    tail: float


class SelfCheck:
    """Checks the clips of one voice, and learns from those that it accepts.

    Args:
        language: The voice's language; the time for letters of other scripts is unknown. Empty for a voice that reads
            any.
        word_seconds: Seconds per word, if the length of clips depends on the number of words; otherwise 0.
    """

    def __init__(self, language: str = "", word_seconds: float = 0.0) -> None:
        self._home = home_script(language) if language else ""
        self._word_seconds = word_seconds
        #: Logarithms of seconds per unit of weight, by script.
        self._paces: dict[str, deque[float]] = {}
        self._tails: deque[float] = deque(maxlen=REMEMBERED)
        self._last: tuple[str, int] = ("", 0)

    def pace(self, script: str = "LATIN") -> float:
        """Return the weight per second of this voice in a script, as learned, or the usual one."""
        return math.exp(-median(self._paces[script])) if self.is_learned(script) else USUAL_PACE

    def is_learned(self, script: str = "LATIN") -> bool:
        """Return whether the voice's pace in a script is learned."""
        return len(self._paces.get(script, ())) >= LEARNED_AFTER

    def judge(self, utterance: Utterance, clip: Clip) -> str:
        """Return what is wrong with the clip's sound, length or word times; "" if nothing is.

        An accepted clip teaches the voice's pace, and shows whether the next one only repeats its sound.
        """
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
        """Return the amount of a text, by words if the voice's length depends on them."""
        if not self._word_seconds:
            return measure(text)
        weight = len(word_spans(text)) * self._word_seconds * USUAL_PACE
        return Measure(main_script(text), weight, weight, weight, weight)

    def _bounds(self, size: Measure) -> tuple[float, float]:
        """Return the minimum and maximum number of seconds for speech of this size."""
        if not self.is_learned(size.script):
            if self._home not in ("", size.script):
                return 0.0, _FOREIGN[2] * size.maximum / USUAL_PACE + GRACE
            return SHORTEST * (size.minimum / USUAL_PACE - 0.35), LONGEST * size.maximum / USUAL_PACE + GRACE
        logs = self._paces[size.script]
        centre = median(logs)
        spread = max(LEAST_SPREAD, 1.4826 * median(abs(value - centre) for value in logs))
        reach = SPREADS * spread * math.sqrt(LIGHT / min(LIGHT, max(1.0, size.usual)))
        unit = math.exp(centre)
        low = max(math.exp(-reach), SHORTEST_LEARNED if size.usual >= LIGHT else SHORTEST)
        return low * size.minimum * unit, min(math.exp(reach), LONGEST_LEARNED) * size.maximum * unit + GRACE_LEARNED

    def _wrong_length(self, size: Measure, heard: SoundParts) -> str:
        """Return a complaint if the sound is too short or too long; otherwise ""."""
        shortest, longest = self._bounds(size)
        if shortest <= heard.speech <= longest:
            return ""
        expected = size.usual / self.pace(size.script)
        return f"{heard.speech:.2f} seconds of sound for what should take about {expected:.1f}"

    def _broken_off(self, text: str, heard: SoundParts) -> str:
        """Return a complaint if the clip does not end in silence although this voice's clips do; otherwise ""."""
        if len(self._tails) < LEARNED_AFTER or _ends_early(text):
            return ""
        usual = sorted(self._tails)[len(self._tails) // 10]
        kept = LEAST_TAIL if len(word_spans(text)) <= FEW_WORDS else KEPT_TAIL * usual
        return "it breaks off in full voice" if usual >= LEAST_TAIL and heard.tail < kept else ""

    def _repeated(self, text: str, clip: Clip) -> str:
        """Return a complaint if the clip is that of the sentence before; otherwise ""."""
        last, digest = self._last
        return "it is the clip of the sentence before" if last != text and digest == hash(clip.pcm) else ""

    def _wrong_words(self, text: str, clip: Clip, size: Measure, heard: SoundParts) -> str:
        """Return a complaint if the word times do not fit the whole text; otherwise ""."""
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
            (not within or self.is_learned(size.script))
            and left < LEFT * rest.minimum * unit
            and rest.minimum * unit > LEAST_LEFT
        ):
            return f"it was left after “{text[: last.end][-40:]}”"
        if self.is_learned(size.script) and left > 2.5 * rest.maximum * unit + 1.0:
            return "it goes on after its last word"
        return ""

    def _learn(self, text: str, size: Measure, heard: SoundParts) -> None:
        """Learn the silence at the end, and the pace, from an accepted clip."""
        if not _ends_early(text):
            self._tails.append(heard.tail)
        if size.plain >= LEAST_PLAIN and size.maximum - size.minimum <= MOST_ODD * size.plain:
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


def _listen(clip: Clip) -> SoundParts:
    """Return the parts of the clip's sound."""
    import numpy

    samples = numpy.abs(numpy.frombuffer(clip.pcm, "<i2").astype(numpy.int32))
    loud = numpy.flatnonzero(samples > samples.max() * FLOOR)
    first, end = int(loud[0]), int(loud[-1]) + 1
    return SoundParts((end - first) / clip.sample_rate, end / clip.sample_rate, (len(samples) - end) / clip.sample_rate)


def _ends_early(text: str) -> bool:
    """Return whether eSpeak NG ends a text with a short pause: after a comma, or after a possible initial.

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
    """Return the share of word times inside of words; 0 if there are fewer than four."""
    starts = [word.start for word in clip.words if 0 < word.start < len(text)]
    # Both are small letters: of "StringZilla" and "MemChr" the parts may be timed.
    inside = sum(1 for start in starts if text[start - 1].islower() and text[start].islower())
    return inside / len(starts) if len(starts) >= 4 else 0.0
