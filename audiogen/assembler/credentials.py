"""Content Credentials (C2PA): a signed statement in the file that its sound is synthetic, and how it was made.

The certificate and its key are the user's. Signing is the last step: it rewrites the tags as ID3v2.4, and any later
change of the file invalidates the signature. No time-stamp authority is used, so a signature expires with its
certificate. The extra `c2pa` is required.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from audiogen.errors import AssemblyError
from audiogen.installation import install_command

if TYPE_CHECKING:
    from pathlib import Path

#: Media types of the files that can hold credentials.
_TYPES = {".mp3": "audio/mpeg", ".m4b": "audio/mp4"}
#: Bytes near the beginning of files with credentials: MP3 (media type of the GEOB frame), MP4 (a UUID box).
_TRACES = (b"application/c2pa", b"\xd8\xfe\xc3\xd6\x1b\x0eH<")
#: Number of bytes of a file that are searched for them.
_HEAD = 1 << 20
#: IPTC's names, http://cv.iptc.org/newscodes/digitalsourcetype/; c2pa-rs accepts any text, so they are checked here.
_SOURCE_TYPES = frozenset(
    {
        "trainedAlgorithmicMedia",
        "compositeWithTrainedAlgorithmicMedia",
        "algorithmicMedia",
        "compositeSynthetic",
        "dataDrivenMedia",
    }
)


class State(StrEnum):
    """The result of a check of credentials."""

    #: The file has no credentials.
    NONE = "none"
    #: The file is unchanged since it was signed, but the certificate is not trusted.
    VALID = "valid"
    #: The file is unchanged since it was signed, and the certificate is trusted.
    TRUSTED = "trusted"
    #: The file was changed after it was signed, or the statement is broken.
    INVALID = "invalid"
    #: The file has credentials, but the extra that reads them is not installed.
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Signer:
    """The PEM files that a file is signed with."""

    #: The certificate, followed by the intermediate ones.
    certificates: Path
    key: Path
    #: "ES256", "ES384", "PS256", "ED25519"…
    algorithm: str = "ES256"
    #: Roots that are trusted when a signature is checked.
    anchors: Path | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The facts that are signed."""

    title: str
    #: The article's address.
    url: str
    #: IPTC digital source type, a full address.
    source_type: str
    #: The disclosure's sentence.
    disclosure: str
    #: The speech engine, with its version if known.
    agent: str
    #: audiogen, with its version.
    generator: str


def sign(path: Path, statement: Statement, signer: Signer) -> None:
    """Sign the file at *path* in place.

    Raises:
        AssemblyError: The extra is not installed, the format cannot hold credentials, or the certificate is unsuitable.
    """
    c2pa = _library(path)
    if path.suffix not in _TYPES:
        raise AssemblyError(path, f"A {path.suffix} file holds no Content Credentials: use mp3 or m4b, or do not sign.")
    draft = path.with_name(f"{path.stem}.signed{path.suffix}")
    try:
        info = c2pa.C2paSignerInfo(
            c2pa.C2paSigningAlg[signer.algorithm], signer.certificates.read_bytes(), signer.key.read_bytes(), None
        )
        manifest = _manifest(statement, _TYPES[path.suffix])
        with (
            c2pa.Signer.from_info(info) as hand,
            c2pa.Builder(manifest, _context(c2pa, signer.anchors)) as builder,
            path.open("rb") as source,
            draft.open("w+b") as signed,
        ):
            builder.sign(hand, _TYPES[path.suffix], source, signed)
        draft.replace(path)
    except (OSError, KeyError, c2pa.C2paError) as error:
        raise AssemblyError(path, f"{path.name} could not be signed with {signer.certificates}: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def inspect(path: Path, anchors: Path | None = None) -> State:
    """Return the state of the credentials of a file; *anchors* are the trusted root certificates."""
    if path.suffix not in _TYPES or not _has_trace(path):
        return State.NONE
    try:
        c2pa = _library(path)
    except AssemblyError:
        return State.UNREAD
    try:
        with (
            path.open("rb") as file,
            c2pa.Reader(_TYPES[path.suffix], file, context=_context(c2pa, anchors)) as reader,
        ):
            return State(str(reader.get_validation_state()).lower())
    except (c2pa.C2paError, ValueError):
        return State.INVALID


def _has_trace(path: Path) -> bool:
    """Return whether the beginning of the file shows that it has credentials."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return any(trace in head for trace in _TRACES)


def _library(path: Path) -> Any:
    """Import and return c2pa; AssemblyError if it is not installed."""
    try:
        import c2pa
    except ImportError as error:
        raise AssemblyError(
            path,
            f"Content Credentials need more: `{install_command(extra='c2pa')}` brings it. Or empty c2pa.certificate.",
        ) from error
    return c2pa


def _context(c2pa: Any, anchors: Path | None) -> Any:
    """Return the library's settings: it fetches nothing and checks everything."""
    settings: dict[str, Any] = {
        "verify": {
            "verify_after_sign": True,
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
            "verify_trust": True,
        }
    }
    if anchors is not None:
        settings["trust"] = {"user_anchors": anchors.read_text(encoding="ascii")}
    return c2pa.Context.from_dict(settings)


def _manifest(statement: Statement, media_type: str) -> str:
    """Return the C2PA manifest definition, as JSON: how the sound was created, and its title and source."""
    if statement.source_type.rpartition("/")[2] not in _SOURCE_TYPES:
        raise AssemblyError(statement.source_type, f"{statement.source_type} is no digital source type of synthesis.")
    created = {
        "action": "c2pa.created",
        "digitalSourceType": statement.source_type,
        "softwareAgent": {"name": statement.agent},
        "description": statement.disclosure,
    }
    described = {
        "@context": {
            "dc": "http://purl.org/dc/elements/1.1/",
            "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        },
        "dc:title": statement.title,
        **({"dc:source": statement.url} if statement.url else {}),
        "Iptc4xmpExt:DigitalSourceType": statement.source_type,
    }
    name, _, version = statement.generator.partition(" ")
    return json.dumps(
        {
            "claim_generator_info": [{"name": name, "version": version}],
            "format": media_type,
            "title": statement.title,
            "assertions": [
                {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
                {"label": "cawg.metadata", "data": described},
            ],
        },
        ensure_ascii=False,
    )
