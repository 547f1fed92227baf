"""The API under `/api`: a table of operations, from which the routes and the OpenAPI document are made."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from audiogen.episodes import (
    Act,
    Edit,
    Overrule,
    edit,
    edit_of,
    find,
    listened,
    move,
    overrule_for_site,
    publish,
    remove,
    restore,
    save_edited_text,
    set_position,
    text_for_editing,
    unlistened,
    withdraw,
)
from audiogen.episodes.edits import FIELDS
from audiogen.errors import (
    AudiogenError,
    EditConflictError,
    LexiconError,
    LibraryError,
    NoEpisodeError,
    SettingsError,
    UnknownVoiceError,
    UnwritableError,
)
from audiogen.server.accounts import AccountError, Caller, Scope
from audiogen.server.guard import needs, problem
from audiogen.server.intake import IntakeError
from audiogen.server.jobs import ENDED_BADLY, Job, Priority, QueueFullError, State
from audiogen.server.openapi import docs_page, document
from audiogen.server.resources import episode_resource, job_resource, moment, plays_resource
from audiogen.untrusted import public_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from starlette.requests import Request

    from audiogen.server.resources import Addresses
    from audiogen.server.service import Service

#: Maximum size of the body of a request that changes something, in bytes; articles have their own limit.
_LARGEST_CHANGE = 2_000_000
#: Seconds after which to try again when the queue is full (`Retry-After`).
_FULL_WAIT = 60.0
#: Interval in seconds between checks for changes while a client follows events, and between keep-alive events.
_INTERVAL, _SIGN_OF_LIFE = 0.5, 15.0
#: Maximum length of a returned list.
_MAX_ITEMS = 500
#: Maximum number of jobs in a request for which a bucket is searched for the episode that they correct.
_MOST_LOOKED_UP = 20


class ApiError(Exception):
    """An error that the request is answered with; *status* is the HTTP status."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


@dataclass(frozen=True, slots=True)
class Call:
    """A request with all that an operation needs."""

    service: Service
    caller: Caller
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: dict[str, Any]
    addresses: Addresses
    #: The header If-Match, and a body that is not JSON.
    match: str = ""
    content: bytes = b""

    def text(self, key: str, default: str = "") -> str:
        """Return a string of the body.

        Raises:
            ApiError: It is not a string.
        """
        value = self.body.get(key, default)
        if not isinstance(value, str):
            raise ApiError(422, f"`{key}` is a text.")
        return value

    def number(self, key: str, default: int, minimum: int, maximum: int) -> int:
        """Return a whole number of the query, from *least* to *most*.

        Raises:
            ApiError: It is not a number, or out of range.
        """
        value = self.query.get(key, str(default))
        if not value.isdecimal() or not minimum <= int(value) <= maximum:
            raise ApiError(422, f"`{key}` is a number from {minimum} to {maximum}.")
        return int(value)


Answer = Any


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API."""

    method: str
    path: str
    scope: Scope
    summary: str
    run: Callable[[Call], Answer]
    #: Names of the schemas of the request's and the response's body.
    takes: str = ""
    gives: str = ""
    #: Parameters of the query, with their descriptions.
    query: tuple[tuple[str, str], ...] = ()
    status: int = 200


# Jobs.


def list_jobs(call: Call) -> Answer:
    """List jobs, the last changed first."""
    asked = [name for name in call.query.get("state", "").split(",") if name]
    if unknown := set(asked) - set(State):
        raise ApiError(422, f"`state` is some of {', '.join(State)}, not {', '.join(sorted(unknown))}.")
    before = call.number("before", 0, 0, 1 << 53)
    count = call.number("limit", 100, 1, _MAX_ITEMS)
    jobs = call.service.queue.listed([State(name) for name in asked], before=before, count=count)
    following = jobs[-1].changed if len(jobs) == count else None
    return {"jobs": [_job(call, job) for job in jobs], "next": following, "counts": call.service.queue.counts()}


def get_job(call: Call) -> Answer:
    """Return one job."""
    return _job(call, _found(call, call.service.queue.find(call.path["id"])))


def cancel_job(call: Call) -> Answer:
    """Cancel a job, also one that is being spoken; nothing of it is kept."""
    return _job(call, _found(call, call.service.queue.cancel(call.path["id"])))


def retry_job(call: Call) -> Answer:
    """Try a job again; with `force`, also an article that was refused because it seemed to be none."""
    job = _found(call, call.service.queue.find(call.path["id"]))
    if job.state not in ENDED_BADLY:
        raise ApiError(409, f"Only what was refused, failed or cancelled is tried again; this job is {job.state}.")
    if job.action == "make" and not job.document and not job.url:
        raise ApiError(410, "Its document is not kept any more; send it again.")
    again = _found(call, call.service.queue.retry(job.id, force=call.body.get("force") is True))
    call.service.dispatcher.wake()
    return _job(call, again)


def _job(call: Call, job: Job) -> dict[str, Any]:
    """Return the JSON of a job."""
    return job_resource(job, call.service.catalog.contents(), call.addresses)


def _found(call: Call, job: Job | None) -> Job:
    """Return the job; ApiError 404 if it is None."""
    if job is None:
        raise ApiError(404, f"There is no job {call.path['id']!r}.")
    return job


# Episodes.


def list_episodes(call: Call) -> Answer:
    """List episodes, the last added first; `queue` lists the listening queue, in its order."""
    contents = call.service.catalog.contents()
    wanted, words = call.query.get("state", ""), call.query.get("q", "").casefold().split()
    if wanted == "queue":
        rows: Sequence[Any] = [contents.by_slug[slug] for slug in contents.queue if slug in contents.by_slug]
    else:
        rows = [row for row in contents.rows if row.state in (wanted.split(",") if wanted else _SHOWN)]
    if words:
        rows = [row for row in rows if all(word in f"{row.title} {row.site}".casefold() for word in words)]
    start, count = call.number("offset", 0, 0, 1 << 31), call.number("limit", 100, 1, _MAX_ITEMS)
    episodes = [
        episode_resource(row, contents.entries.get(row.slug), call.addresses) for row in rows[start : start + count]
    ]
    return {"episodes": episodes, "total": len(rows)}


#: States of the episodes that are listed by default.
_SHOWN = ("to listen", "listened", "draft", "broken")


def get_episode(call: Call) -> Answer:
    """Return one episode."""
    return _episode(call)


def _episode(call: Call) -> dict[str, Any]:
    """Return an episode with its edit and its plays."""
    contents, slug = call.service.catalog.contents(), call.path["slug"]
    row = contents.by_slug.get(slug)
    if row is None:
        raise ApiError(404, f"There is no episode {slug!r}.")
    resource = episode_resource(row, contents.entries.get(slug), call.addresses)
    if row.state in ("removed", "broken"):
        return resource
    saved = edit_of(call.service.home, slug)
    changed = {
        "revision": saved.revision,
        "changed": list(saved.changed),
        "history": [dict(one) for one in saved.history],
    }
    return resource | {"edit": changed, "plays": plays_resource(call.service.counter, slug)}


def change_episode(call: Call) -> Answer:
    """Change an episode: its state (listened, draft…), or its edit, which a job then speaks."""
    library, slug, by = call.service.home, call.path["slug"], call.caller.name
    known = (*_CHANGES, *FIELDS, "text", "say", "reset", "revision", "site")
    if unknown := call.body.keys() - set(known):
        raise ApiError(422, f"What can be changed: {', '.join(known)}; not {', '.join(sorted(unknown))}.")
    find(library, slug)
    for key in call.body.keys() & _CHANGES.keys():
        kinds, value = _CHANGES[key][0], call.body[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise ApiError(422, f"`{key}` is {_KIND_NAMES[kinds]}.")
    named = _edit_of({key: value for key, value in call.body.items() if key not in (*_CHANGES, "revision", "site")})
    if call.body.get("site") is True:
        overrule_for_site(library, slug, named.get("text", ()), by=by)
    job = _edited(call, edit(library, slug, by=by, revision=_revision(call), **named)) if named else None
    for key in call.body.keys() & _CHANGES.keys():
        _CHANGES[key][1](call, slug, call.body[key])
    return _episode(call) | {"job": _job(call, job) if job else None}


def _edit_of(named: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an edit, validated as far as the library does not do so."""
    fields = dict(named)
    if "text" in fields:
        fields["text"] = [_overrule(entry) for entry in _list_of(fields["text"], dict, "text")]
    if "reset" in fields:
        fields["reset"] = _list_of(fields["reset"], str, "reset")
    say = fields.get("say", {})
    if not isinstance(say, dict) or not all(isinstance(value, str) for value in say.values()):
        raise ApiError(422, "`say` is an object: written form to respelling.")
    return fields


def _overrule(entry: dict[str, Any]) -> Overrule:
    """Return an overrule from its JSON; ApiError if it is invalid."""
    if entry.keys() - {"act", "block", "old", "new"} or not all(isinstance(value, str) for value in entry.values()):
        raise ApiError(422, "An entry of `text` has `act`, `block`, `old` and `new`, each a text.")
    return Overrule(Act(entry.get("act", "")), *(entry.get(key, "") for key in ("block", "old", "new")))


def _list_of(value: Any, kind: type, key: str) -> list[Any]:
    """Return *value* if it is a list of *kind*; otherwise ApiError."""
    if not isinstance(value, list) or not all(isinstance(entry, kind) for entry in value):
        raise ApiError(422, f"`{key}` is a list of {'objects' if kind is dict else 'texts'}.")
    return value


def _revision(call: Call) -> int | None:
    """Return the revision that a change is based on: from `revision`, or from If-Match."""
    value = call.body.get("revision", call.match)
    if value in (None, "", "*"):
        return None
    text = str(value).strip('"')
    if not text.isdecimal():
        raise ApiError(422, "`revision` is a number, as an episode's `edit` tells it.")
    return int(text)


def _edited(call: Call, saved: Edit) -> Job | None:
    """Queue a job that speaks the edited episode; None if the edit is spoken already."""
    manifest = find(call.service.home, call.path["slug"])
    if saved.revision == (manifest.get("edit") or {}).get("revision", 0):
        return None
    slug = call.path["slug"]
    job = Job(
        id="",
        name=str(manifest["article"]["title"]) or slug,
        location=f"edit:{slug}",
        action="speak",
        slug=slug,
        guid=saved.guid,
        digest=f"edit {saved.revision}",
        source=f"by {call.caller.name}",
        by=call.caller.name,
        priority=Priority.CORRECTION,
    )
    return queue_all(call.service, [job])[0]


def get_text(call: Call) -> Answer:
    """Return an episode as an editable text; text that is not spoken is commented out with its reason."""
    text, saved = text_for_editing(call.service.home, call.path["slug"]), edit_of(call.service.home, call.path["slug"])
    headers = {"ETag": f'"{saved.revision}"'}
    return Response(text, headers=headers, media_type="text/plain; charset=utf-8")


def put_text(call: Call) -> Answer:
    """Accept the edited text of an episode, and queue a job that speaks it."""
    library, slug = call.service.home, call.path["slug"]
    saved = save_edited_text(
        library, slug, call.content.decode("utf-8", "replace"), by=call.caller.name, revision=_revision(call)
    )
    job = _edited(call, saved)
    return _episode(call) | {"job": _job(call, job) if job else None}


def _set_listened(call: Call, slug: str, value: bool) -> None:
    """Mark an episode as listened to or not."""
    (listened if value else unlistened)(call.service.home, slug, by=call.caller.name)


def _set_draft(call: Call, slug: str, value: bool) -> None:
    """Make an episode a draft, or publish it."""
    (withdraw if value else publish)(call.service.home, slug, by=call.caller.name)


def _set_position(call: Call, slug: str, value: float) -> None:
    """Set the position up to which an episode was played."""
    set_position(call.service.home, slug, float(value))


def _move(call: Call, slug: str, value: int) -> None:
    """Move an episode to an index in the queue."""
    # Passed on, so that ten thousand manifests are not read again.
    entries = call.service.catalog.public().entries
    move(call.service.home, slug, value, by=call.caller.name, entries=entries)


_CHANGES: dict[str, tuple[tuple[type, ...], Callable[[Call, str, Any], None]]] = {
    "listened": ((bool,), _set_listened),
    "draft": ((bool,), _set_draft),
    "position": ((int, float), _set_position),
    "place": ((int,), _move),
}
_KIND_NAMES: dict[tuple[type, ...], str] = {
    (bool,): "true or false",
    (int, float): "a number of seconds",
    (int,): "a place from 0",
}


def _verb(verb: Callable[..., object]) -> Callable[[Call], Answer]:
    """Return an operation that calls an action of the library."""

    def run(call: Call) -> Answer:
        verb(call.service.home, call.path["slug"], by=call.caller.name)
        return _episode(call)

    return run


# Webhooks, tokens.


def list_hooks(call: Call) -> Answer:
    """List the webhooks, each with its last deliveries."""
    sent = call.service.hooks.deliveries(count=100)
    deliveries = [
        {"id": one.id, "hook": one.hook, "event": one.event, "state": one.state, "attempts": one.attempts}
        | {"answer": one.answer or None, "created": moment(one.created), "job": one.job}
        for one in sent
    ]
    return {"webhooks": [_hook(hook) for hook in call.service.hooks.hooks()], "deliveries": deliveries}


def add_hook(call: Call) -> Answer:
    """Add a webhook; its secret is returned only now."""
    events = call.body.get("events", ["done", "corrected", "refused", "failed"])
    if not isinstance(events, list) or not all(isinstance(event, str) for event in events):
        raise ApiError(422, "`events` is a list of texts.")
    hook = call.service.hooks.add(call.text("url"), tuple(events))
    return _hook(hook) | {"secret": hook.secret}


def _hook(hook: Any) -> dict[str, Any]:
    """Return the JSON of a webhook."""
    return {
        "id": hook.id,
        "url": public_address(hook.url),
        "events": list(hook.events),
        "created": moment(hook.created),
    }


def remove_hook(call: Call) -> Answer:
    """Remove a webhook."""
    if not call.service.hooks.remove(call.path["id"]):
        raise ApiError(404, f"There is no webhook {call.path['id']!r}.")
    return None


def test_hook(call: Call) -> Answer:
    """Send a test event to a webhook."""
    body = {"at": moment(_now()), "job": None}
    if not call.service.hooks.tell("test", "", body, only=call.path["id"]):
        raise ApiError(404, f"There is no webhook {call.path['id']!r}.")
    call.service.sender.wake()
    return None


def list_tokens(call: Call) -> Answer:
    """List the tokens, without their secrets."""
    return {"tokens": [_token(token) for token in call.service.accounts.tokens()]}


def make_token(call: Call) -> Answer:
    """Make a token; its secret is returned only now."""
    token, secret = call.service.accounts.make_token(call.text("name"), call.text("scope"))
    return _token(token) | {"token": secret}


def _token(token: Any) -> dict[str, Any]:
    """Return the JSON of a token, without its secret."""
    resource = {"id": token.id, "name": token.name, "scope": token.scope}
    return resource | {"created": moment(token.created), "used": moment(token.used)}


def revoke_token(call: Call) -> Answer:
    """Delete a token."""
    if not call.service.accounts.revoke(call.path["id"]):
        raise ApiError(404, f"There is no token {call.path['id']!r}.")
    return None


def _now() -> float:
    """Return the current Unix time."""
    import time

    return time.time()


def _nothing(call: Call) -> Answer:
    """Raise an error: another function answers this operation."""
    raise AssertionError("it is answered elsewhere")


_LIST = (("limit", "how many, up to 500"),)
_OPTIONS = (
    ("voice", "voice card to speak with"),
    ("language", "BCP 47 tag of the language, where the text is not to tell"),
    ("rate", "words a minute, 80 to 450"),
    ("force", "1 narrates it even where it is no article"),
    ("draft", "1 publishes it only when somebody says so"),
    ("id", "the sender's own name of the article: sending it again is a correction"),
    ("url", "the article's address"),
    ("title", "its title, where the document does not tell"),
    ("tags", "its tags, with commas between"),
    ("name", "name of the document's file"),
)
OPERATIONS = (
    Operation(
        "POST", "/api/articles", Scope.ADD, "Send an article: address, HTML, text, a document, a CMS's JSON, files.",
        _nothing, "articles", "sent", _OPTIONS, 202,
    ),
    Operation(
        "GET", "/api/jobs", Scope.READ, "List jobs, those that changed last first.", list_jobs, "", "jobs",
        (("state", "only of these states, with commas between"), ("before", "`next` of the last answer"), *_LIST),
    ),
    Operation("GET", "/api/jobs/{id}", Scope.READ, "Tell of a job.", get_job, "", "job"),
    Operation("DELETE", "/api/jobs/{id}", Scope.ADD, "Cancel a job.", cancel_job, "", "job"),
    Operation(
        "POST", "/api/jobs/{id}/retry", Scope.ADD, "Try a job again, or narrate it anyway.", retry_job, "retry", "job"
    ),
    Operation(
        "GET", "/api/events", Scope.READ, "Watch jobs as they change: server-sent events, each a job.", _nothing, "",
        "events", (("job", "only of this job"),),
    ),
    Operation(
        "GET", "/api/episodes", Scope.READ, "List episodes, or the queue of what is to be listened to.", list_episodes,
        "", "episodes",
        (("state", "to listen, listened, draft, broken, removed; or queue"), ("q", "words of title or outlet"),
         ("offset", "how many to pass over"), *_LIST),
    ),
    Operation("GET", "/api/episodes/{slug}", Scope.READ, "Tell of an episode.", get_episode, "", "episode"),
    Operation(
        "PATCH", "/api/episodes/{slug}", Scope.ADMIN, "Change what is said of an episode.", change_episode, "change",
        "episode",
    ),
    Operation(
        "GET", "/api/episodes/{slug}/text", Scope.READ, "Give an episode as a text to be edited.", get_text, "", "plain"
    ),
    Operation(
        "PUT", "/api/episodes/{slug}/text", Scope.ADMIN, "Take that text back, changed.", put_text, "plain", "episode"
    ),
    Operation(
        "DELETE", "/api/episodes/{slug}", Scope.ADMIN, "Remove an episode, and remember that.", _verb(remove), "",
        "episode",
    ),
    Operation(
        "POST", "/api/episodes/{slug}/restore", Scope.ADMIN, "Bring a removed episode back.", _verb(restore), "",
        "episode",
    ),
    Operation(
        "POST", "/api/episodes/{slug}/publish", Scope.ADMIN, "Publish a draft.", _verb(publish), "", "episode"
    ),
    Operation(
        "POST", "/api/episodes/{slug}/listened", Scope.ADMIN, "Mark an episode as listened to.", _verb(listened), "",
        "episode",
    ),
    Operation(
        "DELETE", "/api/episodes/{slug}/listened", Scope.ADMIN, "Take that mark back.", _verb(unlistened), "", "episode"
    ),
    Operation("GET", "/api/webhooks", Scope.ADMIN, "List webhooks, and what was sent.", list_hooks, "", "webhooks"),
    Operation("POST", "/api/webhooks", Scope.ADMIN, "Add a webhook.", add_hook, "webhook", "webhook", (), 201),
    Operation("DELETE", "/api/webhooks/{id}", Scope.ADMIN, "Remove a webhook.", remove_hook, status=204),
    Operation("POST", "/api/webhooks/{id}/test", Scope.ADMIN, "Send a webhook a test.", test_hook, status=204),
    Operation("GET", "/api/tokens", Scope.ADMIN, "List tokens.", list_tokens, "", "tokens"),
    Operation("POST", "/api/tokens", Scope.ADMIN, "Make a token.", make_token, "token", "token", (), 201),
    Operation("DELETE", "/api/tokens/{id}", Scope.ADMIN, "Revoke a token.", revoke_token, status=204),
)  # fmt: skip


def routes(service: Service) -> list[Route]:
    """Return the API's routes; the OpenAPI document is one of them and needs a scope, too."""
    special = {"/api/articles": _articles, "/api/events": _events}
    made = []
    for operation in OPERATIONS:
        endpoint = special.get(operation.path) or _plain
        made.append(_route(service, operation, endpoint))
    described = Operation("GET", "/api/openapi.json", Scope.READ, "", _described)
    page = Operation("GET", "/api/docs", Scope.READ, "", lambda call: docs_page(_described(call)))
    return [*made, _route(service, described, _plain), _route(service, page, _plain)]


def _described(call: Call) -> dict[str, Any]:
    """Return the OpenAPI document."""
    return document(call.addresses.server, OPERATIONS, schemas())


Endpoint = Any


def _route(service: Service, operation: Operation, endpoint: Endpoint) -> Route:
    """Return the route of an operation, which checks the caller's scope and turns errors into responses."""

    async def answer(request: Request) -> Response:
        caller: Caller = request.state.caller
        refusal = needs(operation.scope, caller)
        if refusal is not None:
            return refusal
        try:
            answered: Response = await endpoint(service, operation, request, caller)
        except Exception as error:
            return _error_response(error)
        return answered

    return Route(operation.path, answer, methods=[operation.method])


def _error_response(error: Exception) -> Response:
    """Return the response to an error of audiogen's; other errors are raised again."""
    if isinstance(error, ApiError):
        return problem(error.status, error.detail)
    if isinstance(error, IntakeError):
        return problem(error.status, error.message)
    if isinstance(error, QueueFullError):
        return problem(429, "So many articles wait that no more are taken for now.", _FULL_WAIT)
    if isinstance(error, NoEpisodeError):
        return problem(404, error.message)
    if isinstance(error, EditConflictError):
        return problem(409, error.message, revision=error.revision)
    if isinstance(error, SettingsError | LexiconError | UnknownVoiceError):
        return problem(422, error.message)
    if isinstance(error, AccountError | ValueError):
        return problem(422, str(error))
    if isinstance(error, UnwritableError):
        return problem(507, error.message)
    if isinstance(error, LibraryError | AudiogenError):
        return problem(500, error.message)
    raise error


async def _plain(service: Service, operation: Operation, request: Request, caller: Caller) -> Response:
    """Run an operation in a thread, and return its response."""
    plain = operation.takes == "plain"
    body = await _body(request) if operation.method in ("POST", "PATCH") else {}
    content = await _content(request) if plain else b""
    call = call_of(service, request, caller, body, content)
    answer = await run_in_threadpool(operation.run, call)
    if isinstance(answer, Response):
        return answer
    return Response(status_code=204) if answer is None else JSONResponse(answer, operation.status)


def call_of(
    service: Service, request: Request, caller: Caller, body: dict[str, Any] | None = None, content: bytes = b""
) -> Call:
    """Return the `Call` of a request."""
    addresses = service.addresses(f"{request.url.scheme}://{request.url.netloc}")
    match = request.headers.get("if-match", "")
    return Call(service, caller, request.path_params, request.query_params, body or {}, addresses, match, content)


async def _content(request: Request) -> bytes:
    """Return the body of a request; ApiError if it is too large."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _LARGEST_CHANGE:
            raise ApiError(413, "That is too large for a change.")
    return data


async def _body(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body; ApiError if it is something else."""
    data = await _content(request)
    if not data.strip():
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError(415, "Send JSON, as application/json.")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise ApiError(400, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise ApiError(422, "The body is a JSON object.")
    return body


async def _articles(service: Service, operation: Operation, request: Request, caller: Caller) -> Response:
    """Queue the articles in a request, and return their jobs."""
    try:
        jobs = await service.intake.take(request, caller.name)
    except ClientDisconnect:
        return problem(400, "The rest of the body did not come.")
    call = call_of(service, request, caller)
    queued = await run_in_threadpool(queue_all, service, jobs)
    job_resources = [_job(call, job) for job in queued]
    status = operation.status if any(job.is_live for job in queued) else 200
    return JSONResponse({"jobs": job_resources, "feed": call.addresses.feed()}, status)


def queue_all(service: Service, jobs: list[Job]) -> list[Job]:
    """Queue the jobs of one request, all or none; delete the documents of jobs that are already queued."""
    if len(jobs) <= _MOST_LOOKED_UP or not service.home.storage.is_remote:
        jobs = [service.with_correction_priority(job) for job in jobs]
    try:
        queued = service.queue.add_all(jobs)
    except BaseException:
        service.intake.drop(job.document for job in jobs if job.document)
        raise
    needed = {job.document for job in queued}
    service.intake.drop(job.document for job in jobs if job.document and job.document not in needed)
    service.dispatcher.wake()
    return queued


async def _events(service: Service, operation: Operation, request: Request, caller: Caller) -> Response:
    """Return the stream of changes of jobs as server-sent events."""
    call = call_of(service, request, caller)
    since = request.headers.get("last-event-id", "")
    start = int(since) if since.isdecimal() else await run_in_threadpool(service.queue.last_change)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = _job_events(call, request, start, call.query.get("job", ""))
    return StreamingResponse(stream, headers=headers, media_type="text/event-stream")


async def _job_events(call: Call, request: Request, seen: int, only: str) -> AsyncIterator[str]:
    """Yield an event for each job that changes after the change *seen*; *only* is the id of one job, or ""."""
    yield "retry: 2000\n\n"
    quiet = 0.0
    while not call.service.closing.is_set() and not await request.is_disconnected():
        jobs = await run_in_threadpool(call.service.queue.changed_since, seen)
        quiet += _INTERVAL
        for job in jobs:
            seen = job.changed
            if only in ("", job.id):
                quiet = 0.0
                resource = await run_in_threadpool(_job, call, job)
                yield f"id: {seen}\nevent: job\ndata: {json.dumps(resource, ensure_ascii=False)}\n\n"
        if quiet >= _SIGN_OF_LIFE:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_INTERVAL)


def schemas() -> dict[str, Any]:
    """Load the JSON schemas of requests and responses."""
    text = resources.files("audiogen.server").joinpath("schemas.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
