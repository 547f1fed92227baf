"""Builds the OpenAPI document of the API from its table of operations and the schemas, and a page that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from audiogen import __version__
from audiogen.server.intake import FORMS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audiogen.server.api import Operation

#: Errors that any operation can have.
_PROBLEMS = {
    "400": "The request is broken, or the server does not go by that Host name.",
    "401": "Nobody is logged in, or the token is not known.",
    "403": "The token's scope does not reach, or another site sent this.",
    "422": "A value will not do; `detail` says which.",
}
_ARTICLE_PROBLEMS = {
    "413": "It is larger than 66 MB.",
    "415": "A body of that type is not read.",
    "429": "So many articles wait that no more are taken; Retry-After says when to try again.",
}


def document(server: str, operations: Iterable[Operation], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI document for the server at this address; *schemas* are those that the operations name."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "audiogen",
            "version": __version__,
            "description": "Articles go in, episodes come out. docs/server.md explains it.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(schemas),
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    """Return the Operation Object of an operation."""
    described: dict[str, Any] = {
        "operationId": _identifier(operation),
        "summary": operation.summary,
        "description": f"Takes the scope `{operation.scope.name.lower()}`.",
        "tags": [operation.path.split("/")[2]],
        "parameters": [*_path_parameters(operation), *_query_parameters(operation)],
        "responses": _responses(operation),
    }
    if operation.takes:
        described["requestBody"] = _body(operation)
    return described


def _identifier(operation: Operation) -> str:
    """Return the operation's id."""
    words = re.findall(r"[a-z]+", operation.path.removeprefix("/api"))
    return "_".join((operation.method.lower(), *words))


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    """Return the Parameter Objects of the path."""
    names = re.findall(r"{(\w+)}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    """Return the Parameter Objects of the query."""
    return [
        {"name": name, "in": "query", "description": description, "schema": {"type": "string"}}
        for name, description in operation.query
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    """Return the Responses Object of an operation: its success, and the problems that it may have."""
    good: dict[str, Any] = {"description": "It is done." if operation.status == 204 else "As asked."}
    if operation.gives == "events":
        good["content"] = {"text/event-stream": {"schema": {"type": "string"}}}
    elif operation.gives == "plain":
        good["content"] = {"text/plain": {"schema": {"type": "string"}}}
    elif operation.gives:
        good["content"] = {"application/json": {"schema": _reference(operation.gives)}}
    problems = _PROBLEMS | (_ARTICLE_PROBLEMS if operation.takes == "articles" else {})
    problems |= {"404": "There is none."} if "{" in operation.path else {}
    problems |= {"409": "Somebody changed it meanwhile."} if operation.takes in ("change", "plain") else {}
    failures = {
        status: {
            "description": text,
            "content": {"application/problem+json": {"schema": _reference("problem")}},
        }
        for status, text in sorted(problems.items())
    }
    return {str(operation.status): good} | failures


def _body(operation: Operation) -> dict[str, Any]:
    """Return the Request Body Object of an operation."""
    if operation.takes == "plain":
        return {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}
    if operation.takes != "articles":
        return {"content": {"application/json": {"schema": _reference(operation.takes)}}}
    content: dict[str, Any] = {"application/json": {"schema": _reference("article")}}
    content |= {kind: {"schema": _reference("form")} for kind in FORMS}
    others = [kind for kind in TYPES if kind not in content]
    content |= {kind: {"schema": {"type": "string", "contentMediaType": kind}} for kind in others}
    return {"required": True, "content": content}


def _reference(name: str) -> dict[str, str]:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def docs_page(api_document: dict[str, Any]) -> Response:
    """Return the document as an HTML page that loads nothing."""
    from audiogen.server.web import render

    return HTMLResponse(render("docs.html", document=api_document))
