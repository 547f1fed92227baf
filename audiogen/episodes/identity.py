"""Identity: the keys that identify the episode of an article, and the GUID of an article without an episode.

A title does not identify an article: a hundred outlets have a "Morning Briefing". These do, in this order: the document
itself, the location it was found at, the id that a feed, a CMS or a newsletter gave it, and its address. Each is stored
under a key that consists of a word for its kind and a digest: libraries are published, and paths and ids are private.

Episodes of audiogen 0.1.0 have only their address; without one, their GUID is made of outlet, date and title.
For these the narrated text is compared with the article's.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode
from zlib import crc32

from audiogen.model import Article, BlockKind, Role
from audiogen.untrusted import host_of, public_address, split_address, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Namespace of the GUIDs of articles that have no address.
_NAMESPACE = uuid.UUID("6f2e7c9a-53d4-5f0e-9b0e-2c8f6a1d4b77")
_END_OF_PATH = re.compile(r"[/\s]+\Z")
#: Query parameters that track how a reader came: of Google, Meta, Microsoft, X, Mailchimp, HubSpot, Yandex…
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|igsh|mc_[ce]id|mkt_tok|_hsenc|_hsmi"
    r"|ns_\w+|wt_mc|cmpid|smid|ref_src|s_cid|vero_id|oly_(anon|enc)_id|ck_subscriber_id"
)
#: Roles of utterances that are not from the page.
_OURS = frozenset({Role.DISCLOSURE.value, Role.STAND_IN.value})
#: Two texts are one article's from this common share of the longer one, and two articles' up to this of the shorter.
ALIKE, UNLIKE = 0.5, 0.1
#: Words of a run, runs stored for a text, and how many of them must be equal for the texts to be compared.
_RUN, _KEPT, _MET = 6, 8, 2
#: An id of this form is globally unique; any other only within its outlet.
_UNIQUE_ID = re.compile(r"://|\Atag:|\Aurn:|@|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}", re.I)


@dataclass(frozen=True, slots=True)
class Tie:
    """The episode that a key belongs to."""

    guid: str
    #: For the key of a location: digest of the document that was last seen there.
    seen: str = ""


def guid_of(article: Article) -> str:
    """Return the GUID of an article without an episode; see `guids_of`."""
    return next(guids_of(article))


def guids_of(article: Article) -> Iterator[str]:
    """Yield possible GUIDs of an article, the best first: by its address, its external id, its document, its text."""
    if _stripped(article.url):
        yield _urn(uuid.NAMESPACE_URL, article.url)
    if scoped_id := _scoped_id(article):
        yield _urn(_NAMESPACE, f"id\n{scoped_id}")
    if article.document:
        yield _urn(_NAMESPACE, f"document\n{article.document}")
    words = (article.site, str(article.published or ""), article.text)
    yield _urn(_NAMESPACE, "\n".join(("text", *words)))


def guid_of_file(article: Article, location: str) -> str:
    """Return the GUID of a sound file outside of a library: by address or external id, else by its location.

    Without a library nothing else would identify a corrected text.
    """
    identified = _stripped(article.url) or _scoped_id(article) or not location
    return guid_of(article) if identified else _urn(_NAMESPACE, f"place\n{location}")


def first_guid_of(article: Article) -> str:
    """Return the GUID by audiogen 0.1.0 for an article without an address: by outlet, date and title."""
    name = "\n".join((article.site, str(article.published or ""), article.title or article.text[:200]))
    return _urn(_NAMESPACE, name)


def _urn(namespace: uuid.UUID, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(namespace, name)}"


def keys_of(article: Article) -> dict[str, str]:
    """Return the keys of an article, by kind: "document", "id", "address"."""
    values = {
        "document": article.document,
        "id": without_secrets(_scoped_id(article)),
        "address": clean_address(article.url),
    }
    return {kind: _key(kind, value) for kind, value in values.items() if value}


def keys_of_manifest(manifest: dict[str, Any]) -> dict[str, str]:
    """Return the keys of the article that a manifest describes."""
    article = manifest.get("article", {})
    return keys_of(
        Article(
            url=str(article.get("url") or ""),
            site=str(article.get("site") or ""),
            external_id=str(article.get("external_id") or ""),
            document=document_of(manifest),
        )
    )


def key_of_location(location: str) -> str:
    """Return the key of where a document was found: a path, an address, "export.zip#entry"."""
    return _key("place", location)


def document_of(manifest: dict[str, Any]) -> str:
    """Return the digest of the document that the episode was made from; empty in manifests of audiogen 0.1.0."""
    return str(manifest.get("digests", {}).get("document") or "")


def is_of_first_version(manifest: dict[str, Any]) -> bool:
    """Return whether audiogen 0.1.0 wrote the manifest: it has neither the document nor a version of its digests."""
    return "version" not in manifest.get("digests", {})


def clean_address(url: str) -> str:
    """Return an address in the form that all variants for its page share; empty if it is not of a single page.

    Tokens and the like are not part of it: each reader has another one, and manifests have none.

    >>> clean_address("http://www.Ledger.example/ferry/?utm_source=mail&id=7#top")
    'ledger.example/ferry?id=7'
    >>> clean_address("https://ledger.example/")
    ''
    """
    return _stripped(public_address(url.strip()))


def _stripped(url: str) -> str:
    """Return an address without tracking parameters; GUIDs are made of it, so it must never change."""
    parts = split_address(url.strip())
    host, port = (parts.hostname or "").removeprefix("www."), parts.port
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(pair[0])])
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    # White space at an address's end is no part of it, though a fragment stood behind it.
    path = parts.path.rstrip("/") if query or fragment else _END_OF_PATH.sub("", parts.path)
    if not (path or query or fragment):
        return ""
    authority = host if port in (None, 80, 443) else f"{host}:{port}"
    return authority + path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _is_tracking(name: str) -> bool:
    return _TRACKING.fullmatch(name.lower()) is not None


def _scoped_id(article: Article) -> str:
    """Return the external id together with its outlet; "" if the outlet is unknown."""
    if not article.external_id or _UNIQUE_ID.search(article.external_id):
        return article.external_id
    outlet = _host(article.url) or article.site
    return f"{outlet}\n{article.external_id}" if outlet else ""


def _host(url: str) -> str:
    return re.sub(r"\A(www|m|mobile|amp)\.", "", host_of(url))


def _key(kind: str, value: str) -> str:
    return f"{kind}-{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


# Comparison of texts.


def is_same_text(manifest: dict[str, Any], article: Article) -> bool:
    """Return whether episode and article have most of their texts in common."""
    shared, heard, written = _shared(manifest, article)
    return shared > 0 and shared >= ALIKE * max(heard, written)


def contradicts(manifest: dict[str, Any], article: Article, seen: str = "") -> bool:
    """Return whether the article is another than the episode's, although they have a key in common.

    With another address or external id, they are the same only if most of the text is. A correction may change title or
    text, even all of one. It is another article only if the title is another and hardly a word is left; or if that is
    so although the document is the one that was *seen* before, so that the episode has become another article's.
    """
    recorded = manifest.get("article", {})
    names = (
        (clean_address(str(recorded.get("url") or "")), clean_address(article.url)),
        (without_secrets(str(recorded.get("external_id") or "")), without_secrets(article.external_id)),
    )
    if any(old and new and old != new for old, new in names):
        return not is_same_text(manifest, article)
    shared, heard, written = _shared(manifest, article)
    title = str(recorded.get("title") or "")
    renamed = bool(title and article.title and title != article.title)
    return (renamed or (bool(seen) and seen == article.document)) and shared <= UNLIKE * min(heard, written)


def says_the_same(manifest: dict[str, Any], article: Article) -> bool:
    """Return whether the article's title, standfirst and text have exactly the words of the episode."""
    recorded = manifest.get("article", {})
    heads = ((recorded.get("title"), article.title), (recorded.get("dek"), article.dek))
    heard = _words(" ".join(heard_lines(manifest)))
    return heard == _body(article) and all(_words(str(a or "")) == _words(b) for a, b in heads)


def is_elsewhere(manifest: dict[str, Any], article: Article) -> bool:
    """Return whether episode and article are of different hosts: the same words are another outlet's there."""
    hosts = (_host(str(manifest.get("article", {}).get("url") or "")), _host(article.url))
    return all(hosts) and hosts[0] != hosts[1]


def _shared(manifest: dict[str, Any], article: Article) -> tuple[int, int, int]:
    """Count letters: of the episode's lines that are in the article, of all its lines, and of the article.

    If neither has a body, their titles are compared.
    """
    lines = [_words(line) for line in heard_lines(manifest)]
    text = _body(article)
    if not any(lines) and not text:
        lines, text = [_words(str(manifest.get("article", {}).get("title") or ""))], _words(article.title)
    around = f" {text} "
    found = [line for line in lines if line and f" {line} " in around]
    return _letters(found), _letters(lines), _letters([text])


def heard_lines(manifest: dict[str, Any]) -> list[str]:
    """Return the sentences of an episode's body, as written."""
    return [
        str(line.get("written", ""))
        for line in manifest.get("script", [])
        if line.get("role") not in _OURS and line.get("block", -1) >= 0
    ]


def _body(article: Article) -> str:
    return _words(" ".join(block.text for block in article.blocks if block.kind is not BlockKind.STAND_IN))


def _letters(lines: list[str]) -> int:
    return sum(len(line) - line.count(" ") for line in lines)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def marks_of(text: str) -> list[int]:
    """Return the digests of a few runs of words, by which a text is found even if other text is added.

    They are the lowest digests of its runs (MinHash): a text with most of another's words has most of its marks.
    """
    return sorted(_runs(text))[:_KEPT]


def _runs(text: str) -> set[int]:
    words = _words(text).split()
    count = max(1, len(words) - _RUN + 1)
    return {crc32(" ".join(words[start : start + _RUN]).encode()) for start in range(count)} if words else set()


class Marks:
    """Finds, among many texts, those that may have most of an article's words."""

    def __init__(self, marks: dict[str, list[int]]) -> None:
        """Take the marks of each text by its GUID."""
        self._guids: dict[int, list[str]] = {}
        self._needed = {guid: min(_MET, len(text_marks)) for guid, text_marks in marks.items()}
        for guid, text_marks in marks.items():
            for mark in text_marks:
                self._guids.setdefault(mark, []).append(guid)

    def find(self, article: Article) -> list[str]:
        """Return the GUIDs of texts that share enough with the article, the likeliest first."""
        met: dict[str, int] = {}
        runs = _runs(_body(article)) if self._guids else set()
        for run in runs & self._guids.keys():
            for guid in self._guids[run]:
                met[guid] = met.get(guid, 0) + 1
        near = [guid for guid, count in met.items() if count >= self._needed[guid]]
        return sorted(near, key=lambda guid: (-met[guid], guid))
