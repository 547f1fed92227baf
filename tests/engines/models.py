"""Tiny voices of our own, with the inputs and outputs of the real ones: no download, and the real code runs on them.

The Piper voice hums: each phoneme takes a few frames, and its pitch follows the phoneme. `work` adds convolutions whose
only purpose is to cost time, for benchmarks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy
from onnx import TensorProto, checker, helper, numpy_helper, save_model

if TYPE_CHECKING:
    from pathlib import Path

RATE = 22_050
HOP = 256
#: Frames of HOP samples each phoneme id takes, at its own pace; ids are three for each phoneme, with pads.
FRAMES = 3


def _constant(name: str, value: Any, kind: str = "int64") -> Any:
    return numpy_helper.from_array(numpy.array(value, kind), name)


def make_piper(
    folder: Path, name: str = "en_XX-hum-tiny", *, work: int = 0, language: str = "en_US", hidden: bool = False
) -> Path:
    """Write a voice and its configuration; return the model's path.

    With *hidden* the model computes the phonemes' durations without giving them out, as most real voices do.
    """
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    save_model(_piper_model(work, hidden), str(path))
    config = {
        "audio": {"sample_rate": RATE, "quality": "tiny"},
        "espeak": {"voice": "en-us"},
        "language": {"code": language},
        "phoneme_type": "espeak",
        "num_symbols": 256,
        "num_speakers": 2,
        "speaker_id_map": {"high": 0, "low": 1},
        "hop_length": HOP,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(config), encoding="utf-8")
    return path


def _piper_model(work: int, hidden: bool) -> Any:
    widths = "/Ceil_output_0" if hidden else "w_ceil"
    nodes = [
        # Samples each id takes: FRAMES × length_scale, rounded up, × HOP.
        helper.make_node("Gather", ["scales", "one"], ["scale"], axis=0),
        helper.make_node("Mul", ["scale", "frames"], ["wanted"]),
        helper.make_node("Ceil", ["wanted"], ["each"]),
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["ids", "zero"], ["zeros"]),
        helper.make_node("Add", ["zeros", "each"], ["durations"]),
        helper.make_node("Unsqueeze", ["durations", "axis"], [widths]),
        # The pitch of each id, held for its samples.
        helper.make_node("Mul", ["each", "hop"], ["held"]),
        helper.make_node("Cast", ["held"], ["held_whole"], to=TensorProto.INT64),
        helper.make_node("Reshape", ["held_whole", "axis"], ["held_list"]),
        helper.make_node("Concat", ["unit", "unit", "held_list"], ["repeats"], axis=0),
        helper.make_node("Unsqueeze", ["ids", "last"], ["column"]),
        helper.make_node("Tile", ["column", "repeats"], ["grid"]),
        helper.make_node("Reshape", ["grid", "flat"], ["pitches"]),
        # Speaker 1 hums an octave lower.
        helper.make_node("Cast", ["sid"], ["speaker"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["speaker", "one_float"], ["octave"]),
        helper.make_node("Mul", ["pitches", "step"], ["rising"]),
        helper.make_node("Add", ["rising", "lowest"], ["turns"]),
        helper.make_node("Div", ["turns", "octave"], ["sung"]),
        helper.make_node("CumSum", ["sung", "two"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["hum"]),
        helper.make_node("Mul", ["hum", "loudness"], ["layer0"]),
        *_labour(work),
        helper.make_node("Unsqueeze", [f"layer{work}", "axis"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
            helper.make_tensor_value_info("sid", TensorProto.INT64, [1]),
        ],
        [
            helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"]),
            *([] if hidden else [helper.make_tensor_value_info(widths, TensorProto.FLOAT, [1, 1, "phonemes"])]),
        ],
        [
            _constant("one", [1]),
            _constant("axis", [1]),
            _constant("last", [2]),
            _constant("two", 2),
            _constant("unit", [1]),
            _constant("flat", [1, 1, -1]),
            _constant("frames", [FRAMES], "float32"),
            _constant("hop", [HOP], "float32"),
            _constant("zero", [0], "float32"),
            _constant("one_float", [1], "float32"),
            _constant("step", [2 * numpy.pi * 4 / RATE], "float32"),
            _constant("lowest", [2 * numpy.pi * 150 / RATE], "float32"),
            _constant("loudness", [0.2], "float32"),
            *_weights(work),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return model


def make_kokoro(folder: Path, *, timed: bool = True, hidden: bool = False) -> Path:
    """Write a model with Kokoro's inputs and outputs, and two voices of it; return the model's path.

    With *hidden* the model computes the phonemes' durations without giving them out, as the real one does.

    Each token takes 0.05 seconds; the pitch follows the token and the first number of the style.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kokoro-tiny.onnx"
    save_model(_kokoro_model(timed, hidden), str(path))
    rows = numpy.arange(510, dtype="float32").reshape(-1, 1, 1) / 510
    styles = {
        "af_high": rows + numpy.zeros((1, 1, 256), "float32") + 2,
        "am_low": rows + numpy.zeros((1, 1, 256), "float32"),
    }
    with (folder / "voices-tiny.bin").open("wb") as file:
        numpy.savez(file, **styles)  # type: ignore[arg-type]
    return path


#: Frames a second of Kokoro, and what a token takes of them at speed 1.
KOKORO_RATE, KOKORO_TOKEN = 24_000, 1_200


def _kokoro_model(timed: bool, hidden: bool) -> Any:
    nodes = [
        helper.make_node("Div", ["token", "speed"], ["quick"]),
        helper.make_node("Ceil", ["quick"], ["each"]),
        helper.make_node("Cast", ["each"], ["each_whole"], to=TensorProto.INT64),
        helper.make_node("Cast", ["tokens"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Concat", ["unit", "unit", "each_whole"], ["repeats"], axis=0),
        helper.make_node("Unsqueeze", ["ids", "last"], ["column"]),
        helper.make_node("Tile", ["column", "repeats"], ["grid"]),
        helper.make_node("Reshape", ["grid", "flat"], ["pitches"]),
        helper.make_node("ReduceMean", ["style"], ["manner"], keepdims=0),
        helper.make_node("Mul", ["manner", "interval"], ["lift"]),
        helper.make_node("Mul", ["pitches", "step"], ["rising"]),
        helper.make_node("Add", ["rising", "lowest"], ["turning"]),
        helper.make_node("Add", ["turning", "lift"], ["turns"]),
        helper.make_node("CumSum", ["turns", "first"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["hum"]),
        helper.make_node("Mul", ["hum", "loudness"], ["audio"]),
    ]
    outputs = [helper.make_tensor_value_info("audio", TensorProto.FLOAT, ["samples"])]
    if timed:
        nodes += [
            helper.make_node("Mul", ["tokens", "nought"], ["noughts"]),
            helper.make_node("Add", ["noughts", "each_whole"], ["durations"]),
            helper.make_node("Reshape", ["durations", "flat"], ["/encoder/Clip_output_0" if hidden else "duration"]),
        ]
    if timed and not hidden:
        outputs.append(helper.make_tensor_value_info("duration", TensorProto.INT64, ["tokens_spoken"]))
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, "length"]),
            helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        outputs,
        [
            _constant("token", [KOKORO_TOKEN], "float32"),
            _constant("unit", [1]),
            _constant("last", [2]),
            _constant("first", 0),
            _constant("flat", [-1]),
            _constant("nought", [0]),
            _constant("interval", [2 * numpy.pi * 100 / KOKORO_RATE], "float32"),
            _constant("step", [2 * numpy.pi / KOKORO_RATE], "float32"),
            _constant("lowest", [2 * numpy.pi * 120 / KOKORO_RATE], "float32"),
            _constant("loudness", [0.2], "float32"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return model


#: Channels of the convolutions that only cost time.
_WIDTH = 32


def _labour(work: int) -> list[Any]:
    """Make layers that hand the hum on unchanged, after a widening and narrowing that adds up to nothing."""
    nodes = []
    for layer in range(work):
        nodes += [
            helper.make_node("Conv", [f"layer{layer}", "widen"], [f"wide{layer}"], pads=[3, 3]),
            helper.make_node("Conv", [f"wide{layer}", "mix"], [f"mixed{layer}"], pads=[3, 3]),
            helper.make_node("Conv", [f"mixed{layer}", "narrow"], [f"nothing{layer}"], pads=[3, 3]),
            helper.make_node("Add", [f"layer{layer}", f"nothing{layer}"], [f"layer{layer + 1}"]),
        ]
    return nodes


def _weights(work: int) -> list[Any]:
    if not work:
        return []
    shapes = {"widen": (_WIDTH, 1, 7), "mix": (_WIDTH, _WIDTH, 7), "narrow": (1, _WIDTH, 7)}
    random = numpy.random.default_rng(7)
    arrays = {name: random.normal(size=shape) / 50 for name, shape in shapes.items()}
    arrays["narrow"] *= 0
    return [_constant(name, array, "float32") for name, array in arrays.items()]
