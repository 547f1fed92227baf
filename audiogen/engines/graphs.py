"""Changes models of onnxruntime so that they return more of their values, without the package onnx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def open_session(path: Path, value: str = "", *, arena: bool = True) -> Any:
    """Open a model with one thread in its session; if its graph computes *value*, that is added as the last output.

    The engine has other threads: one session with a single thread for each sentence is the fastest.
    With one thread there is no pool whose threads wait in a loop. Without *arena*, memory is freed after each
    run, rather than kept for a longer sentence.
    """
    from onnxruntime import ExecutionMode, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.enable_cpu_mem_arena = options.enable_mem_pattern = arena
    options.log_severity_level = 4  # it would write on stderr of a value that is not there
    if value:
        try:
            return InferenceSession(path.read_bytes() + graph_output(value), options, ["CPUExecutionProvider"])
        except Exception:  # another export, whose graph has no such value; a damaged one fails again below
            pass
    return InferenceSession(str(path), options, ["CPUExecutionProvider"])


def graph_output(name: str) -> bytes:
    """Return bytes to append to a model's file, which make its graph return one more value.

    Protocol buffers merge a message that comes twice: a further `ModelProto.graph` (field 7) that holds nothing but an
    `output` (12) with a `name` (1) adds that output to the graph.
    """
    return _field(7, _field(12, _field(1, name.encode())))


def _field(number: int, content: bytes) -> bytes:
    """Return a length-delimited field of a protocol buffer; the content must be shorter than 128 bytes."""
    assert len(content) < 128, "a length of one byte"
    return bytes((number << 3 | 2, len(content))) + content
