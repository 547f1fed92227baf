"""Finds the authors that a page names outside of its text: in JSON-LD, meta tags, microdata, links and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from audiogen.readers.jsonld import ARTICLE_TYPES, PAGE_TYPES, names_of, type_of
from audiogen.readers.people import MAX_NAMES, Kind, Name, credited, named

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
#: Meta tags of library catalogues, which put the surname first.
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
#: Number of an element's ancestors that are examined for its context.
REACH = 8
#: Number of ancestors that may hold the other names of a byline, and maximum length of a byline in characters.
BESIDE, BYLINE_LENGTH = 6, 400
#: Maximum number of children of an element that is a byline.
MOST_CHILDREN = 12
#: Addresses of authors' profile pages.
PROFILE = re.compile(
    r"/(?:authors?|profiles?|by|contributors?|writers?|journalists?|autore?s?|autor(?:en)?)/[^/?#]+", re.I
)
#: Elements that may be bylines.
SHORT = frozenset({"a", "span", "p", "div", "address", "li", "strong", "em", "h4", "h5", "h6", "cite"})
#: Minimum number of words of a heading that is the headline and not the outlet's name.
HEADLINE = 3


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors that a page names, in fields by reliability."""

    #: People and agencies in the page's metadata.
    declared: tuple[str, ...] = ()
    #: The outlet, its staff or a firm, in the page's metadata.
    groups: tuple[str, ...] = ()
    #: Names in what looks like a byline, anywhere on the page; searched only if the metadata names nobody.
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A text that names an author, and whether its source says that it is an organisation."""

    text: str
    is_group: bool = False


@dataclass(slots=True)
class _BylineElements:
    """Elements that are marked as bylines, and links to authors' profiles; those after the headline come first."""

    bylines: list[html.HtmlElement]
    links: list[html.HtmlElement]


def find_authors(
    root: html.HtmlElement, article: Mapping[str, Any], things: list[dict[str, Any]], outlet: Iterable[str]
) -> Authors:
    """Return the authors that a page names.

    Args:
        root: The page.
        article: The article in its JSON-LD, if there is one.
        things: All objects in its JSON-LD.
        outlet: The outlet's names; none of them is a person.
    """
    outlet_letters = frozenset(filter(None, map(letters, outlet)))
    microdata = _same_byline(_microdata(root))
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
    """Return the letters and digits of a name in lower case: "The Quay-Post" and "the quaypost" become equal."""
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
    """Return the mentions in an author field of JSON-LD, people first."""
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
    return tuple(names.values())[:MAX_NAMES]


def _credits(mention: _Mention, outlet_letters: frozenset[str]) -> list[Name]:
    """Return the names in one mention, with the outlet's name removed or marked as a group."""
    names = [_without_outlet(name, outlet_letters) for name in named([mention.text])]
    if mention.is_group:
        return [replace(name, kind=Kind.GROUP) if name.kind is Kind.PERSON else name for name in names]
    together = len(names) > 1 and all(name.kind is not Kind.PERSON for name in names)
    if together and any(name.kind is Kind.AGENCY for name in names) and not re.search(r"[,;/]", mention.text):
        return [Name(mention.text, Kind.AGENCY)]  # "The Quay Post and AFP" is a credit as it stands
    return names if len(names) == 1 else [name for name in names if name.kind is not Kind.GROUP] or names


def _is_of_outlet(name: str, outlet_letters: frozenset[str]) -> bool:
    """Return whether the name contains a name of the outlet."""
    return any(len(one) > 3 and one in letters(name) for one in outlet_letters)


def _without_outlet(name: Name, outlet_letters: frozenset[str]) -> Name:
    """Return the name without the outlet's name after it; a group if it is the outlet's name alone."""
    if name.kind is not Kind.PERSON:
        return name
    if letters(name.text) in outlet_letters:
        return replace(name, kind=Kind.GROUP)
    words = name.text.split()
    end = next((n for n in range(2, len(words)) if letters(" ".join(words[n:])) in outlet_letters), len(words))
    return replace(name, text=" ".join(words[:end]))


def _tags(root: html.HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta tags that may name authors, by name in lower case.

    A name may occur several times. All "twitter:" tags are included, and "Ruiz, Ana" of a library is "Ana Ruiz".
    """
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        if name in TAGS or name.startswith("twitter:"):
            content = element.get("content") or ""
            found.setdefault(name, []).append(SURNAME_FIRST.sub(r"\2 \1", content) if name in LISTED else content)
    return found


def _microdata(root: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the elements that are marked as an author, after the headline if there are any, otherwise before it."""
    elements = [element for element in root.xpath(MICRODATA) if not _is_apart(element)]
    headline = next((h1 for h1 in root.iter("h1") if len(" ".join(h1.itertext()).split()) >= HEADLINE), None)
    if len(elements) < 2 or headline is None:
        return elements
    after = set(headline.xpath(MICRODATA.replace("//", "following::")))
    return [element for element in elements if element in after] or elements


def _marked(root: html.HtmlElement) -> _BylineElements:
    """Return the elements of the page that look like bylines or link to profiles."""
    before, after = _BylineElements([], []), _BylineElements([], [])
    found = before
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == "h1" and found is before and len(" ".join(element.itertext()).split()) >= HEADLINE:
            found = after
        elif element.attrib:
            _note(element, tag, found)
    return _BylineElements(after.bylines + before.bylines, after.links + before.links)


def _note(element: html.HtmlElement, tag: str, found: _BylineElements) -> None:
    """Add an element to *found* if it looks like a byline or links to a profile."""
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
    """Return the classes and ids of an element and its parent."""
    parent = element.getparent()
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names if parent is None else f"{names} {parent.get('class') or ''} {parent.get('id') or ''}"


def _is_apart(element: html.HtmlElement) -> bool:
    """Return whether the element belongs to a picture, a comment or another article's teaser."""
    for _ in range(REACH):
        if element is None or element.tag in {"body", "article", "main"}:
            return False
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in APART_TAGS or APART.search(marks) or APART_THINGS.search(element.get("itemtype") or ""):
            return True
        element = element.getparent()
    return False


def _same_byline(elements: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    """Return the first of *elements* and those in the same byline; later elements name other people."""
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
    """Return the element's text, cut one character after the maximum length of a byline."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece.strip())
        size += len(pieces[-1])
        if size > BYLINE_LENGTH:
            break
    return "".join(pieces)


def _text(element: html.HtmlElement) -> str:
    """Return the name in an element that is marked as an author; "" if it is too long."""
    inner = next((child for child in element.iterdescendants() if child.get("itemprop") == "name"), element)
    text = SPACES.sub(" ", inner.get("content") or " ".join(inner.itertext())).strip()
    return text if len(text) < 150 else ""


def _byline(element: html.HtmlElement) -> str:
    """Return the text of a byline; if it has several links, their texts with commas between them."""
    links = [SPACES.sub(" ", " ".join(link.itertext())).strip() for link in element.iter("a")]
    names = list(dict.fromkeys(link for link in links if " " in link and len(link) < 60))
    text = SPACES.sub(" ", " ".join(element.itertext())).strip()
    return ", ".join(names) if len(names) > 1 and len(text) < 150 else text


def _bylines(marked: _BylineElements, outlet_letters: frozenset[str]) -> list[tuple[Name, ...]]:
    """Return the names in each byline, and in each link to a page about a person."""
    bylines = (text for element in marked.bylines if 3 < len(text := _byline(element)) < 150)
    links = (text for element in marked.links if 3 < len(text := _text(element)) < 60 and " " in text)
    return [tuple(_credits(_Mention(text), outlet_letters)) for text in chain(bylines, links)]


def _people(names: Iterable[Name]) -> tuple[str, ...]:
    """Return the names of people among *names*."""
    return tuple(name.text for name in names if name.kind is Kind.PERSON)


def _fuller(
    declared: tuple[str, ...], microdata: Sequence[html.HtmlElement], outlet_letters: frozenset[str]
) -> tuple[str, ...]:
    """Return the names in microdata if they include all *declared* names and more, otherwise *declared*.

    Some software declares only the first author.
    """
    known = set(map(letters, declared))
    found = _people(_read([_Mention(_text(element)) for element in microdata], outlet_letters))
    return found if known < set(map(letters, found)) else declared
