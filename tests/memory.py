"""What memory a test's own process took at most."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def peak() -> int:
    """Return the most memory that this process had at once, in kB.

    On Linux from /proc: `ru_maxrss` there includes what the process was forked from, and a test runner is large.
    """
    if sys.platform == "linux":
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
        assert found is not None
        return int(found[1])
    import resource

    result = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return result // 1024 if sys.platform == "darwin" else result
