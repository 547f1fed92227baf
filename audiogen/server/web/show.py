"""The show: its settings and disclosure, voices with samples, pronunciations, the audit, and the log."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from audiogen.disclosure import disclosure
from audiogen.episodes.state import LOG
from audiogen.errors import AudiogenError, LexiconError, LibraryError
from audiogen.server.accounts import Scope
from audiogen.server.sampling import SampleError
from audiogen.server.web.pages import Visit, page
from audiogen.settings import load_settings

if TYPE_CHECKING:
    from starlette.routing import Route

    from audiogen.episodes.library import Library
    from audiogen.episodes.storage import Storage
    from audiogen.server.service import Service

#: Name of the show's own lexicon in its library.
_LEXICON = "lexicon.toml"
#: Number of lines of the log that are shown, and number of bytes at its end that are read.
_LINES, _BYTES = 200, 100_000


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/show", _show, Scope.READ),
        page(service, "/app/show/voices", _voices, Scope.READ),
        page(service, "/app/show/voices/{name}", _sample, Scope.ADMIN),
        page(service, "/app/show/lexicon", _lexicon, Scope.READ),
        page(service, "/app/show/lexicon", _add_word, Scope.ADMIN, "POST"),
        page(service, "/app/show/audit", _audit, Scope.READ),
        page(service, "/app/show/audit", _check, Scope.ADMIN, "POST"),
        page(service, "/app/show/log", _log, Scope.READ),
    ]


async def _show(visit: Visit) -> Response:
    """Return the page with the settings on disk; they are changed only in `audiogen.toml`."""
    try:
        settings = await run_in_threadpool(load_settings, visit.service.home.root)
    except AudiogenError as error:
        return visit.refused(500, error.message)
    rows = [(one.name, getattr(settings.show, one.name)) for one in fields(settings.show)]
    text = disclosure(settings.show.language, settings.disclosure.text)
    return visit.page("show.html", settings=settings, rows=rows, disclosure=text)


async def _voices(visit: Visit) -> Response:
    """Return the page with the voices."""

    def load() -> list[Any]:
        from audiogen.engines.voices import load_cards

        cards = load_cards((visit.service.home.root / "voices",))
        return [card for name, card in sorted(cards.items()) if name != "tone"]

    try:
        return visit.page("voices.html", cards=await run_in_threadpool(load))
    except AudiogenError as error:
        return visit.refused(500, error.message)


async def _sample(visit: Visit) -> Response:
    """Return a voice's sample as a sound file."""
    try:
        sound = await run_in_threadpool(visit.service.sampler.speak, visit.request.path_params["name"])
    except SampleError as error:
        return visit.refused(503, str(error))
    return Response(sound, media_type="audio/wav", headers={"Cache-Control": "private, max-age=3600"})


async def _lexicon(visit: Visit) -> Response:
    """Return the page with the show's lexicon."""
    return await _words(visit)


async def _words(visit: Visit, status: int = 200, fault: str = "") -> Response:
    """Return the page with the show's lexicon; *fault* is an error message."""

    def load() -> list[Any]:
        from audiogen.narration.lexicon import parse_lexicon

        text, where = _lexicon_text(visit.service.home)
        return list(parse_lexicon(text, where).entries.values())

    try:
        return visit.page("lexicon.html", status, entries=await run_in_threadpool(load), fault=fault)
    except AudiogenError as error:
        return visit.refused(500, error.message)


def _lexicon_text(home: Library) -> tuple[str, object]:
    """Return the text of the show's lexicon, and its location; "" if there is none.

    Raises:
        LexiconError: It is not text.
        LibraryError: It cannot be read.
    """
    where = home.storage.where(_LEXICON)
    try:
        return (home.storage.read(_LEXICON) or b"").decode("utf-8-sig"), where
    except UnicodeDecodeError as error:
        raise LexiconError(where, f"The lexicon {where} is no valid TOML: {error}.") from error


async def _add_word(visit: Visit) -> Response:
    """Add a word to the show's lexicon, as `audiogen lexicon add` does."""
    form = await visit.form()
    word, respelling = (str(form.get(name, "")).strip() for name in ("word", "say"))

    def add() -> None:
        from audiogen.narration.lexicon import with_entry

        home = visit.service.home
        with home.state_lock():
            text, where = _lexicon_text(home)
            changed = with_entry(text, word, respelling, source=f"{visit.caller.name}, in the app", where=where)
            home.storage.write(_LEXICON, changed.encode())

    try:
        await run_in_threadpool(add)
    except (LexiconError, LibraryError) as error:
        return await _words(visit, 422, error.message)
    return visit.to("/app/show/lexicon", "word")


async def _audit(visit: Visit) -> Response:
    """Return the page with the result of the last check."""
    checker = visit.service.checker
    at = datetime.fromtimestamp(checker.result.at, UTC).strftime("%Y-%m-%d %H:%M UTC") if checker.result else ""
    return visit.page("audit.html", result=checker.result, running=checker.is_running, at=at)


async def _check(visit: Visit) -> Response:
    """Start a check."""
    await visit.form()
    visit.service.checker.start()
    return visit.to("/app/show/audit")


async def _log(visit: Visit) -> Response:
    """Return the page with the library's log."""
    return visit.page("log.html", entries=await run_in_threadpool(last_lines, visit.service.home.storage))


def last_lines(storage: Storage) -> list[dict[str, str]]:
    """Return the last entries of a library's log, the latest first; invalid lines are ignored."""
    try:
        lines = storage.read_part(LOG, -_BYTES).decode("utf-8", "replace").splitlines()
    except LibraryError:
        return []
    return [entry for line in reversed(lines[-_LINES:]) if (entry := _entry(line))]


def _entry(line: str) -> dict[str, str]:
    """Parse a line of the library's log; empty if it is invalid."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    entry = {key: str(data.get(key, "")) for key in ("at", "by", "did", "slug")}
    changed = data.get("changed")
    return entry | {"what": ", ".join(map(str, changed)) if isinstance(changed, list) else ""}
