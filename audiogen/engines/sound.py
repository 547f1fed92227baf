"""Small work on clips: another sample rate, another level; so that voices of several engines fit into one recording."""

from __future__ import annotations

from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from audiogen.model import Clip

if TYPE_CHECKING:
    from typing import Any

#: Samples each side of a new one that make it: a windowed sinc of 2 × 24 taps, beyond 80 dB of image rejection.
_REACH = 24
#: Samples worked on at once; bounds memory.
_BLOCK = 1 << 16


def resample(clip: Clip, rate: int) -> Clip:
    """Return the clip at *rate* frames a second, band-limited to the lower of both rates."""
    if clip.sample_rate == rate or not clip.pcm:
        return Clip(clip.pcm, rate, clip.words)
    import numpy

    common = gcd(clip.sample_rate, rate)
    up, down = rate // common, clip.sample_rate // common
    filters = _filters(up, down)
    reach = filters.shape[1] // 2
    samples = numpy.pad(numpy.frombuffer(clip.pcm, "<i2").astype(numpy.float32), reach)
    count = -(-(len(clip.pcm) // 2) * up // down)
    blocks = []
    for start in range(0, count, _BLOCK):
        places = numpy.arange(start, min(start + _BLOCK, count), dtype=numpy.int64) * down
        windows = samples[(places // up)[:, None] + numpy.arange(1, 2 * reach + 1)]
        blocks.append(numpy.einsum("ij,ij->i", windows, filters[places % up]))
    return Clip(_to_pcm(numpy.concatenate(blocks)), rate, clip.words)


@cache
def _filters(up: int, down: int) -> Any:
    """Make a filter for each of the *up* places a new sample may have between two old ones."""
    import numpy

    cutoff = min(1.0, up / down) * 0.95
    reach = round(_REACH / min(1.0, up / down))
    offsets = numpy.arange(1 - reach, reach + 1) - numpy.arange(up)[:, None] / up
    window = numpy.kaiser(2049, 9.0)[numpy.clip(numpy.round((offsets / reach + 1) * 1024).astype(int), 0, 2048)]
    filters = numpy.sinc(offsets * cutoff) * window
    return (filters / filters.sum(axis=1, keepdims=True)).astype(numpy.float32)


def amplify(clip: Clip, decibels: float) -> Clip:
    """Return the clip louder by *decibels*, softer where they are negative; peaks stay within full scale."""
    if not decibels or not clip.pcm:
        return clip
    import numpy

    samples = numpy.frombuffer(clip.pcm, "<i2").astype(numpy.float32) * 10 ** (decibels / 20)
    return Clip(_to_pcm(samples), clip.sample_rate, clip.words)


def _to_pcm(samples: Any) -> bytes:
    import numpy

    pcm: bytes = numpy.clip(numpy.rint(samples), -32768, 32767).astype("<i2").tobytes()
    return pcm
