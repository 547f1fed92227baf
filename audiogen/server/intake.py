"""The intake: converts requests to jobs.

A request may contain addresses, pages, texts, documents, JSON of a CMS and exports, also several at once. A document is
written to the folder of uploads while it is received. Its job is added when it is complete; an incomplete one is
deleted.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from audiogen.episodes.identity import keys_of
from audiogen.episodes.names import slug_of
from audiogen.errors import AudiogenError
from audiogen.model import Article
from audiogen.private import private_folder
from audiogen.server.jobs import Job, Priority, new_id
from audiogen.settings import is_address
from audiogen.sources import open_list
from audiogen.sources.archives import LARGEST_JSON
from audiogen.untrusted import host_of, split_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.datastructures import FormData, UploadFile
    from starlette.requests import Request

    from audiogen.model import Source

#: Maximum length of an address, in characters.
_LONGEST_ADDRESS = 4000
#: Maximum length of a title, id, tag, file name or voice name, in characters.
_LONGEST_TEXT = 1000
#: Maximum number of parts of a form, and maximum size of a part that is not a file, in bytes.
_MOST_PARTS, _LARGEST_FIELD = 200, 10_000_000
#: Maximum number of entries of a list.
_MOST_ENTRIES = 2000
#: File name endings by content type: readers choose by the ending.
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/x-webarchive": ".webarchive",
    "application/rss+xml": ".xml",
    "application/zip": ".zip",
    "application/mbox": ".mbox",
    "text/csv": ".csv",
}
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
#: Names of an article's options in forms, queries and JSON.
OPTIONS = ("voice", "language", "rate", "force", "draft")
#: Names of facts about the article.
FACTS = ("url", "id", "title", "tags", "site")


class IntakeError(Exception):
    """A request is refused; *status* is the HTTP status."""

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(slots=True)
class Sent:
    """The content of a request: facts and options by name, and documents in the folder of uploads."""

    fields: dict[str, str] = field(default_factory=dict)
    #: Paths below the folder of uploads, with their digests.
    documents: list[tuple[str, str]] = field(default_factory=list)
    #: Further addresses, besides `url`.
    addresses: list[str] = field(default_factory=list)


class Intake:
    """Creates jobs from the requests to one server."""

    def __init__(self, uploads: Path) -> None:
        """Use *uploads* as the folder of uploads."""
        self.uploads = uploads

    async def take(self, request: Request, by: str, check: Callable[[FormData], None] = lambda form: None) -> list[Job]:
        """Return the jobs for a request, not queued yet. *check* is called with a form before anything is stored.

        Raises:
            IntakeError: It cannot be an article.
        """
        sent = Sent(dict(_texts(request.query_params)))
        try:
            await self._receive(request, sent, check)
            # A long list takes time to read; other requests are answered meanwhile.
            return await run_in_threadpool(self.jobs, sent, by)
        except BaseException:
            self.drop(document for document, _ in sent.documents)
            raise

    def drop(self, documents: Any) -> None:
        """Delete documents that no job was queued for."""
        for document in documents:
            shutil.rmtree(self.uploads / PurePath(document).parts[0], ignore_errors=True)

    async def _receive(self, request: Request, sent: Sent, check: Callable[[FormData], None]) -> None:
        """Read the body, a form or one document of a known type, into *sent*; *check* is called with a form only.

        Raises:
            IntakeError: Its type is unknown, or its JSON is invalid.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in FORMS:
            await self._receive_form(request, sent, check)
            return
        suffix = TYPES.get(kind)
        if suffix is None:
            known = ", ".join((*TYPES, *FORMS))
            raise IntakeError(f"A body of type {kind or 'nothing'} is not read. Send one of {known}.", 415)
        name = _file_name(sent.fields.get("name", "") or f"article{suffix}", suffix)
        document, digest = await self._write(request.stream(), name)
        sent.documents.append((document, digest))
        if suffix == ".json":
            await run_in_threadpool(self._look_into_json, sent)

    async def _receive_form(self, request: Request, sent: Sent, check: Callable[[FormData], None]) -> None:
        """Receive a form: its files, texts, facts and options."""
        async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=_LARGEST_FIELD) as form:
            check(form)
            bodies = []
            for key, value in form.multi_items():
                if not isinstance(value, str):
                    await self._receive_file(value, sent)
                elif key in ("html", "text") and value.strip():
                    bodies.append((key, value))
                elif key in (*FACTS, *OPTIONS) and value.strip():
                    sent.fields[key] = value.strip()
            for key, value in bodies:
                await self._receive_text(key, value, sent)

    async def _receive_file(self, file: UploadFile, sent: Sent) -> None:
        """Store a file of a form."""
        if not file.filename:
            return
        suffix = TYPES.get((file.content_type or "").partition(";")[0].strip().lower(), "")

        async def parts() -> AsyncIterator[bytes]:
            while part := await file.read(1 << 20):
                yield part

        sent.documents.append(await self._write(parts(), _file_name(file.filename, suffix)))

    async def _receive_text(self, key: str, value: str, sent: Sent) -> None:
        """Store a text or HTML of a form; a text with nothing but addresses gives these."""
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        if key == "text" and all(_is_fetchable(line) for line in lines):
            sent.addresses += lines
            return

        async def parts() -> AsyncIterator[bytes]:
            yield value.encode("utf-8", "replace")

        sent.documents.append(await self._write(parts(), "article.html" if key == "html" else "article.txt"))

    async def _write(self, parts: AsyncIterator[bytes], name: str) -> tuple[str, str]:
        """Write a document while it is received; return its path below the folder of uploads, and its digest."""
        document, digest = f"{new_id()}/{name}", hashlib.sha256()
        path = self.uploads / document
        private_folder(path.parent)
        try:
            with path.open("wb") as file:
                async for part in parts:
                    digest.update(part)
                    file.write(part)
        except BaseException:
            self.drop([document])
            raise
        return document, digest.hexdigest()

    def _look_into_json(self, sent: Sent) -> None:
        """Take the address, or the facts of a CMS's article, from a JSON body."""
        path = self.uploads / sent.documents[0][0]
        _bound_json(path)
        try:
            thing = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            raise IntakeError("The body is no JSON.", 400) from None
        if not isinstance(thing, dict):
            return
        if "url" in thing and thing.keys() <= {*FACTS, *OPTIONS}:
            self.drop([sent.documents.pop()[0]])
            sent.fields = dict(_texts(thing)) | sent.fields
        else:
            sent.fields = _facts_of(thing) | sent.fields

    def jobs(self, sent: Sent, by: str) -> list[Job]:
        """Return the jobs for the content of a request.

        Raises:
            IntakeError: It is empty, or a value is invalid.
        """
        fields = _checked(sent.fields)
        base = Job(
            id="",
            name="",
            location="",
            url=fields.get("url", ""),
            external_id=fields.get("id", ""),
            title=fields.get("title", ""),
            tags="\n".join(filter(None, (tag.strip() for tag in fields.get("tags", "").split(",")))),
            voice=fields.get("voice", ""),
            language=fields.get("language", ""),
            rate=int(fields.get("rate", "0") or 0),
            force=int(_is_yes(fields.get("force", ""))),
            draft=int(_is_yes(fields.get("draft", ""))),
            by=by,
        )
        addresses = [_fetchable(address) for address in sent.addresses]
        if not sent.documents and base.url:
            addresses.insert(0, _fetchable(base.url))
        made = [_of_address(base, address) for address in dict.fromkeys(addresses)]
        for document, digest in sent.documents:
            made += self._of_document(base, document, digest, fields.get("site", ""), alone=len(sent.documents) == 1)
        if not made:
            raise IntakeError("There is nothing to narrate: send an address (`url`), `html`, `text` or a file.")
        return [replace(job, priority=Priority.BULK) for job in made] if len(made) > 1 else made

    def _of_document(self, base: Job, document: str, digest: str, site: str, *, alone: bool) -> list[Job]:
        """Return the jobs of an uploaded document: one, or one for each entry of a list or export."""
        path = self.uploads / document
        if not path.stat().st_size:
            raise IntakeError(f"{path.name} is empty.")
        _bound_json(path)
        try:
            listed = open_list(path)
            entries = None if listed is None else list(_first(listed))
        except AudiogenError as error:
            raise IntakeError(error.message.replace(str(path), path.name)) from error
        if entries is None and path.suffix == ".json":
            raise IntakeError("The JSON is of no form that is read; docs/cms.md lists those that are.")
        if entries is None or (len(entries) == 1 and entries[0].path == path.absolute()):
            return [_of_file(base, document, digest, site, alone=alone)]
        made = [self._of_entry(base, entry) for entry in entries]
        self.drop([document])
        return made

    def _of_entry(self, base: Job, entry: Source) -> Job:
        """Return the job of one entry of an export."""
        job = replace(
            base,
            url=entry.url or base.url,
            external_id=entry.external_id,
            title=entry.title,
            tags="\n".join(filter(None, (*base.tags.split("\n"), *entry.tags))),
        )
        content = entry.document
        if content is None and entry.path is None:
            return _of_address(job, _fetchable(entry.url))
        data = content.encode() if isinstance(content, str) else content
        data = entry.path.read_bytes() if data is None and entry.path else data or b""
        suffix = ".json" if data.lstrip()[:1] == b"{" else entry.path.suffix if entry.path else ".html"
        document = f"{new_id()}/{slug_of(entry.title or 'article', None)}{suffix}"
        private_folder((self.uploads / document).parent)
        (self.uploads / document).write_bytes(data)
        return _of_file(job, document, hashlib.sha256(data).hexdigest(), "", alone=True)


def _bound_json(path: Path) -> None:
    """Check the size of JSON, which the server parses itself.

    Raises:
        IntakeError: It is too large.
    """
    if path.suffix == ".json" and path.stat().st_size > LARGEST_JSON:
        raise IntakeError(f"JSON of more than {LARGEST_JSON >> 20} MB is for `audiogen batch`.", 413)


def _first(entries: Any) -> Any:
    """Yield the entries without an error; IntakeError if there are too many."""
    for number, entry in enumerate(entries):
        if number == _MOST_ENTRIES:
            raise IntakeError(f"A list of more than {_MOST_ENTRIES} articles is for `audiogen batch`.", 413)
        if entry.error is None:
            yield entry


def _of_address(base: Job, address: str) -> Job:
    """Return the job of an address."""
    location = _location_of_id(base, "") or address
    return replace(base, url=address, name=base.title or address, location=location, source=host_of(address))


def _of_file(base: Job, document: str, digest: str, site: str, *, alone: bool) -> Job:
    """Return the job of a document. Facts in the request apply only if it is the only document (*alone*)."""
    job = base if alone else replace(base, url="", external_id="", title="")
    location = _location_of_id(job, site) or job.url or f"sent:{digest}"
    name = job.title or job.url or PurePath(document).name
    return replace(job, name=name, location=location, source=f"by {base.by}", document=document, digest=digest)


def _location_of_id(job: Job, site: str) -> str:
    """Return the location of an article with an id: ids are unique within an outlet."""
    outlet = host_of(job.url).removeprefix("www.") or site
    return f"push:{outlet}:{job.external_id}" if job.external_id else ""


def key_of_address(address: str) -> str:
    """Return the key of an article's address in a library; "" if the address is not a page's."""
    return keys_of(Article(url=address)).get("address", "")


def _texts(values: Mapping[str, Any]) -> Any:
    """Yield the known fields of a request as texts."""
    for key in (*FACTS, *OPTIONS, "name"):
        value = values.get(key)
        if isinstance(value, bool):
            yield key, "1" if value else ""
        elif isinstance(value, str | int):
            yield key, str(value)
        elif isinstance(value, list):
            yield key, ",".join(str(entry) for entry in value)


def _facts_of(thing: dict[str, Any]) -> dict[str, str]:
    """Return id, address and outlet of an article in the JSON of a CMS, of WordPress, or of schema.org."""
    guid = thing.get("guid")
    identity = (guid.get("rendered") if isinstance(guid, dict) else None) or thing.get("id") or thing.get("@id")
    address = thing.get("url") or thing.get("link") or ""
    values = {"id": identity, "url": address, "site": thing.get("site")}
    facts = {key: str(value) for key, value in values.items() if isinstance(value, str | int) and value}
    if not is_address(facts.get("url", "")):
        facts.pop("url", None)
    return facts


def _checked(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields of a request; IntakeError if one is invalid."""
    for key, value in fields.items():
        if len(value) > (_LONGEST_ADDRESS if key == "url" else _LONGEST_TEXT) or not _is_plain(value):
            raise IntakeError(f"The value of `{key}` is too long, or holds what is no text.")
    if fields.get("url") and not is_address(fields["url"]):
        raise IntakeError(f"{fields['url'][:100]!r} is no address of a page: it begins with https:// or http://.")
    rate = fields.get("rate", "") or "0"
    if not rate.isdecimal() or (int(rate) and not 80 <= int(rate) <= 450):
        raise IntakeError("`rate` is a number of words a minute, 80 to 450.")
    if fields.get("language") and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", fields["language"]):
        raise IntakeError("`language` is a language tag such as en or pt-BR.")
    return fields


def _is_plain(value: str) -> bool:
    """Return whether a text has no control characters and no lone surrogates."""
    return not any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF for letter in value)


def _is_yes(value: str) -> bool:
    """Return whether the value of an option means yes."""
    return value.lower() in ("1", "true", "yes", "on")


def _is_fetchable(text: str) -> bool:
    """Return whether a text is an HTTP address that is not too long."""
    return text.lower().startswith(("http://", "https://")) and is_address(text) and len(text) <= _LONGEST_ADDRESS


def _fetchable(address: str) -> str:
    """Return an address that can be fetched.

    It must not contain a user name or password, which would get into the library.

    Raises:
        IntakeError: It cannot be fetched.
    """
    if not _is_fetchable(address) or "@" in split_address(address).netloc:
        raise IntakeError(f"{address[:100]!r} can't be fetched: an address begins with https:// and names no user.")
    return address


def _file_name(name: str, suffix: str) -> str:
    """Return a safe file name for a sent name; *suffix* is used only if the name has none of its own.

    Readers recognise the format by the suffix.
    """
    plain = PurePath(re.sub(r"[^\w.-]", "_", PurePath(name.replace("\\", "/")).name)[-80:].lstrip("._"))
    ending = plain.suffix.lower() or suffix
    return f"{plain.stem or 'article'}{ending}"
