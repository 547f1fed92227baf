"""The manifest: the authoritative description of an episode, as JSON beside its sound.

A public format: `manifest.schema.json` in this package describes it, and an incompatible change increments
`FORMAT`. Times are seconds from the start of the sound; texts are as written unless the key says "spoken".
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.model import Pronunciation, Saying
from audiogen.untrusted import public_address, without_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiogen.model import Article, Cue, Recording, Removed, Script, Utterance, Voice

#: Version of the format.
FORMAT = 1

#: Number of hexadecimal digits of a sentence's speech digest in the manifest.
SPEECH_DIGITS = 16

#: Media types of the sound files, by suffix.
MEDIA_TYPES = {".mp3": "audio/mpeg", ".m4b": "audio/mp4", ".opus": "audio/ogg"}


def asdict_article(article: Article) -> dict[str, Any]:
    """Return the manifest's section on the article."""
    return {
        "title": article.title,
        "dek": article.dek,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "modified": article.modified.isoformat() if article.modified else None,
        "site": article.site,
        "url": public_address(article.url),
        "language": article.language,
        "image": public_address(article.image),
        "tags": list(article.tags),
        **({"external_id": without_secrets(article.external_id)} if article.external_id else {}),
    }


def added_of(manifest: dict[str, Any]) -> str:
    """Return when the episode was first made; older manifests have only the time of the last making."""
    return str(manifest.get("added") or manifest.get("created") or "")


def build_manifest(
    article: Article, script: Script, recording: Recording, voice: Voice, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return the manifest of an episode; *facts* are the sections that the producer adds."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "format": FORMAT,
        "generator": f"audiogen {__version__}",
        "created": now,
        "added": now,
        **facts,
        "article": asdict_article(article),
        "audio": _audio(recording),
        "voice": {
            "name": voice.name,
            "engine": voice.engine,
            "id": voice.id,
            "synthesis": voice.synthesis.value,
        },
        "utterances": {
            "total": len(script.utterances),
            "spoken": sum(map(_is_spoken, script.utterances, recording.cues)),
        },
        "script": [_line(*pair) for pair in zip(script.utterances, recording.cues, strict=True)],
        "removed": [_left_out(entry) for entry in article.removed],
    }


def _audio(recording: Recording) -> dict[str, Any]:
    """Return the manifest's section on the sound file."""
    with recording.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "file": recording.path.name,
        "type": MEDIA_TYPES[recording.path.suffix],
        "bytes": recording.path.stat().st_size,
        "sha256": digest,
        "duration": round(recording.duration, 3),
        "sample_rate": recording.sample_rate,
        "bitrate": recording.bitrate,
        "loudness": recording.loudness,
        "peak": recording.peak,
    }


def _is_spoken(utterance: Utterance, cue: Cue) -> bool:
    """Return whether an utterance has sound; one without words ("…") needs none."""
    return cue.end > cue.start or not any(character.isalnum() for character in utterance.spoken)


def doubtful_lines(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the script's lines whose sound may be incomplete."""
    return [line for line in manifest["script"] if line.get("doubtful")]


def _line(utterance: Utterance, cue: Cue) -> dict[str, Any]:
    """Return the manifest's entry of an utterance."""
    return {
        "written": utterance.written,
        "spoken": utterance.spoken,
        "role": utterance.role.value,
        "block": utterance.block,
        "start": round(cue.start, 3),
        "end": round(cue.end, 3),
        **({"language": utterance.language} if utterance.language else {}),
        **({"doubtful": cue.doubt} if cue.doubt else {}),
        **({"word_times": "estimated"} if any(word.estimated for word in cue.words) else {}),
        **(
            {"said": pronunciations}
            if (pronunciations := [_pronunciation_fields(part) for part in utterance.pronunciations])
            else {}
        ),
        **({"speech": cue.digest[:SPEECH_DIGITS]} if cue.digest else {}),
    }


def _pronunciation_fields(part: Pronunciation) -> dict[str, Any]:
    """Return the manifest's entry of a pronunciation."""
    return {
        "start": part.start,
        "end": part.end,
        "kind": part.kind.value,
        **({"written": part.written} if part.written else {}),
        **({"ipa": part.ipa} if part.ipa else {}),
        **({"phonemes": dict(part.phonemes)} if part.phonemes else {}),
    }


def pronunciations_of(line: Mapping[str, Any]) -> tuple[Pronunciation, ...]:
    """Return the pronunciations in a line's spoken text; invalid ones are left out."""
    found = []
    for part in parts if isinstance(parts := line.get("said"), list) else ():
        with suppress(KeyError, TypeError, ValueError, AttributeError, OverflowError):
            phonemes = tuple((str(engine), str(text)) for engine, text in part.get("phonemes", {}).items())
            kind = Saying(part["kind"])
            written, ipa = str(part.get("written", "")), str(part.get("ipa", ""))
            found.append(Pronunciation(int(part["start"]), int(part["end"]), kind, written, ipa, phonemes))
    return tuple(found)


def _left_out(entry: Removed) -> dict[str, Any]:
    """Return the manifest's entry of a removed block."""
    block = entry.block
    return {
        "text": block.text,
        "reason": entry.reason.value,
        "rule": entry.rule,
        "kind": block.kind.value,
        **({"level": block.level} if block.level else {}),
        "position": entry.position,
    }
