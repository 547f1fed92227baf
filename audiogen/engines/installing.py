"""Downloads models of neural voices: resumes, checks the files, and writes a card for each voice.

A hibari voice is in the table `hibari.toml`, with its size and SHA-256. A Piper voice is in the catalogue `voices.json`
at the base URL, which has the size and the MD5 of each file; by default that is Piper's own (rhasspy/piper-voices).
Kokoro's two files are from its releases. The name of a language means the voice recommended for it, whose sizes and
digests are in the table `recommended.toml`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from audiogen.engines import folders
from audiogen.engines.recommended import recommended
from audiogen.errors import EngineError, UnknownVoiceError
from audiogen.untrusted import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.engines.recommended import Recommendation

    #: Called with the file's name, the bytes received, and the bytes expected (0 if unknown).
    Progress = Callable[[str, int, int], None]

PIPER_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
KOKORO_URL = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
#: Names, sizes and SHA-256 of Kokoro's files.
KOKORO_FILES = (
    ("kokoro-v1.0.onnx", 325_532_387, "7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5"),
    ("voices-v1.0.bin", 28_214_398, "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d"),
)
#: Bytes left free on the disk beside a download.
SPARE = 10_000_000
#: Timeout of a download between two packets, in seconds; another run resumes it.
PATIENCE = 30.0
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its address, its path, its size and its digest."""

    url: str
    path: Path
    size: int = 0
    md5: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed voice: the card's name and file, and the files of the model."""

    name: str
    card: Path
    files: tuple[Path, ...]


def engine_of(name: str) -> str:
    """Return the engine of what `install` downloads under a name.

    >>> engine_of("piper:en_US-ljspeech-high"), engine_of("kokoro"), engine_of("german"), engine_of("french")
    ('piper', 'kokoro', 'piper', 'kokoro')
    """
    found = None if ":" in name else recommended(name)
    return found.engine if found else name.partition(":")[0]


def install(name: str, *, base_url: str = "", progress: Progress | None = None, default: bool = True) -> Installed:
    """Download the voice *name* (`german`, `piper:en_US-ljspeech-high`, `kokoro`), and write a card for it.

    Existing files are not downloaded again; a partial download is resumed.

    Args:
        name: A language, by its English name, its own name or its tag; or engine and voice.
        base_url: Base URL of the files; by default that of the engine's project.
        progress: Called after each block.
        default: Whether the voice recommended for a language becomes its default.

    Raises:
        UnknownVoiceError: The catalogue has no such voice, or no engine downloads voices of this kind.
        EngineError: The server cannot be reached, or a file has another size or digest.
    """
    engine, _, voice = name.partition(":")
    if engine == "piper" and voice:
        return _install_piper(voice, (base_url or PIPER_URL).rstrip("/"), progress)
    if engine == "hibari" and voice:
        return _install_hibari(voice, base_url.rstrip("/"), progress)
    if engine == "kokoro":
        return _install_kokoro(voice or "af_heart", (base_url or KOKORO_URL).rstrip("/"), progress)
    if ":" not in name and (found := recommended(name)):
        return _install_recommended(found, base_url.rstrip("/"), progress, default)
    raise UnknownVoiceError(
        name,
        f"'{name}' is no voice that can be fetched: write a language, as german, or hibari:emma, or "
        "piper:en_US-ljspeech-high, or kokoro, or kokoro:bf_emma.",
    )


def piper_catalogue(base_url: str = "") -> dict[str, Any]:
    """Return Piper's catalogue: voices by name.

    Raises:
        EngineError: it can't be downloaded.
    """
    url = f"{(base_url or PIPER_URL).rstrip('/')}/voices.json"
    try:
        with _open(url) as answer:
            catalogue: dict[str, Any] = json.loads(answer.read())
    except (OSError, ValueError) as error:
        raise EngineError(
            "piper", f"The catalogue of Piper's voices, {url}, could not be read: {_why(error)}."
        ) from error
    return catalogue


def _install_hibari(voice: str, base_url: str, progress: Progress | None) -> Installed:
    """Download one of hibari's voices; its card is among the package's own, and `heart` needs no model."""
    from audiogen.engines.hibari import BUNDLED, downloads
    from audiogen.engines.hibari import base_url as usual_url

    if voice == BUNDLED:
        return Installed("hibari", folders.package_cards() / "hibari.toml", ())
    if voice not in downloads():
        near = get_close_matches(voice, downloads(), 3, 0.4) or sorted(downloads())
        raise UnknownVoiceError(voice, f"hibari has no voice '{voice}' to fetch. Did you mean {' or '.join(near)}?")
    facts = downloads()[voice]
    file, size, digest = facts["file"], facts["bytes"], facts["sha256"]
    target = folders.models() / "hibari" / file
    path = fetch(Download(f"{base_url or usual_url()}/{file}", target, size, sha256=digest), progress)
    card = folders.package_cards() / f"hibari-{voice}.toml"
    return Installed(card.stem, card, (path,))


def _install_piper(voice: str, base_url: str, progress: Progress | None) -> Installed:
    """Download a voice of Piper's catalogue, and write its card."""
    catalogue = piper_catalogue(base_url)
    if voice not in catalogue:
        near = get_close_matches(voice, catalogue, 3, 0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownVoiceError(voice, f"Piper's catalogue has no voice '{voice}'.{hint}")
    entry = catalogue[voice]
    folder = folders.models() / "piper"
    files = []
    # The configuration comes last: a model without one does not count as installed.
    for path in sorted(entry["files"], key=lambda path: (path.endswith(".json"), path)):
        if path.endswith((".onnx", ".onnx.json")):
            facts = entry["files"][path]
            target = folder / path.rsplit("/", 1)[-1]
            files.append(
                fetch(Download(f"{base_url}/{quote(path)}", target, facts["size_bytes"], facts["md5_digest"]), progress)
            )
    card = _piper_card(voice, entry)
    return Installed(card.stem, card, tuple(files))


def _piper_card(voice: str, entry: dict[str, Any]) -> Path:
    """Write the card of a Piper voice from its entry in the catalogue."""
    language = entry.get("language", {})
    tag = str(language.get("code", "")).replace("_", "-")
    fields = {
        "engine": "piper",
        "id": voice,
        "language": tag,
        "description": f"{language.get('name_english', tag)}, Piper, {entry.get('quality', '')} quality".strip(),
        "synthesis": "trained",
        "licence": "see the voice's MODEL_CARD",
        "origin": f"https://huggingface.co/rhasspy/piper-voices (voice {voice})",
    }
    return write_card(str(entry.get("name") or voice), fields)


def _install_kokoro(voice: str, base_url: str, progress: Progress | None) -> Installed:
    """Download the Kokoro model if it is missing, and write the card of one of its voices."""
    from audiogen.engines.kokoro import language_of

    files = _kokoro_files(base_url, progress)
    fields: dict[str, Any] = {
        "engine": "kokoro",
        "id": voice,
        "language": language_of(voice),
        "description": f"Kokoro, {voice}",
        "synthesis": "trained",
        "licence": "Apache-2.0",
        "origin": "https://huggingface.co/hexgrad/Kokoro-82M",
    }
    card = write_card(voice.partition("_")[2] or voice, fields)
    return Installed(card.stem, card, files)


def _kokoro_files(base_url: str, progress: Progress | None) -> tuple[Path, ...]:
    """Download Kokoro's files if they are missing, and return their paths."""
    folder = folders.models() / "kokoro"
    return tuple(
        fetch(Download(f"{base_url}/{name}", folder / name, size, sha256=digest), progress)
        for name, size, digest in KOKORO_FILES
    )


def _install_recommended(found: Recommendation, base_url: str, progress: Progress | None, default: bool) -> Installed:
    """Download a recommended voice, and write its card; make it the default if asked to."""
    if found.engine == "kokoro":
        files = _kokoro_files(base_url or KOKORO_URL, progress)
    else:
        folder = folders.models() / found.engine
        files = tuple(
            fetch(
                Download(
                    f"{base_url or PIPER_URL}/{quote(file.path)}",
                    folder / file.path.rpartition("/")[2],
                    file.size,
                    file.md5,
                ),
                progress,
            )
            for file in found.files
        )
    fields = {
        "default": default,
        "engine": found.engine,
        "id": found.voice,
        "language": found.language,
        "description": f"{found.title}, {found.engine.capitalize()}",
        "synthesis": "trained",
        "licence": found.licence,
        "origin": found.source,
        "options": dict(found.options),
    }
    card = write_card(_short_name(found), fields)
    if default:
        _make_default(card, found)
    return Installed(card.stem, card, files)


def _short_name(found: Recommendation) -> str:
    """Return the name of the voice's card, that of its speaker.

    The language's name would replace the voice of old episodes that were made with the card of that name.
    """
    speaker = found.options.get("speaker", "")
    parts = found.voice.split("-")
    return (speaker or (parts[1] if len(parts) > 2 else found.voice.partition("_")[2] or found.voice)).lower()


def _make_default(card: Path, found: Recommendation) -> None:
    """Add the line that makes a card its language's default, if an existing card of the voice lacks it."""
    text = card.read_text(encoding="utf-8")
    try:
        table = parse_toml(text)
    except tomllib.TOMLDecodeError:
        return
    if "default" not in table and (table.get("engine"), table.get("id")) == (found.engine, found.voice):
        card.write_text(f"default = true\n{text}", encoding="utf-8")


def write_card(name: str, fields: dict[str, Any]) -> Path:
    """Write a card into the user's folder, unless one of this name exists: the user may have edited it."""
    folder = folders.user_cards()
    path = folder / f"{name}.toml"
    if not path.exists():
        tables = {key: value for key, value in fields.items() if isinstance(value, dict) and value}
        lines = [_line(key, value) for key, value in fields.items() if value and key not in tables]
        for table, values in tables.items():
            lines += [f"\n[{table}]\n", *(_line(key, value) for key, value in values.items())]
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    return path


def _line(key: str, value: str | bool) -> str:
    """Return a line of TOML."""
    return f"{key} = {json.dumps(value, ensure_ascii=False)}\n"


def fetch(download: Download, progress: Progress | None = None) -> Path:
    """Download a file, or resume a partial download; it gets its name when it is complete.

    Raises:
        EngineError: the server can't be reached, or the file is not what was promised; what is wrong is deleted.
    """
    if _is_whole(download.path, download):
        return download.path
    part = download.path.with_name(f"{download.path.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    _check_space(download, part)
    try:
        _receive(download, part, progress)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise EngineError(download.url, _full(part)) from error
        raise EngineError(
            download.url, f"{download.url} could not be fetched: {_why(error)}. Run the same command again to go on."
        ) from error
    if not _is_whole(part, download):
        part.unlink()
        raise EngineError(
            download.url, f"{download.url} did not arrive as its catalogue promises; it was deleted. Try once more."
        )
    part.replace(download.path)
    return download.path


def _check_space(download: Download, part: Path) -> None:
    """Raise an error if the disk has no space for a download."""
    missing = download.size - (part.stat().st_size if part.exists() else 0)
    if download.size and shutil.disk_usage(part.parent).free < missing + SPARE:
        raise EngineError(download.url, f"{download.path.name} needs {missing // 1_000_000 + 1} MB more. {_full(part)}")


def _full(part: Path) -> str:
    """Return the message that the disk is full."""
    return f"The disk of {part.parent} is full: make room there and run the same command again to go on."


def _receive(download: Download, part: Path, progress: Progress | None) -> None:
    """Append to the partial file, or start again if the server sends the whole file."""
    have = part.stat().st_size if part.exists() else 0
    if download.size and have >= download.size:
        return
    try:
        answer = _open(download.url, {"Range": f"bytes={have}-"} if have else {})
    except HTTPError as error:
        if error.code == 416 and have:  # everything is there already, or it changed: the check will tell
            return
        raise
    with answer, part.open("ab" if answer.status == 206 else "wb") as file:
        have = file.tell()
        total = have + int(answer.headers.get("Content-Length") or 0)
        while block := answer.read(_BLOCK):
            file.write(block)
            have += len(block)
            if progress:
                progress(download.path.name, have, max(total, download.size))
    if have < total:
        raise URLError(f"the connection ended after {have} of {total} bytes")


def _is_whole(path: Path, download: Download) -> bool:
    """Return whether a file has the download's size and digests."""
    if not path.is_file() or (download.size and path.stat().st_size != download.size):
        return False
    return _has(path, "sha256", download.sha256) and _has(path, "md5", download.md5)


def _has(path: Path, method: str, digest: str) -> bool:
    """Return whether a file has this *digest*; True if *digest* is empty."""
    if not digest:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(method, usedforsecurity=False)).hexdigest() == digest


def _open(url: str, headers: dict[str, str] | None = None) -> Any:
    """Return the response to a request."""
    return urlopen(Request(url, headers={"User-Agent": "audiogen", **(headers or {})}), timeout=PATIENCE)


def _why(error: Exception) -> str:
    """Return the reason of a network error."""
    if isinstance(error, HTTPError):
        return f"the server answered {error.code}"
    return str(getattr(error, "reason", error))
