"""The targets of `make fuzz`, tried without atheris, which is not there on every system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.errors import AudiogenError
from fuzz.running import Faults, place_of, tried
from fuzz.targets import CORPUS, TARGETS, Target, content_of

if TYPE_CHECKING:
    from pathlib import Path

#: Inputs that end in a refusal: there is a paywall.
REFUSED = {"wall"}
INPUTS = [(name, path.name) for name in TARGETS for path in sorted((CORPUS / name).iterdir())]


def failing(data: bytes) -> None:
    raise {b"ours": AudiogenError("it", "No."), b"other": ZeroDivisionError("by nothing")}[data]


@pytest.mark.parametrize(("target", "name"), INPUTS, ids=[" ".join(given) for given in INPUTS])
def test_an_input_of_the_corpus_gets_to_the_end(target: str, name: str) -> None:
    data = (CORPUS / target / name).read_bytes()
    if name in REFUSED:
        with pytest.raises(AudiogenError):
            TARGETS[target].run(data)
    else:
        TARGETS[target].run(data)


def test_every_target_has_inputs_and_every_folder_of_inputs_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert all(content_of(name) for name in TARGETS)


@pytest.mark.parametrize(("data", "kept"), [(b"ours", 0), (b"other", 1)])
def test_what_is_none_of_our_errors_is_kept_once(data: bytes, kept: int, tmp_path: Path) -> None:
    for _ in range(2):
        tried(Target(failing, (), ()), data, Faults("failing", tmp_path))
    assert [path.read_bytes() for path in tmp_path.iterdir() if not path.suffix] == [data] * kept


def test_a_fault_is_named_by_the_last_line_of_ours() -> None:
    from audiogen.readers import read

    with pytest.raises(TypeError) as caught:
        read(7)  # type: ignore[arg-type]
    assert place_of(caught.value).startswith("TypeError")
    assert "/audiogen/readers/" in place_of(caught.value)
