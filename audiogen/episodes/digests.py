"""Digests of an article and of the settings, by which the library knows whether an episode is still up to date.

A digest is of the values that differ from their defaults, as JSON with sorted keys. So a new field or a new
setting changes no digest while it has its default, and a new default changes none if the value was not set.

Version 1, of audiogen 0.1.0, was the `repr` of whole dataclasses. Its episodes are recognised by it, so the fields
that it had are listed here and never change.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.model import Article, Voice
    from audiogen.settings import Settings

#: Version of the digests that are written: `digests.version` of a manifest. Without it, a manifest has version 1.
VERSION = 2

#: Facts of the article, besides the text, that an episode uses. Tags are only shown: if they change, files are updated
#: without speaking.
_OF_ARTICLE = ("title", "dek", "authors", "published", "modified", "site", "url", "language", "image")
#: Sections of the settings that affect the sound, and their keys that do not.
_HEARD = ("disclosure", "audio", "speech", "stand_ins")
_UNHEARD = frozenset({("speech", "cache"), ("speech", "strict")})

#: The fields of version 1, in its order.
_FIELDS_1: dict[str, tuple[str, ...]] = {
    "article": (*_OF_ARTICLE, "tags"),
    "disclosure": ("text", "place"),
    "audio": ("loudness", "peak", "quality", "format", "intro", "outro", "bed"),
    "speech": ("voice", "rate", "cache"),
    "stand_ins": ("table", "code", "formula", "embed", "video", "chart", "link_list"),
    "c2pa": ("certificate", "key", "algorithm", "anchors"),
    "voice": (
        "name", "engine", "id", "language", "description", "rate", "pitch", "loudness", "synthesis", "licence",
        "origin", "pauses", "roles", "lexicon", "options",
    ),
}  # fmt: skip
#: Names of the sections in the notes of version 1.
_CLASSES_1 = {"disclosure": "Disclosure", "audio": "Audio", "speech": "Speech", "stand_ins": "StandIns"}


def article_digest(article: Article, version: int = VERSION) -> str:
    """Return the digest of what an episode uses of its article, in a *version* of digests."""
    texts = [block.text for block in article.blocks]
    if version == 1:
        values = {name: _plain_1(getattr(article, name)) for name in _FIELDS_1["article"]}
        return _digest(repr((values, texts)))
    return _digest(canonical({name: getattr(article, name) for name in _OF_ARTICLE} | {"blocks": texts}))


def settings_digest(settings: Settings, custom: Voice | None = None) -> str:
    """Return the digest of what an episode uses of the settings.

    *custom* is the voice, if its card is the user's or the show's. A card of the package counts only by its name in the
    settings: a new version with another card or default does not outdate a library.
    """
    signed = {"c2pa": _differing(settings.c2pa)} if settings.c2pa.certificate else {}
    voice = {"voice": _differing(custom)} if custom is not None else {}
    return _digest(canonical(_heard(settings) | signed | voice))


def lexicon_digest(entries: Sequence[Any]) -> str:
    """Return the digest of the word-list entries that an article uses; "" if it uses none."""
    values = [_differing(entry) | {"source": ""} for entry in entries]
    return _digest(canonical({"entries": values})) if values else ""


def settings_digest_1(settings: Settings, voice: Voice) -> str:
    """Return the digest of settings and voice of version 1."""
    heard = [_asdict_1(name, getattr(settings, name)) for name in _HEARD]
    signed = [_asdict_1("c2pa", settings.c2pa)] if settings.c2pa.certificate else []
    values = _asdict_1("voice", voice)
    values |= {name: dict(values[name]) for name in ("pauses", "roles", "lexicon", "options")}
    return _digest(repr((heard + signed, sorted(settings.pauses.items()), values)))


def heard_settings_digest(settings: Settings) -> str:
    """Return the digest of the settings that affect the sound, without the voice; for the library's notes."""
    return f"{VERSION}:{hashlib.sha256(canonical(_heard(settings)).encode()).hexdigest()[:16]}"


def heard_settings_digest_1(settings: Settings) -> str:
    """Return the digest of the settings in notes of version 1."""
    sections = [_repr_1(name, getattr(settings, name)) for name in _HEARD]
    values = ", ".join([*sections, repr(sorted(settings.pauses.items()))])
    return hashlib.sha256(f"({values})".encode()).hexdigest()[:16]


def canonical(values: Mapping[str, Any]) -> str:
    """Write values as JSON: sorted keys, no empty values, and the same number in one form (1 and 1.0).

    >>> canonical({"rate": 200, "pauses": {}, "authors": ("B", "A")})
    '{"authors":["B","A"],"rate":200.0}'
    """
    kept = {name: plain for name, value in values.items() if (plain := _plain(value)) not in ("", None, [], {})}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _heard(settings: Settings) -> dict[str, Any]:
    sections = {name: _differing(getattr(settings, name)) for name in _HEARD}
    for section, key in _UNHEARD:
        sections[section].pop(key, None)
    return sections | {"pauses": settings.pauses}


def _differing(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass that differ from their defaults."""
    differing = {}
    for entry in fields(value):
        default = entry.default_factory() if entry.default_factory is not MISSING else entry.default
        if (actual := getattr(value, entry.name)) != default:
            differing[entry.name] = actual
    return differing


def _plain(value: Any) -> Any:
    """Convert a value to JSON types for a digest; numbers become floats, so that 1 and 1.0 have one digest."""
    if is_dataclass(value):
        return _plain(_differing(value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str | bool) or value is None:
        return value
    if hasattr(value, "items"):
        return {str(name): _plain(entry) for name, entry in value.items()}
    return [_plain(entry) for entry in value]


def _plain_1(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _asdict_1(name: str, value: Any) -> dict[str, Any]:
    return {field: _value_1(field, getattr(value, field)) for field in _FIELDS_1[name]}


def _repr_1(name: str, value: Any) -> str:
    values = ", ".join(f"{field}={_value_1(field, getattr(value, field))!r}" for field in _FIELDS_1[name])
    return f"{_CLASSES_1[name]}({values})"


def _value_1(field: str, value: Any) -> Any:
    # Whether speech is cached does not affect the sound.
    return True if field == "cache" else value


def _digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
