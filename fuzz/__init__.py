"""Fuzzing with atheris: random documents, exports, manifests and settings, a target for each way in.

    make fuzz                              # every target, FUZZ_SECONDS each
    python -m fuzz readers --seconds 1200  # one of them

A fault is an exception that is none of `audiogen.errors`, more processor time or memory than a small input may take, or
the end of the process. Each target runs without atheris, too: the tests give it its corpus.
"""
