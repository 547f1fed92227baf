"""Scripts: which letters a text is written in, and which languages are written in them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

#: Letters of each script (ISO 15924 code) outside of Latin, by Unicode's blocks.
_RANGES = {
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Deva": "\u0900-\u097f\ua8e0-\ua8ff",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b7f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Sinh": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Laoo": "\u0e80-\u0eff",
    "Tibt": "\u0f00-\u0fff",
    "Mymr": "\u1000-\u109f\uaa60-\uaa7f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Armn": "\u0530-\u058f\ufb13-\ufb17",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "Khmr": "\u1780-\u17ff\u19e0-\u19ff",
    "Mong": "\u1800-\u18af",
    "Cher": "\u13a0-\u13ff",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Kana": "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff",
    "Hani": "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
#: Language of the scripts that one language has almost for itself; of the others its commonest.
LANGUAGES = {
    "Grek": "el", "Hebr": "he", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te",
    "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka",
    "Armn": "hy", "Ethi": "am", "Khmr": "km", "Mong": "mn", "Cher": "chr", "Hang": "ko", "Kana": "ja", "Hani": "zh",
}  # fmt: skip
#: Scripts of languages that are not written in Latin letters, for declarations that the letters deny.
_OF_LANGUAGE = {
    **{tag: script for script, tag in LANGUAGES.items()},
    **dict.fromkeys(["ru", "uk", "be", "bg", "mk", "ky", "kk", "mn", "tg", "tt", "ba", "cv", "ce"], "Cyrl"),
    **dict.fromkeys(["ar", "fa", "ur", "ps", "ug", "sd", "ckb"], "Arab"),
    **dict.fromkeys(["hi", "mr", "ne", "sa", "kok", "mai", "bho"], "Deva"),
    **dict.fromkeys(["yue", "wuu", "cmn"], "Hani"),
    "as": "Beng", "ti": "Ethi", "yi": "Hebr", "grc": "Grek",
}  # fmt: skip
#: Languages written in more than one script.
_BOTH = {"sr": {"Cyrl", "Latn"}, "uz": {"Cyrl", "Latn"}, "az": {"Cyrl", "Latn"}, "ku": {"Arab", "Latn"}}
#: A letter of these says about as much as three of an alphabet.
_DENSE = {"Hani": 3, "Kana": 2, "Hang": 2}
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in {"Latn": _LATIN, **_RANGES}.items()}


@lru_cache(maxsize=8192)
def script_of_letter(letter: str) -> str:
    """Name the script of one letter; "" for what is none."""
    return next((name for name, letters in _LETTERS.items() if letters.match(letter)), "")


def scripts_of(text: str) -> Counter[str]:
    """Count the letters of each script, those that say more than an alphabet's weighted.

    >>> dict(scripts_of("Tokyo, 東京"))
    {'Latn': 5, 'Hani': 6}
    """
    counts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if name := script_of_letter(letter):
            counts[name] += times * _DENSE.get(name, 1)
    return counts


def script_of(text: str) -> str:
    """Name the script of most letters; "" if there is none. Japanese is "Kana" though most of it may be Han.

    >>> script_of("Порт Rotterdam замерз"), script_of("1984"), script_of("東京の港")
    ('Cyrl', '', 'Kana')
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else ""
    counts = scripts_of(text)
    if not counts:
        return ""
    east = {name: counts[name] for name in ("Hani", "Kana", "Hang") if counts[name]}
    best, most = counts.most_common(1)[0]
    if sum(east.values()) < most and best not in east:
        return best
    return _eastern(east)


def _eastern(counts: dict[str, int]) -> str:
    """Tell Chinese, Japanese and Korean apart: Han letters stand in all three."""
    total = sum(counts.values())
    for name in ("Kana", "Hang"):
        if counts.get(name, 0) > 0.08 * total:
            return name
    return "Hani"


def written_in(language: str) -> frozenset[str]:
    """Return the scripts a language is written in, as its tag says: ("uk" -> Cyrl); Latin for those not listed."""
    primary = language.split("-")[0].lower()
    if primary in ("ja", "zh", "ko", "yue", "cmn"):
        return frozenset({"Hani", _OF_LANGUAGE[primary]})
    return frozenset(_BOTH.get(primary) or {_OF_LANGUAGE.get(primary, "Latn")})
