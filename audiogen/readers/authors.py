"""Whom a page names as its authors outside of its text: JSON-LD, meta tags, microdata, links and classes of bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from audiogen.readers.jsonld import ARTICLE_TYPES, PAGE_TYPES, names_of, type_of
from audiogen.readers.people import MOST, Kind, Name, credited, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml import html

SPACES = re.compile(r"\s+")
#: Names of meta tags with the author, best first.
TAGS = (
    "author", "article:author", "parsely-author", "dc.creator", "dc:creator", "dcterms.creator", "byl",
    "sailthru.author", "article:byline", "citation_author", "cxenseparse:author", "vr:author", "creator", "authors",
    "articleauthor", "article_author", "article.author", "author_name",
)  # fmt: skip
MICRODATA = "//*[@itemprop='author' or @rel='author']"
#: Tags of libraries, which name the surname first.
LISTED = frozenset({"citation_author", "dc.creator", "dcterms.creator"})
SURNAME_FIRST = re.compile(r"\A([^,;]+), ([^,;]+)\Z")
BYLINE = re.compile(
    r"byline|by-line|(?<![a-z])author(?!i)|author[-_]?name|writer|contributor|posted-by|autor(?:e|en)?\b", re.I
)
NOT_BYLINE = re.compile(r"comment|bio\b|related|recent|avatar|social|sidebar|widget", re.I)
#: Parts of a page with other authors than the article's: pictures, comments, other articles.
APART = re.compile(
    r"comment|related|recirc|recommend|teaser|most[-_]?read|popular|trending|latest|carousel|slider|gallery|caption|"
    r"(?<![a-z])(?:image|photo|figure|credit|promo|menu|nav)(?![a-z])",
    re.I,
)
APART_TAGS = frozenset({"figure", "figcaption", "nav"})
APART_THINGS = re.compile(r"schema\.org/(?:\w*Image\w*|Photograph|VideoObject|Comment|UserComments|Review)\b", re.I)
#: How far over an element it is looked for what it is part of.
REACH = 8
#: How far over a name its neighbours in the same byline are looked for, and how long, in characters, a byline is.
BESIDE, BYLINE_LENGTH = 6, 400
#: Most children of an element that is a byline.
MOST_CHILDREN = 12
#: Addresses of pages about people who write.
PROFILE = re.compile(
    r"/(?:authors?|profiles?|by|contributors?|writers?|journalists?|autore?s?|autor(?:en)?)/[^/?#]+", re.I
)
#: Tags of elements that are looked at for a byline's class.
SHORT = frozenset({"a", "span", "p", "div", "address", "li", "strong", "em", "h4", "h5", "h6", "cite"})
#: Fewest words of a heading that is the headline rather than the outlet's name.
HEADLINE = 3


@dataclass(frozen=True, slots=True)
class Authors:
    """Whom the page names, by how far that can be trusted."""

    #: People and agencies in the page's metadata.
    declared: tuple[str, ...] = ()
    #: The outlet, its staff or a firm, in the page's metadata.
    groups: tuple[str, ...] = ()
    #: Names in what looks like a byline, anywhere on the page; searched only if the metadata names nobody.
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A text that a place gives for an author, and whether it calls it an organisation."""

    text: str
    is_group: bool = False


@dataclass(slots=True)
class _Marked:
    """The elements that are marked as bylines: those after the headline, and those before it."""

    bylines: list[html.HtmlElement]
    links: list[html.HtmlElement]


def find_authors(
    root: html.HtmlElement, article: Mapping[str, Any], things: list[dict[str, Any]], outlet: Iterable[str]
) -> Authors:
    """Find whom the page names.

    Args:
        root: The page.
        article: The article in its JSON-LD, if there is one.
        things: All that its JSON-LD tells of.
        outlet: What the outlet is called, by its own words and its address; nobody is called so.
    """
    outlet_letters = frozenset(filter(None, map(letters, outlet)))
    microdata = _together(_microdata(root))
    candidates = [_read(texts, outlet_letters) for texts in _candidates(root, article, things, microdata)]
    declared = next((names for names in candidates if any(name.kind is not Kind.GROUP for name in names)), ())
    groups = next(filter(None, candidates), ())
    if not declared:
        bylines = _bylines(_marked(root), outlet_letters)
        people = next(filter(None, map(_people, bylines)), ())
        groups = groups or (() if people else next(filter(None, bylines), ()))
        return Authors(groups=credited(groups), bylines=people)
    return Authors(declared=_fuller(credited(declared), microdata, outlet_letters), groups=credited(groups))


def letters(text: str) -> str:
    """Fold a name to its letters and digits: "The Quay-Post" and "the quaypost" are one."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _candidates(
    root: html.HtmlElement,
    article: Mapping[str, Any],
    things: list[dict[str, Any]],
    microdata: Sequence[html.HtmlElement],
) -> Iterator[list[_Mention]]:
    """Yield the mentions in each source of names, the best source first."""
    yield _of_thing(article.get("author"), things)
    yield _of_thing(article.get("creator"), things)
    tags = _tags(root)
    for tag in TAGS:
        yield [_Mention(text) for text in tags.get(tag, ())]
    yield [_Mention(_text(element)) for element in microdata]
    pages = (thing for thing in things if ARTICLE_TYPES.search(type_of(thing)) or PAGE_TYPES.search(type_of(thing)))
    yield _of_thing(next((thing["author"] for thing in pages if thing.get("author")), None), things)
    yield [_Mention(text) for text in names_of([thing for thing in things if type_of(thing) == "Person"][:1], things)]
    if any(label in "".join(tags.get("twitter:label1", ())).casefold() for label in ("written by", "verfasst von")):
        yield [_Mention(text) for text in tags.get("twitter:data1", ())]


def _of_thing(value: Any, things: list[dict[str, Any]]) -> list[_Mention]:
    people, groups = names_of(value, things), names_of(value, things, groups=True)
    return [*(_Mention(text) for text in people), *(_Mention(text, is_group=True) for text in groups)]


def _read(mentions: Sequence[_Mention], outlet_letters: frozenset[str]) -> tuple[Name, ...]:
    """Return the names in the mentions of one source; a group in a list of people is credited beside them."""
    names: dict[str, Name] = {}
    for one in mentions:
        for name in _credits(one, outlet_letters):
            listed = (
                len(mentions) > 1
                and name.kind is Kind.GROUP
                and not (one.is_group or _is_of_outlet(name.text, outlet_letters))
            )
            names.setdefault(name.text.casefold(), replace(name, kind=Kind.AGENCY) if listed else name)
    return tuple(names.values())[:MOST]


def _credits(mention: _Mention, outlet_letters: frozenset[str]) -> list[Name]:
    names = [_without_outlet(name, outlet_letters) for name in named([mention.text])]
    if mention.is_group:
        return [replace(name, kind=Kind.GROUP) if name.kind is Kind.PERSON else name for name in names]
    together = len(names) > 1 and all(name.kind is not Kind.PERSON for name in names)
    if together and any(name.kind is Kind.AGENCY for name in names) and not re.search(r"[,;/]", mention.text):
        return [Name(mention.text, Kind.AGENCY)]  # "The Quay Post and AFP" is a credit as it stands
    return names if len(names) == 1 else [name for name in names if name.kind is not Kind.GROUP] or names


def _is_of_outlet(name: str, outlet_letters: frozenset[str]) -> bool:
    return any(len(one) > 3 and one in letters(name) for one in outlet_letters)


def _without_outlet(name: Name, outlet_letters: frozenset[str]) -> Name:
    if name.kind is not Kind.PERSON:
        return name
    if letters(name.text) in outlet_letters:
        return replace(name, kind=Kind.GROUP)
    words = name.text.split()
    end = next((n for n in range(2, len(words)) if letters(" ".join(words[n:])) in outlet_letters), len(words))
    return replace(name, text=" ".join(words[:end]))


def _tags(root: html.HtmlElement) -> dict[str, list[str]]:
    """Collect the contents of the meta tags by name; there may be several of a name, one for each author."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        if name in TAGS or name.startswith("twitter:"):
            content = element.get("content") or ""
            found.setdefault(name, []).append(SURNAME_FIRST.sub(r"\2 \1", content) if name in LISTED else content)
    return found


def _microdata(root: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the elements that are marked as an author, those after the headline, or else those before it."""
    elements = [element for element in root.xpath(MICRODATA) if not _is_apart(element)]
    headline = next((h1 for h1 in root.iter("h1") if len(" ".join(h1.itertext()).split()) >= HEADLINE), None)
    if len(elements) < 2 or headline is None:
        return elements
    after = set(headline.xpath(MICRODATA.replace("//", "following::")))
    return [element for element in elements if element in after] or elements


def _marked(root: html.HtmlElement) -> _Marked:
    before, after = _Marked([], []), _Marked([], [])
    found = before
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == "h1" and found is before and len(" ".join(element.itertext()).split()) >= HEADLINE:
            found = after
        elif element.attrib:
            _note(element, tag, found)
    return _Marked(after.bylines + before.bylines, after.links + before.links)


def _note(element: html.HtmlElement, tag: str, found: _Marked) -> None:
    get = element.attrib.get
    marks = f"{get('class', '')} {get('id', '')} {get('rel', '')}"
    is_byline = tag in SHORT and len(marks) > 2 and bool(BYLINE.search(marks)) and not NOT_BYLINE.search(marks)
    is_profile = tag == "a" and bool(PROFILE.search(get("href", ""))) and not NOT_BYLINE.search(_around(element))
    if not (is_byline or is_profile) or _is_apart(element):
        return
    if is_byline and len(element) <= MOST_CHILDREN:
        found.bylines.append(element)
    if is_profile:
        found.links.append(element)


def _around(element: html.HtmlElement) -> str:
    parent = element.getparent()
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names if parent is None else f"{names} {parent.get('class') or ''} {parent.get('id') or ''}"


def _is_apart(element: html.HtmlElement) -> bool:
    """Return whether the element is in a picture, a comment or the teaser of another article."""
    for _ in range(REACH):
        if element is None or element.tag in {"body", "article", "main"}:
            return False
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in APART_TAGS or APART.search(marks) or APART_THINGS.search(element.get("itemtype") or ""):
            return True
        element = element.getparent()
    return False


def _together(elements: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    """Return the first of *elements*, and those in the same byline; further elements credit others."""
    if len(elements) < 2:
        return list(elements)
    over = elements[0]
    for _ in range(BESIDE):
        parent = over.getparent()
        if parent is None or parent.tag in {"body", "article", "main"} or len(_short(parent)) > BYLINE_LENGTH:
            break
        over = parent
    inside = set(over.iter())
    return [element for element in elements if element in inside]


def _short(element: html.HtmlElement) -> str:
    """Return the element's text as far as a byline is long, and a letter more."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece.strip())
        size += len(pieces[-1])
        if size > BYLINE_LENGTH:
            break
    return "".join(pieces)


def _text(element: html.HtmlElement) -> str:
    """Return the name that an element marks; the links in it are a person each."""
    inner = next((child for child in element.iterdescendants() if child.get("itemprop") == "name"), element)
    text = SPACES.sub(" ", inner.get("content") or " ".join(inner.itertext())).strip()
    return text if len(text) < 150 else ""


def _byline(element: html.HtmlElement) -> str:
    links = [SPACES.sub(" ", " ".join(link.itertext())).strip() for link in element.iter("a")]
    names = list(dict.fromkeys(link for link in links if " " in link and len(link) < 60))
    text = SPACES.sub(" ", " ".join(element.itertext())).strip()
    return ", ".join(names) if len(names) > 1 and len(text) < 150 else text


def _bylines(marked: _Marked, outlet_letters: frozenset[str]) -> list[tuple[Name, ...]]:
    """Return the names in each byline, and in each link to a page about a person."""
    bylines = (text for element in marked.bylines if 3 < len(text := _byline(element)) < 150)
    links = (text for element in marked.links if 3 < len(text := _text(element)) < 60 and " " in text)
    return [tuple(_credits(_Mention(text), outlet_letters)) for text in chain(bylines, links)]


def _people(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(name.text for name in names if name.kind is Kind.PERSON)


def _fuller(
    declared: tuple[str, ...], microdata: Sequence[html.HtmlElement], outlet_letters: frozenset[str]
) -> tuple[str, ...]:
    """Return the microdata's names if they include all declared ones and more: software often declares only one."""
    known = set(map(letters, declared))
    found = _people(_read([_Mention(_text(element)) for element in microdata], outlet_letters))
    return found if known < set(map(letters, found)) else declared
