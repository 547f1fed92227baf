"""Runs one target under atheris in this process, for `fuzz.__main__`: counts inputs, and keeps what is at fault.

A fault does not end the run: its input is put into the folder of faults, once for each place in our code that it came
from. What ends the process (memory, standstill, a parser in C) libFuzzer puts there itself.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fuzz.targets import Target

#: Seconds of processor time that an input of `LONGEST` bytes may take, measured code being three times as slow.
SECONDS = 3.0
#: Seconds after which libFuzzer ends an input that does not come back, and megabytes for the whole process.
STANDSTILL, MEGABYTES = 60, 2_048
#: Longest input, in bytes.
LONGEST = 8_192


class Faults:
    """A folder of inputs at fault, each named by where its fault came from."""

    def __init__(self, target: str, folder: Path) -> None:
        self._target, self._folder = target, folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, data: bytes, where: str, report: str) -> None:
        """Keep an input, and what is known of it, unless there is one from the same place."""
        name = f"{self._target}-{hashlib.sha256(where.encode()).hexdigest()[:12]}"
        if not (self._folder / name).exists():
            (self._folder / name).write_bytes(data)
            (self._folder / f"{name}.txt").write_text(f"{where}\n\n{report}\n", encoding="utf-8", errors="replace")


class Counter:
    """Inputs tried, in a file that outlives the process."""

    def __init__(self, path: Path) -> None:
        path.touch()
        if not path.stat().st_size:
            path.write_bytes(struct.pack("q", 0))
        with path.open("r+b") as file:
            self._place = mmap.mmap(file.fileno(), 8)

    def add(self) -> None:
        struct.pack_into("q", self._place, 0, struct.unpack_from("q", self._place)[0] + 1)


def place_of(error: BaseException) -> str:
    """Name where a fault came from: its type, and the last lines of ours that were at work."""
    from fuzz.targets import Fault

    if isinstance(error, Fault):
        ours = [line.strip() for line in str(error).splitlines() if "/audiogen/" in line]
        return " ".join(["Fault", *ours[-1:], str(error).strip().splitlines()[-1][:60]])
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{frame.filename}:{frame.lineno}" for frame in frames if "/audiogen/" in frame.filename]
    return " ".join([type(error).__name__, *ours[-1:]])


def tried(target: Target, data: bytes, faults: Faults) -> None:
    """Try one input, and keep it where it is at fault."""
    from audiogen.errors import AudiogenError

    start = time.thread_time()
    try:
        target.run(data)
    except AudiogenError:
        pass
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        faults.keep(data, place_of(error), trace[-6_000:] + (str(error) if type(error).__name__ == "Fault" else ""))
    spent = time.thread_time() - start
    if spent > SECONDS:
        faults.keep(data, f"slow {len(data).bit_length()}", f"{spent:.1f} s of processor time")


def modules_of(packages: tuple[str, ...]) -> Iterator[str]:
    """Name every module of some packages, so that those that are imported late are measured, too."""
    for name in packages:
        yield name
        spec = sys.modules[name] if name in sys.modules else import_module(name)
        for module in walk_packages(getattr(spec, "__path__", ()), f"{name}."):
            if not module.name.endswith("__main__"):
                yield module.name


def main(name: str, seconds: int, seed: int, work: Path, faults: Path) -> None:
    """Run the target called *name* for so many seconds; never returns."""
    import atheris

    from fuzz import targets

    target = targets.TARGETS[name]
    with atheris.instrument_imports(include=list(target.packages)):
        for module in modules_of(target.packages):
            import_module(module)
    kept, counter = Faults(name, faults), Counter(work / "tried")
    # What loads once, models and word lists, is no input's time.
    for data in targets.content_of(name):
        tried(target, data, Faults(name, work / "first"))

    def one(data: bytes) -> None:
        counter.add()
        tried(target, data, kept)

    words = work / "words"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in target.words))
    (work / "corpus").mkdir(exist_ok=True)
    arguments = [
        "fuzz", str(work / "corpus"), str(targets.CORPUS / name), f"-max_total_time={seconds}", f"-seed={seed}",
        f"-max_len={LONGEST}", f"-timeout={STANDSTILL}", f"-rss_limit_mb={MEGABYTES}", f"-dict={words}",
        f"-artifact_prefix={faults}/{name}-", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(arguments, one)
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), Path(sys.argv[5]))
