"""Files that only their owner reads are whole at any moment, and folders are closed only where they are the state's."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from audiogen.private import write_private, write_readable_by_owner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("write", "folder_mode"), [(write_private, 0o700), (write_readable_by_owner, 0o755)])
def test_a_file_is_its_owners_and_a_folder_is_closed_only_for_the_state(
    tmp_path: Path, write: Callable[[Path, bytes], None], folder_mode: int
) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    for content in (b"first", b"second"):
        write(folder / "kept.json", content)
    assert (folder / "kept.json").read_bytes() == b"second"
    assert mode(folder / "kept.json") == 0o600
    assert mode(folder) == folder_mode
    assert [path.name for path in folder.iterdir()] == ["kept.json"]


def test_what_cannot_be_written_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    write_private(path, b"first")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"second")
    assert path.read_bytes() == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]
