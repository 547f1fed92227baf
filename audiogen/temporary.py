"""Temporary folders with their process in the name, so that those of killed processes are found and removed.

The name has the process id, its start time and the machine: `audiogen-speech-4711-88231-3f9c2a1b-x8k2`. The id alone is
soon reused, and in a library on a network drive it may be that of another machine.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import zlib
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The beginning of the names of folders outside of libraries.
PREFIX = "audiogen-"
_OWNER = re.compile(r"-(?P<pid>\d+)-(?P<start>\d+)-(?P<host>[0-9a-f]{8})-[^-]*\Z")
#: Windows' right to ask for the times of a process (PROCESS_QUERY_LIMITED_INFORMATION).
_QUERY = 0x1000
_swept_folders: set[str] = set()


def make_folder(prefix: str, parent: Path | None = None) -> Path:
    """Create a folder of this process in *parent*, by default among the system's temporary files.

    The caller removes it. At the first call for a parent, the folders of dead processes in it are removed.
    """
    directory = parent or Path(tempfile.gettempdir())
    if str(directory) not in _swept_folders:
        _swept_folders.add(str(directory))
        sweep(directory, prefix if parent else PREFIX)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{_mark()}-", dir=directory))


@contextmanager
def temporary_folder(prefix: str = PREFIX, parent: Path | None = None) -> Iterator[Path]:
    """Create a folder for the duration of a `with` block."""
    folder = make_folder(prefix, parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(directory: Path | None = None, prefix: str = PREFIX) -> None:
    """Remove the folders of dead processes in *directory*, by default the system's folder for temporary files."""
    with suppress(OSError), os.scandir(directory or tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and is_orphan(entry.name) and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)


def is_orphan(name: str) -> bool:
    """Return whether a folder's name has a process of this machine that is dead."""
    owner = _OWNER.search(name)
    if owner is None or owner["host"] != _host():
        return False
    return started(int(owner["pid"])) != int(owner["start"])


def is_marked(name: str) -> bool:
    """Return whether a folder's name has a process of this machine."""
    owner = _OWNER.search(name)
    return owner is not None and owner["host"] == _host()


def started(pid: int) -> int:
    """Return the start time of a process in a unit of the system; 0 if the process does not exist."""
    if sys.platform == "linux":
        return _start_time_on_linux(pid)
    return _start_time_on_windows(pid) if sys.platform == "win32" else _start_time_by_ps(pid)


def _start_time_on_linux(pid: int) -> int:
    """Return field 22 of /proc/PID/stat, in ticks since the system started; 0 for dead processes, zombies included."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return 0 if fields[0] == "Z" else int(fields[19])
    return 0


def _start_time_by_ps(pid: int) -> int:
    """Return a checksum of the start date that `ps` prints, on macOS and BSD."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        result = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, timeout=5, check=False)
        return zlib.crc32(result.stdout.strip()) if result.stdout.strip() else 0
    return 0


def _start_time_on_windows(pid: int) -> int:
    """Return the creation time by GetProcessTimes, in tenths of microseconds."""
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there is none to check elsewhere
    process = kernel.OpenProcess(_QUERY, False, pid)
    if not process:
        return 0
    times = [ctypes.c_ulonglong() for _ in range(4)]
    found = kernel.GetProcessTimes(process, *map(ctypes.byref, times))
    kernel.CloseHandle(process)
    return times[0].value if found and not times[1].value else 0


def _mark() -> str:
    """Return the part of a folder's name with this process's id, start time and machine."""
    return f"{os.getpid()}-{started(os.getpid())}-{_host()}"


@cache
def _host() -> str:
    """Return a checksum of this machine's name."""
    import socket

    return f"{zlib.crc32(socket.gethostname().encode()):08x}"
