"""Fetching the models of neural voices: resumable, checked, and with a card for each so that it can be named.

A Piper voice is looked up in the catalogue `voices.json` at the base URL, which gives the size and the MD5 of each
file; it is the project's own (rhasspy/piper-voices). Kokoro's two files come from its releases.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from audiogen.engines import places
from audiogen.errors import EngineError, UnknownVoiceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    #: Called with the file's name, the bytes that are there and the bytes it will have, 0 where nobody knows.
    Progress = Callable[[str, int, int], None]

PIPER_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
KOKORO_URL = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
KOKORO_FILES = ("kokoro-v1.0.onnx", "voices-v1.0.bin")
#: Seconds without a packet after which a download counts as broken; running it again goes on where it stopped.
PATIENCE = 30.0
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: where from, where to, and how to know that it is whole."""

    url: str
    path: Path
    size: int = 0
    md5: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice that was fetched: the card's name and file, and the files of the model."""

    name: str
    card: Path
    files: tuple[Path, ...]


def install(name: str, *, base_url: str = "", progress: Progress | None = None) -> Installed:
    """Fetch the voice called *name*, `piper:en_US-lessac-medium` or `kokoro`, and write a card for it.

    What is there already is not fetched again; what was cut off goes on where it stopped.

    Args:
        name: engine and voice.
        base_url: of the files; the engine's project where it is empty.
        progress: called after each block.

    Raises:
        UnknownVoiceError: the catalogue has no such voice, or no engine fetches voices of this kind.
        EngineError: the server can't be reached, or what came is not what was promised.
    """
    engine, _, voice = name.partition(":")
    if engine == "piper" and voice:
        return _install_piper(voice, (base_url or PIPER_URL).rstrip("/"), progress)
    if engine == "kokoro":
        return _install_kokoro(voice or "af_heart", (base_url or KOKORO_URL).rstrip("/"), progress)
    raise UnknownVoiceError(
        name,
        f"'{name}' is no voice that can be fetched: write piper:en_US-lessac-medium, or kokoro, or kokoro:bf_emma.",
    )


def piper_catalogue(base_url: str = "") -> dict[str, Any]:
    """Return Piper's catalogue: voices by name.

    Raises:
        EngineError: it can't be had.
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


def _install_piper(voice: str, base_url: str, progress: Progress | None) -> Installed:
    catalogue = piper_catalogue(base_url)
    if voice not in catalogue:
        near = get_close_matches(voice, catalogue, 3, 0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownVoiceError(voice, f"Piper's catalogue has no voice '{voice}'.{hint}")
    entry = catalogue[voice]
    folder = places.models() / "piper"
    files = []
    # The configuration comes last: a model without one does not count as installed.
    for path in sorted(entry["files"], key=lambda path: (path.endswith(".json"), path)):
        if path.endswith((".onnx", ".onnx.json")):
            facts = entry["files"][path]
            target = folder / path.rsplit("/", 1)[-1]
            files.append(
                fetch(Download(f"{base_url}/{path}", target, facts["size_bytes"], facts["md5_digest"]), progress)
            )
    card = _piper_card(voice, entry)
    return Installed(card.stem, card, tuple(files))


def _piper_card(voice: str, entry: dict[str, Any]) -> Path:
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
    from audiogen.engines.kokoro import language_of

    folder = places.models() / "kokoro"
    files = tuple(fetch(Download(f"{base_url}/{name}", folder / name), progress) for name in KOKORO_FILES)
    fields = {
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


def write_card(name: str, fields: dict[str, str]) -> Path:
    """Write a card into the user's folder, unless one of this name is there: that may have been changed by hand."""
    folder = places.user_cards()
    path = folder / f"{name}.toml"
    if not path.exists():
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items() if value]
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    return path


def fetch(download: Download, progress: Progress | None = None) -> Path:
    """Fetch a file, going on where an earlier attempt stopped; it gets its name when it is whole.

    Raises:
        EngineError: the server can't be reached, or the file is not what was promised; what is wrong is deleted.
    """
    if _is_whole(download.path, download):
        return download.path
    part = download.path.with_name(f"{download.path.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        _receive(download, part, progress)
    except OSError as error:
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


def _receive(download: Download, part: Path, progress: Progress | None) -> None:
    """Append to what there is; a server that begins anew makes us do so too."""
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
    if not path.is_file() or (download.size and path.stat().st_size != download.size):
        return False
    if not download.md5:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest() == download.md5


def _open(url: str, headers: dict[str, str] | None = None) -> Any:
    return urlopen(Request(url, headers={"User-Agent": "audiogen", **(headers or {})}), timeout=PATIENCE)


def _why(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"the server answered {error.code}"
    return str(getattr(error, "reason", error))
