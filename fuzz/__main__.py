"""Fuzz targets for a while, and tell how many inputs were tried and what is at fault.

    python -m fuzz [TARGET...] [--seconds 60] [--faults FOLDER] [--seed 1]

Ends with 1 where anything is at fault; the inputs are in the folder of faults then, each with a `.txt` that says why.
"""

from __future__ import annotations

import argparse
import os
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz.targets import TARGETS

#: Shortest time that is worth a start, in seconds.
LEAST = 5


def fuzz(name: str, seconds: int, seed: int, faults: Path) -> int:
    """Fuzz one target in processes of its own, a new one where one ended; give how many inputs were tried."""
    with tempfile.TemporaryDirectory(prefix="audiogen-fuzz-") as made:
        work, end = Path(made), time.monotonic() + seconds
        # Nobody's own settings, and nothing of theirs, has a part in it.
        environment = {**os.environ, "HOME": made, "XDG_CONFIG_HOME": made, "XDG_DATA_HOME": made, "TMPDIR": made}
        while (left := int(end - time.monotonic())) >= min(LEAST, seconds):
            command = [sys.executable, "-m", "fuzz.running", name, str(left), str(seed), str(work), str(faults)]
            with (work / "log").open("ab") as log:
                ended = subprocess.run(command, env=environment, stdout=log, stderr=log, check=False).returncode
            if not (work / "tried").exists():
                raise SystemExit(f"{name} did not start:\n{(work / 'log').read_text(errors='replace')[-3_000:]}")
            if ended == 0:
                break
            # libFuzzer has put aside what ended it; the same seed would come to the same.
            (faults / f"{name}-ended-{seed}.txt").write_bytes((work / "log").read_bytes()[-6_000:])
            seed += 1
        return int(struct.unpack("q", (work / "tried").read_bytes())[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target; 60")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers; 1")
    parser.add_argument("--faults", type=Path, default=Path("fuzz/faults"), help="folder for inputs at fault")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    faults = asked.faults.absolute()
    faults.mkdir(parents=True, exist_ok=True)
    before = set(faults.iterdir())
    for name in asked.targets or TARGETS:
        tried = fuzz(name, asked.seconds, asked.seed, faults)
        found = [path for path in sorted(set(faults.iterdir()) - before) if path.name.startswith(f"{name}-")]
        reports = [path for path in found if path.suffix == ".txt"]
        print(f"{name:10} {tried:>9,} inputs, {len(reports)} faults", flush=True)
        for path in reports:
            print(f"  {path}: {path.read_text(errors='replace').splitlines()[0][:160]}", flush=True)
    return 1 if set(faults.iterdir()) - before else 0


if __name__ == "__main__":
    sys.exit(main())
