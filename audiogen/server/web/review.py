"""Review of an episode: what is spoken and what is not, side by side, with buttons to overrule; pronunciations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from audiogen.episodes import edit_of, find, source_of
from audiogen.episodes.edits import Line, apply_edit, lines_of
from audiogen.errors import AudiogenError, EditConflictError, NoEpisodeError
from audiogen.server.accounts import Scope
from audiogen.server.api import ApiError, call_of, change_episode
from audiogen.server.jobs import QueueFullError
from audiogen.server.sampling import SampleError
from audiogen.server.web.add import voice_names
from audiogen.server.web.pages import Visit, page
from audiogen.untrusted import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.routing import Route

    from audiogen.server.service import Service

#: Maximum length of a text that is spoken as a trial, in characters.
_LONGEST_TRIAL = 300
#: Maximum length of a paragraph that is overruled, in characters.
_LONGEST_BLOCK = 100_000


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/episodes/{slug}/review", _review, Scope.READ),
        page(service, "/app/episodes/{slug}/edit", _edit, Scope.ADMIN, "POST"),
        page(service, "/app/episodes/{slug}/try", _try, Scope.ADMIN),
    ]


async def _review(visit: Visit) -> Response:
    """Return the review page."""
    return await _shown(visit)


async def _shown(visit: Visit, status: int = 200, fault: str = "") -> Response:
    """Return the review page with the current edit; *fault* is an error message."""
    try:
        values = await run_in_threadpool(_values, visit)
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    return visit.page("review.html", status, fault=fault, **values)


def _values(visit: Visit) -> dict[str, Any]:
    """Return the values of the template for the review page of an episode."""
    slug, library = visit.request.path_params["slug"], visit.service.home
    manifest, edit = find(library, slug), edit_of(library, slug)
    edited, unfit = apply_edit(source_of(library, slug), edit)
    job = visit.service.queue.latest_at(f"edit:{slug}")
    return {
        "slug": slug,
        "article": edited,
        "host": host_of(edited.url).removeprefix("www."),
        "edit": edit,
        "lines": [_line(line) for line in lines_of(edited)],
        "unfit": [overrule.block or overrule.new for overrule in unfit],
        "spoken": (manifest.get("edit") or {}).get("revision", 0) == edit.revision,
        "voice": edit.voice or "",
        "voices": voice_names(visit.service.home.root),
        "job": job,
    }


def _line(line: Line) -> dict[str, Any]:
    """Return a paragraph for the template."""
    removed = line.removed
    return {
        "text": line.block.text,
        "kind": str(line.block.kind),
        "origin": line.origin or line.block.text,
        "reason": str(removed.reason) if removed else "",
        "rule": removed.rule if removed else "",
    }


async def _edit(visit: Visit) -> Response:
    """Save a change and queue a job that speaks it; if someone else changed the episode meanwhile, nothing is saved."""
    form = await visit.form()
    slug = visit.request.path_params["slug"]
    call = call_of(visit.service, visit.request, visit.caller, wanted(form))
    try:
        await run_in_threadpool(change_episode, call)
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    except EditConflictError as error:
        return await _shown(visit, 409, f"{error.message} Below is how it is now.")
    except QueueFullError:
        return await _shown(visit, 429, "It is saved, and not spoken yet: so many articles wait.")
    except (ApiError, AudiogenError) as error:
        return await _shown(visit, 422, error.detail if isinstance(error, ApiError) else error.message)
    return visit.to(
        f"/app/episodes/{slug}/review#{form.get('at') or 'main'}", "ruled" if form.get("site") else "edited"
    )


def wanted(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the change in a form, in the API's JSON.

    >>> wanted({"revision": "2", "act": "drop", "block": "Subscribe."})
    {'revision': 2, 'text': [{'act': 'drop', 'block': 'Subscribe.'}]}
    >>> wanted({"word": "Kyiv", "say": "kee-yiv"})
    {'say': {'Kyiv': 'kee-yiv'}}
    """
    fields = {name: str(value).strip() for name, value in form.items() if isinstance(value, str)}
    body: dict[str, Any] = {"revision": int(fields["revision"])} if fields.get("revision", "").isdecimal() else {}
    if fields.get("act") in ("hear", "drop") and len(fields.get("block", "")) <= _LONGEST_BLOCK:
        # As it was sent: a paragraph is named by its own words, blanks included.
        body["text"] = [{"act": fields["act"], "block": str(form["block"]).replace("\r\n", "\n")}]
        body |= {"site": True} if fields.get("site") else {}
    if fields.get("word"):
        body["say"] = {fields["word"]: fields.get("say", "")}
    if fields.get("reset") in ("text", "say"):
        body["reset"] = [fields["reset"]]
    body |= {name: fields[name] for name in ("title", "dek", "voice") if fields.get(name)}
    body |= {name: _listed(fields[name]) for name in ("authors", "tags") if name in fields}
    if fields.get("rate", "").isdecimal():
        body["rate"] = int(fields["rate"])
    return body


def _listed(text: str) -> list[str]:
    """Return the parts of a text between commas."""
    return [part for part in re.split(r"\s*,\s*", text) if part]


async def _try(visit: Visit) -> Response:
    """Return a few words spoken with the episode's voice."""
    text = visit.request.query_params.get("text", "").strip()
    if not text or len(text) > _LONGEST_TRIAL or not text.isprintable():
        return visit.refused(422, f"What is tried has 1 to {_LONGEST_TRIAL} characters.")
    slug = visit.request.path_params["slug"]

    def spoken() -> bytes:
        manifest = find(visit.service.home, slug)
        voice = edit_of(visit.service.home, slug).voice or str(manifest["voice"]["name"])
        return visit.service.sampler.speak(voice, text)

    try:
        sound = await run_in_threadpool(spoken)
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    except SampleError as error:
        return visit.refused(503, str(error))
    return Response(sound, media_type="audio/wav")
