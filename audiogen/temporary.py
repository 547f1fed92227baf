"""Temporary folders that tell whose they are, so that what a killed process left is known and removed.

Their names hold the process, when it started and the machine: `audiogen-speech-4711-88231-3f9c2a1b-x8k2`. A process
number alone is soon another's, and in a library on a network drive it may be another machine's.
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

#: How the folders begin that are made outside of libraries.
PREFIX = "audiogen-"
_OWNER = re.compile(r"-(?P<pid>\d+)-(?P<start>\d+)-(?P<host>[0-9a-f]{8})-[^-]*\Z")
#: Windows' right to ask for the times of a process (PROCESS_QUERY_LIMITED_INFORMATION).
_QUERY = 0x1000
_swept: set[str] = set()


def make_folder(prefix: str, parent: Path | None = None) -> Path:
    """Make a folder of this process in *parent*, or where the system keeps temporary files; the caller removes it.

    For the first in a place, what dead processes left there is removed.
    """
    directory = parent or Path(tempfile.gettempdir())
    if str(directory) not in _swept:
        _swept.add(str(directory))
        sweep(directory, prefix if parent else PREFIX)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{_mark()}-", dir=directory))


@contextmanager
def temporary_folder(prefix: str = PREFIX, parent: Path | None = None) -> Iterator[Path]:
    """Lend a folder that is gone afterwards."""
    folder = make_folder(prefix, parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(directory: Path | None = None, prefix: str = PREFIX) -> None:
    """Remove the folders in *directory*, or among the system's temporary files, whose process is dead."""
    with suppress(OSError), os.scandir(directory or tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and is_orphan(entry.name) and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)


def is_orphan(name: str) -> bool:
    """Return whether the process that a folder's name tells of was one of this machine, and is dead."""
    owner = _OWNER.search(name)
    if owner is None or owner["host"] != _host():
        return False
    return started(int(owner["pid"])) != int(owner["start"])


def is_marked(name: str) -> bool:
    """Return whether a folder's name names a process of this machine."""
    owner = _OWNER.search(name)
    return owner is not None and owner["host"] == _host()


def started(pid: int) -> int:
    """Return a number for the moment at which a process started; 0 if the process does not exist."""
    if sys.platform == "linux":
        return _started_on_linux(pid)
    return _started_on_windows(pid) if sys.platform == "win32" else _started_by_ps(pid)


def _started_on_linux(pid: int) -> int:
    """Read field 22 of /proc/PID/stat, ticks since the system started; a zombie is dead."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return 0 if fields[0] == "Z" else int(fields[19])
    return 0


def _started_by_ps(pid: int) -> int:
    """Ask `ps`, which macOS and BSD have; it writes a date."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        result = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, timeout=5, check=False)
        return zlib.crc32(result.stdout.strip()) if result.stdout.strip() else 0
    return 0


def _started_on_windows(pid: int) -> int:
    """Ask the kernel (GetProcessTimes), in its tenths of microseconds."""
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
    return f"{os.getpid()}-{started(os.getpid())}-{_host()}"


@cache
def _host() -> str:
    import socket

    return f"{zlib.crc32(socket.gethostname().encode()):08x}"
