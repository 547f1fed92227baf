"""Finds the name of a page's outlet in its meta tags, the end of its title, or its logo.

A name from the title, the logo or the link to the home page is used only if the page's address confirms it, or two of
these sources agree: the end of a title is often a section, and a page shows logos of others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from audiogen.readers.jsonld import text_of, type_of
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import html

SPACES = re.compile(r"\s+")
#: Separators between a headline and the names of section and outlet.
BORDER = re.compile(r"\s+[|\-–—·•»›:ǀ/_]{1,2}\s+|\s*[|｜»_]\s*|(?<=\w)- (?=[A-Z])")
#: Meta tags with an outlet's name, for pages without the usual ones.
TAGS = (
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "al:android:app_name",
    "dc.publisher",
    "publisher",
)
#: Words around an outlet's name in the text of its logo, which are removed.
LOGO_WORDS = re.compile(
    r"\b(?:the\s+)?(?:logo(?:type)?(?: (?:de|von|der|des))?|home\s?page|home|startseite|accueil|inicio|zur|zum|link|"
    r"go to|back to|return to|retour à)\b|[()]",
    re.I,
)
LOGO = re.compile(r"logo|brand|masthead|site-?title|site-?name", re.I)
ARTICLE = re.compile(r"\A(?:the|der|die|das|le|la|les|el|il|lo|o|de|het)\s+(?=\S)|\Al[’']", re.I)
#: Parts of hosts that are not names.
NO_NAME = frozenset({
    "www", "m", "amp", "mobile", "en", "de", "fr", "es", "it", "news", "blog", "blogs", "article", "articles", "com",
    "org", "net", "co", "gov", "ac", "edu"
})  # fmt: skip
#: Maximum length of a name, in characters and in words; and length above which the part after a separator is a motto.
LONGEST, MOST_WORDS, WITH_MOTTO = 60, 8, 25
#: Minimum share of a name that an abbreviated host has: "nytimes" of "The New York Times".
SHORTENED = 0.3
#: Maximum number of pictures and links that are searched for the logo.
MOST_LOGOS = 400


@dataclass(frozen=True, slots=True)
class Outlet:
    """The outlet's name, and all its names on the page."""

    name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Logo:
    """A text that may be the outlet's name."""

    text: str
    #: Whether it is the text of a link to the home page, and not that of a picture.
    at_home: bool


def find_outlet(
    root: html.HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any], things: list[dict[str, Any]], url: str
) -> Outlet:
    """Return the outlet's names.

    Args:
        root: The page.
        meta: Its meta tags by name.
        article: The article in its JSON-LD, if there is one.
        things: All objects in its JSON-LD.
        url: Its address.
    """
    declared = tuple(filter(None, (_plain(name, url) for name in _declared(meta, article, things))))
    name = next(iter(declared), "") or _shown(root, url)
    return Outlet(name, tuple(dict.fromkeys(filter(None, (name, *declared, *_labels(url))))))


def site_of(url: str) -> str:
    """Return the host of an address without "www." and similar prefixes ("www.example.org" is "example.org").

    "" if none.

    >>> site_of("https://www.example.org/harbour/clock")
    'example.org'
    """
    address = split_address(url)
    host = (address.hostname or "") if address.scheme in {"http", "https"} else ""
    host = re.sub(r"\A(?:www\d?|m|amp|mobile)\.(?=[^.]+\.)", "", host)
    return host if re.search(r"\.[a-z][a-z-]+\Z", host) else ""


def _declared(meta: Mapping[str, str], article: Mapping[str, Any], things: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the names in meta tags and JSON-LD, the best first; some are empty."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and not publisher.get("name") and publisher.get("@id"):
        publisher = next((thing for thing in things if thing.get("@id") == publisher["@id"]), publisher)
    yield meta.get("og:site_name", "")
    yield text_of(publisher)
    yield text_of(next((thing.get("name") for thing in things if type_of(thing) == "WebSite"), ""))
    for tag in TAGS:
        yield meta.get(tag, "")


def _plain(name: str, url: str) -> str:
    """Return a declared name without a motto; "" if it is an address or too long."""
    name = name.lstrip("@").strip(" /|-–—")
    if "://" in name or len(name) > 2 * LONGEST:
        return ""
    parts = [part.strip() for part in BORDER.split(name) if part.strip()]
    if len(name) <= WITH_MOTTO or len(parts) < 2:
        return name
    return next((part for part in parts if _is_in_address(part, url)), name)


def _shown(root: html.HtmlElement, url: str) -> str:
    """Return the name in the title's end or the logo if another source confirms it, otherwise ""."""
    parts, logos = _parts_of_title(root), list(_logos(root, url))
    folded = {_letters(logo.text) for logo in logos}
    choices = (
        (part for part in parts if _is_in_address(part, url)),
        (part for part in parts if _letters(part) in folded),
        (logo.text for logo in logos if (_is_in_address if logo.at_home else _is_in_host)(logo.text, url)),
    )
    return next((name for names in choices for name in names), "")


def _parts_of_title(root: html.HtmlElement) -> list[str]:
    """Return the parts of the page's title that may be the name, the last first."""
    title = next(
        (SPACES.sub(" ", e.text_content()).strip() for e in root.iter("title") if e.getparent().tag != "svg"), ""
    )
    parts = [part.strip() for part in BORDER.split(title)]
    return [part for part in (*parts[:0:-1], *parts[:1]) if len(parts) > 1 and _may_be_name(part)]


def _logos(root: html.HtmlElement, url: str) -> Iterator[_Logo]:
    """Yield the texts of logos and of links to the home page."""
    home = {"/", "./", "index.html", "/index.html"} | ({root_of, root_of + "/"} if (root_of := _root(url)) else set())
    for element in islice(root.iter("a", "img"), MOST_LOGOS):
        at_home = element.tag == "a" and (element.get("href") or "") in home
        texts = _of_link(element) if at_home else _of_picture(element) if element.tag == "img" else ()
        for text in texts:
            for part in BORDER.split(text[: 3 * LONGEST]):
                name = _once(SPACES.sub(" ", LOGO_WORDS.sub(" ", part)).strip(" -–—|:,"))
                if _may_be_name(name):
                    yield _Logo(name, at_home)


def _of_link(element: html.HtmlElement) -> tuple[str, ...]:
    """Return the text, title and label of a link."""
    return " ".join(element.itertext()), element.get("title") or "", element.get("aria-label") or ""


def _of_picture(element: html.HtmlElement) -> tuple[str, ...]:
    """Return a picture's alternative text if its name, its address or the link around it contains "logo" or similar."""
    parent = element.getparent()
    around = () if parent is None else (parent.get("class"), parent.get("id"), parent.get("href"))
    marks = (element.get("class"), element.get("id"), element.get("src"), element.get("alt"), *around)
    return (element.get("alt") or "",) if LOGO.search(" ".join(filter(None, marks))[:500]) else ()


def _once(text: str) -> str:
    """Return the first half of a text that consists of the same words twice: a logo's and its link's."""
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else text


def _root(url: str) -> str:
    """Return the scheme and host of an address, or ""."""
    found = re.match(r"https?://[^/?#]+", url)
    return found[0] if found else ""


def _may_be_name(text: str) -> bool:
    """Return whether a text is short enough for a name and has letters."""
    return 2 < len(text) <= LONGEST and len(text.split()) <= MOST_WORDS and any(c.isalpha() for c in text)


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _labels(url: str) -> list[str]:
    """Return the host of an address, and the parts of it that may be names."""
    host = site_of(url)
    parts = host.split(".")[:-1]
    return [host, *(part for part in parts if part not in NO_NAME and len(part) > 2)]


def _bare_letters(name: str) -> str:
    """Return the letters of a name without its article, which addresses omit."""
    return _letters(ARTICLE.sub("", name))


def _is_in_address(name: str, url: str) -> bool:
    """Return whether the address's host contains the name, a shortened form of it, or its initials."""
    if _is_in_host(name, url):
        return True
    core = _bare_letters(name)
    initials = "".join(word[0] for word in re.findall(r"\w+", name.casefold()))
    return len(core) > 2 and any(_shortens(_letters(label), core, initials) for label in _labels(url)[1:])


def _is_in_host(name: str, url: str) -> bool:
    """Return whether the address's host contains the name."""
    core = _bare_letters(name)
    return len(core) > 2 and core not in NO_NAME and core in _letters(site_of(url))


def _shortens(label: str, core: str, initials: str) -> bool:
    """Return whether *label*, a part of a host, abbreviates a name with the letters *core* and these *initials*."""
    if len(label) < 3:
        return False
    if _is_within(label, core):
        return label in core or len(label) >= max(4, SHORTENED * len(core)) or _is_within(label, initials)
    return len(core) >= 0.6 * len(label) and _is_within(core, label)


def _is_within(short: str, long: str) -> bool:
    """Return whether *long* begins with the first letter of *short* and contains its letters in order."""
    rest = iter(long)
    return short[:1] == long[:1] and all(letter in rest for letter in short)
