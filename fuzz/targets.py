"""What is fuzzed: a function of bytes for each way in, with the packages behind it.

An input is text as far as it can be, so that the corpus can be read: its first line names a form (a format, an address,
a language, a file's name), and the rest is that form's content. An input without such a line is taken as a whole.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The line between the files of one input.
PART = b"\n%%%%\n"
CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" '
    b'media-type="application/oebps-package+xml"/></rootfiles></container>'
)
DOCX_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCX_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>'
)
#: The files of each packed format: fixed ones with their content, and those that an input fills, in order.
PACKED: Mapping[str, tuple[Mapping[str, bytes], tuple[str, ...]]] = {
    "epub": (
        {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER},
        ("book.opf", "chapter.xhtml", "nav.xhtml"),
    ),
    "docx": (
        {"[Content_Types].xml": DOCX_TYPES, "_rels/.rels": DOCX_RELS},
        ("word/document.xml", "word/styles.xml", "docProps/core.xml"),
    ),
    "omnivore.zip": ({}, ("metadata_0_to_1.json", "content/the-ice.html")),
    "readeck.zip": ({}, ("a/info.json", "a/index.html")),
    "pages.zip": ({}, ("ice.html", "notes/sea.md", "export.csv")),
}


class Fault(Exception):
    """Something that was to be foreseen came back as a fault nobody foresaw; the text is its traceback."""


@dataclass(frozen=True)
class Target:
    """One way in: what takes the bytes, the packages of ours that are measured, and words that get an input further."""

    run: Callable[[bytes], None]
    packages: tuple[str, ...]
    words: tuple[str, ...]


def _split(data: bytes, usual: str) -> tuple[str, bytes]:
    head, line, rest = data.partition(b"\n")
    return (head.decode("utf-8", "replace").strip(), rest) if line else (usual, data)


def packed(form: str, content: bytes) -> bytes:
    """Pack an input's parts under the names that the form has."""
    fixed, names = PACKED[form]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in [*fixed.items(), *zip(names, content.split(PART), strict=False)]:
            archive.writestr(name, part)
    return file.getvalue()


def document(data: bytes) -> bytes:
    """Make the document that an input stands for."""
    form, content = _split(data, "")
    return packed(form, content) if form in PACKED else data


@cache
def folder() -> Path:
    """Give the folder in which targets put their inputs; it goes when the process ends."""
    # The object is kept by the cache of `_folder`, and with it the folder.
    return Path(_folder().name)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="audiogen-fuzz-")


def _file(name: str, content: bytes) -> Path:
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def run_readers(data: bytes) -> None:
    """Read a document of any format."""
    from audiogen.readers import read

    read(document(data))


def run_cleaner(data: bytes) -> None:
    """Read a page from the address in the first line, and clean it."""
    from audiogen.cleaner import check_speakable, clean
    from audiogen.cleaner.foreign import Foreign
    from audiogen.readers import read

    address, content = _split(data, "")
    article = clean(read(content, url=address), foreign=Foreign("skip"))
    check_speakable(article)


def run_narration(data: bytes) -> None:
    """Narrate a text in the language of the first line, in paragraphs and as one sentence."""
    from audiogen.narration import narrate, normalize
    from audiogen.readers.text import read_text

    language, content = _split(data, "en")
    text = content.decode("utf-8", "replace")
    normalize(text, language)
    narrate(replace(read_text(text, None), language=language))


def run_manifest(data: bytes) -> None:
    """Publish, list and edit an episode with this manifest, beside a good one."""
    from audiogen.episodes.edits import parse_edit
    from audiogen.episodes.library import Library
    from audiogen.episodes.state import parse_state
    from audiogen.podcast.publishing import publish
    from audiogen.queue import candidates, pick
    from audiogen.settings import Settings, Show

    library = _library()
    _file("library/episodes/ice.json", data)
    pick(candidates(library), None, "saved")
    show = Show(
        title="The Ice", author="Ana Ruiz", description="Ice.", base_url="https://a.example", email="a@a.example"
    )
    publish(library, Settings(show=show), lasting=False)
    list(Library(library).manifests(skip_broken=True))
    for parse in (parse_edit, parse_state):
        _refused(parse, data)


def _refused(parse: Callable[[bytes, str], object], data: bytes) -> None:
    from audiogen.errors import AudiogenError

    try:
        parse(data, "a file")
    except AudiogenError:
        return


@cache
def _library() -> Path:
    for name in ("ice.mp3", "sea.mp3"):
        _file(f"library/episodes/{name}", b"\xff\xfb\x90\x00" * 64)
    _file("library/episodes/sea.json", (CORPUS / "manifest" / "whole.json").read_bytes().replace(b"the-ice", b"sea"))
    return folder() / "library"


def run_imports(data: bytes) -> None:
    """Find what a file of the name in the first line holds: an export, a feed, a mailbox, an archive."""
    from audiogen.errors import CrashError
    from audiogen.sources import find

    name, content = _split(data, "export.json")
    if name in PACKED:
        content = packed(name, content)
    suffix = Path(name.replace("\0", "")).suffix[:8]
    path = _file("import" + ("".join(letter for letter in suffix if letter.isalnum() or letter == ".")), content)
    for source in islice(find([str(path)]), 10_000):
        if type(source.error) is CrashError:
            raise Fault(source.error.trace)


def run_settings(data: bytes) -> None:
    """Read settings of a library, a voice card, a lexicon or a site file, as the first line says."""
    kind, content = _split(data, "settings")
    _SETTINGS.get(kind, _settings)(content)


def _settings(content: bytes) -> None:
    from audiogen.settings import load_settings

    _file("shelf/audiogen.toml", content)
    load_settings(folder() / "shelf", environ={})


def _card(content: bytes) -> None:
    from audiogen.engines.voices import load_card

    load_card(_file("card.toml", content), "library").allowed_voice  # noqa: B018 - it judges


def _lexicon(content: bytes) -> None:
    from audiogen.narration.lexicon import load_lexicon

    lexicon = load_lexicon(_file("lexicon.toml", content))
    for language in ("en", "de"):
        lexicon.used_in("Dr. Ruiz read the NATO paper.", language)
        lexicon.rules(language)


def _site(content: bytes) -> None:
    from audiogen.cleaner import sites
    from audiogen.model import Article, Block, BlockKind

    path = _file("sites/ice.toml", content)
    blocks = (Block("The harbour froze in the third week of January.", BlockKind.PARAGRAPH),)
    sites.apply_site_files(Article(url="https://a.example/ice", blocks=blocks), [path.parent])


_SETTINGS: Mapping[str, Callable[[bytes], None]] = {
    "settings": _settings, "card": _card, "lexicon": _lexicon, "site": _site,
}  # fmt: skip

#: Where the corpus is: a folder for each target.
CORPUS = Path(__file__).parent / "corpus"

_HTML = (
    "<p>", "</p>", "<div ", "<article>", "<h1>", "<h2>", "<table><tr><td>", "<li>", "<ul>", "<blockquote>", "<figure>",
    "<figcaption>", "<aside>", "<img src=", "<a href=", "<time datetime=", "<meta property=", "<math>", "<mfrac>",
    "<pre>", "<code>", "<sup>", "<br>", "<br><br>", "<script type='application/ld+json'>", "</script>", "<style>",
    "<template shadowrootmode=open>", "<ruby>", "<rt>", "class=", "id=", "style='display:none'", "hidden", "lang=",
    "datetime=", "content=", "rel=author", "itemprop=", "og:title", "article:published_time", "author", "headline",
    "@graph", "@type", "NewsArticle", "&nbsp;", "&#", "&amp;", "<!--", "-->", "<![CDATA[", "\u200b", "\u202e", "\xad",
)  # fmt: skip
_JSON = ("{", "}", "[", "]", '":', '"', "null", "true", "NaN", "1e999", "-1", "\\u0000", "\\ud800", '""', "{}", "[]")
_TOML = ("[", "]", "[[", "]]", " = ", '"""', "'''", "true", "nan", "inf", "1979-05-27T07:32:00Z", "0x", "1e308", "{ ")
_KEYS = ("title", "url", "tags", "content", "author", "published", "language", "saved", "created", "id", "text")

TARGETS: Mapping[str, Target] = {
    "readers": Target(
        run_readers,
        ("audiogen.readers", "audiogen.untrusted", "audiogen.language"),
        (*_HTML, "epub\n", "docx\n", "---\n", "+++\n", "# ", "```", "[^1]: ", "%PDF-1.7", "MIME-Version: 1.0",
         "Content-Type: multipart/related; boundary=a", "--a", "=?utf-8?q?", "<plist><dict><key>", "<w:p><w:r><w:t>"),
    ),
    "cleaner": Target(
        run_cleaner,
        ("audiogen.cleaner", "audiogen.language"),
        (*_HTML, "Sign up to our newsletter", "Read more: ", "Subscribe to continue reading", "Cookie", "Share this",
         "Advertisement", "By Ana Ruiz", "Updated ", "© 2026", "---\n", "# ", "* ", "|---|"),
    ),
    "narration": Target(
        run_narration,
        ("audiogen.narration", "audiogen.language"),
        ("en\n", "de\n", "fr\n", "pt-BR\n", "ru\n", "tr\n", "Dr. ", "$3.5bn", "€", "1984–89", "7:30 p.m.", "XIV", "½",
         "25°C", "m²", "10^6", "O'Brien", "U.S.", "e.g.", "No. 7", "5-4", "+44 20 7946", "https://a.example/b?c", "@a",
         "#a", "😀", "\u0301", "\u200b", "海", "«", "»", "“", "”", "…", "\\frac{1}{2}", "x_1", "%", "1,000", "1.000",
         "1 000", "3rd", "Sept. 6", "2026-01-07", "7/1/84", "²³", "Ⅷ", "٣", "१", "①", "_", "*"),
    ),
    "manifest": Target(
        run_manifest,
        ("audiogen.episodes", "audiogen.podcast", "audiogen.queue", "audiogen.untrusted"),
        (*_JSON, *_KEYS, "audio", "duration", "script", "start", "end", "written", "role", "guid", "slug", "revision",
         "chapters", "removed", "voice", "image", "disclosure", "authors", "urn:uuid:", "\u202e",
         "2026-01-07T00:00:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01", "../", "javascript:", "say", "history",
         "act", "drop"),
    ),
    "imports": Target(
        run_imports,
        ("audiogen.sources", "audiogen.untrusted"),
        (*_JSON, *_KEYS, "pocket.csv\n", "a.mbox\n", "a.rss\n", "a.html\n", "a.txt\n", "a.json\n", "omnivore.zip\n",
         "readeck.zip\n", "pages.zip\n", "time_added", "status", "unread", "archive", "Folder", "URL,Title", "slug",
         "<rss><channel><item>", "<pubDate>", "<link>", "<guid>", "<content:encoded>", "<feed xmlns=",
         "<!DOCTYPE NETSCAPE-Bookmark-file-1>", "<DL><p><DT><A HREF=", "ADD_DATE=", "\nFrom ", "X-Gmail-Labels: ",
         "bookmarks", "roots", "children", "date_added", "is_archived", "given_url", "http://", "9" * 20, "1e400"),
    ),
    "settings": Target(
        run_settings,
        ("audiogen.settings", "audiogen.trust", "audiogen.engines.voices", "audiogen.narration.lexicon",
         "audiogen.narration.patterns", "audiogen.cleaner.sites", "audiogen.untrusted"),
        (*_TOML, "settings\n", "card\n", "lexicon\n", "site\n", "show", "feed", "audio", "speech", "voice", "engine",
         "stand_ins", "c2pa", "listen", "fetch", "limits", "quality", "cover", "base_url", "command", "options",
         "words", "hosts", "drop", "keep", "selector", "starts", "matches", "reason", "written", "spoken", "language",
         "roles", "phonemes", "(?P<", "(a+)+", "{1,9}", "\\p{L}", "[^", "$", "http:", "../"),
    ),
}  # fmt: skip


def content_of(name: str) -> list[bytes]:
    """Give the inputs of a target's corpus, by the names of their files."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
