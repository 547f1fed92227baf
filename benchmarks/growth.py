"""How the time of reading, cleaning and narrating grows with what a document repeats, usual or hostile.

    python -m benchmarks.growth [--only WORD] [--seconds 1.5] [--languages] [--all]

Each kind is doubled until a stage takes so many seconds of processor time, and the last doubling counts: twice the time
is linear. Where a stage takes more than 2.2 times as long, the last two sizes are measured again, and up to three
larger ones, each twice; the lesser times count. A row is printed where a stage takes more than 2.2 times as long at
each doubling, or with --all. --languages asks the same of `normalize` in every language, of short texts, for nobody
narrates a megabyte in one paragraph.
"""

from __future__ import annotations

import argparse
import gc
import html
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import audiogen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

#: Ratio of the last doubling above which a row is told.
MOST = 2.2
#: Shortest time that is compared, in seconds: below it the clock and the caches tell more than the work.
LEAST = 0.1
#: How often a size is measured to confirm a row. The least time counts, for other programs and caches only add to it.
TIMES = 2
#: How often a document is doubled to confirm a row, unless a stage takes so many seconds of processor time before.
DOUBLINGS = 3
LONG = 6.0
#: First and largest size of a document, in characters; what is read has ten millions at most.
FIRST, LARGEST = 4_000, 4_000_000
#: The same for a text in one paragraph.
FIRST_TEXT, LARGEST_TEXT = 500, 64_000

PROSE = "<p>The harbour froze in the third week of January, and no ferry left it for nine days.</p>"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pt-BR", "nl", "pl", "cs", "ru", "uk", "sv", "nb", "da", "tr")
#: What a paragraph repeats.
RUNS = {
    "exclamation marks": "!", "question marks, spaced": "? ", "full stops": ".", "full stops, spaced": ". ",
    "ellipses": "… ", "commas": ",", "colons": ":", "hyphens": "-", "dashes": "—", "dashes, spaced": " – ",
    "underscores": "_", "slashes": "/", "backslashes": "\\", "stars": "*", "hashes": "#", "pipes": "|", "tildes": "~",
    "carets": "^", "equals": "=", "plus": "+", "plus, spaced": "+ ", "per cent": "%", "dollars": "$", "euros": "€",
    "at": "@", "ampersands": "&amp;", "less than": "&lt;", "brackets": "(", "brackets, closed": "()",
    "brackets, deep": "[(", "quotes": '"', "quotes, spaced": '" ', "curly quotes": "“", "apostrophes": "'",
    "apostrophes, words": "a'", "guillemets": "« ", "digits": "7", "digits, spaced": "7 ", "digits, commas": "7,",
    "digits by two, commas": "77,",
    "digits, stops": "7.", "digits, hyphens": "7-", "digits, slashes": "7/", "digits, colons": "7:",
    "thousands": "000,", "thousands, spaced": "000 ", "money": "$7 ", "years": "1984–", "degrees": "7°", "powers": "7²",
    "roman": "XIV ", "roman, one word": "M", "fractions": "½", "ordinals": "7th ", "times": "7:30 ", "capitals": "A",
    "capitals, stops": "A.", "capitals, spaced": "A ", "capitals, hyphens": "A-", "small letters": "a",
    "small letters, stops": "a.", "letters, hyphens": "a-", "camel": "aA", "letters and digits": "a7",
    "versions": "v7.", "words": "harbour ", "words, one": "harbour", "words, capital": "Harbour ",
    "words, commas": "harbour, ", "titles": "Dr. ", "abbreviations": "e.g. ", "months": "January ",
    "addresses": "https://a.example/", "addresses, spaced": "https://a.example/b ", "mail addresses": "a@b.example ",
    "half addresses": "www.", "hosts": "a.example.", "paths": "/a", "hashtags": "#a ", "handles": "@a ",
    "blanks": "&nbsp;", "line breaks": "<br>", "tabs": "\t", "zero width": "\u200b", "combining": "\u0301",
    "soft hyphens": "\xad", "emoji": "😀", "emoji, joined": "\U0001f469\u200d", "flags": "🇺🇦", "Chinese": "海",
    "Chinese, stops": "海。", "Arabic": "بحر ", "Thai": "ทะเล", "Cyrillic": "море ", "mixed scripts": "aж",
    "mixed scripts, words": "sea море ", "controls": "\x01", "replacement": "\ufffd", "entities": "&eacute;",
    "half entities": "&a", "numbered entities": "&#8217;", "half tags": "<", "sentences": "It froze. ",
    "quotations": "“It froze,” she said. ", "brackets around": "(it froze) ", "notes": "[7] ",
    "dates": "7 January 1984 ", "phones": "+44 20 ",
}  # fmt: skip
#: What a page repeats, between its head and its end.
MARKUP = {
    "paragraphs": PROSE, "short paragraphs": "<p>Ice.</p>", "paragraphs without text": "<p></p>",
    "blocks in blocks": "<div>", "spans in spans": "<span>", "bold in bold": "<p><b><i>", "fonts": "<font>a",
    "spans": "<span>ice</span> ", "links": "<a href='/b'>ice</a> ", "links, open": "<a href='/b'>ice ",
    "notes, linked": "<sup><a href='#n7' id='r7'>7</a></sup> ", "lists": "<ul><li>Ice.</ul>",
    "list in list": "<ul><li>Ice.", "items": "<li>Ice on the harbour.</li>",
    "tables": "<table><tr><td>Ice<td>7</table>", "table in table": "<table><tr><td>", "cells": "<td>7",
    "rows": "<tr><td>Ice<td>7<td>8</tr>", "headings": "<h2>Ice</h2>", "headings and paragraphs": f"<h2>Ice</h2>{PROSE}",
    "quotes in quotes": "<blockquote>", "rules": "<hr>", "pictures": "<img src='/a.jpg' alt='Ice'>",
    "figures": "<figure><img src='/a.jpg'><figcaption>Ice at sea.</figcaption></figure>",
    "forms": "<form><input><button>Ice</button></form>", "definitions": "<dl><dt>Ice<dd>Water.</dl>",
    "formulas": "<math><mi>x</mi><mo>+</mo><mn>7</mn></math> ", "formula in formula": "<math><mrow><msup>",
    "code": "<pre>x = 7;</pre>", "ruby": "<ruby>海<rt>umi</rt></ruby>", "scripts": "<script>x=7</script>",
    "styles": "<style>.a{display:none}</style>", "comments": "<!-- ice -->", "half comments": "<!--",
    "closing tags": "</div></p>", "unknown elements": "<x-ice>Ice.</x-ice>",
    "templates": "<template shadowrootmode=open><p>Ice.</template>", "hidden": "<p hidden>Ice.</p>",
    "hidden in hidden": "<div hidden>", "details": "<details><summary>Ice?</summary>Yes, ice.</details>",
    "asides": "<aside><p>Read more about ice.</p></aside>", "sections": f"<section>{PROSE}</section>",
    "articles": f"<article><h2>Ice</h2>{PROSE}</article>", "iframes": "<iframe src='/a'></iframe>",
    "frames of text": "Ice.<br><br>", "meta": "<meta property='article:tag' content='ice'>",
    "JSON-LD": "<script type='application/ld+json'>{}</script>",
    "times": "<time datetime='1984-01-07'>7 January</time> ", "bylines": "<p>By Ana Ruiz</p>",
    "languages": "<i lang='fr'>la glace</i> ", "tags of lists": "<a rel='tag' href='/t'>ice</a>",
    "appeals": "<p>Sign up to our newsletter.</p>", "half tags with names": "<a ",
}  # fmt: skip
#: What a note in Markdown, or a text, repeats.
NOTES = {
    "brackets": "[", "links": "[ice](/b) ", "half links": "[ice](b", "references": "[ice] ", "stars": "*ice ",
    "stars and underscores": "*_ ice", "ticks": "` ", "quotes": "> ", "items": "- ice\n", "headings": "## Ice\n\n",
    "tables": "| a | b |\n|---|---|\n| 7 | 8 |\n\n", "rows": "| 7 | 8 |\n", "half tags": "<a ", "notes": "[^7] ",
    "wiki links": "[[ice]] ", "half wiki links": "[[ice", "comments": "%% ", "marks": "==ice", "pictures": "![[",
    "lines": "The harbour froze.\n", "paragraphs": "The harbour froze in the third week.\n\n",
    "fences": "```\nx\n```\n\n", "html": "<div>\n", "rules": "---\n\n", "definitions": "[a]: /b\n", "blank lines": "\n",
    "indents": "    x\n\n", "bars": "Ice | Sea | Wind | Tide\n", "bullets": "\u2022 Ice\n", "dashes": "----------\n",
    "cookies": "Accept all cookies\n", "ends": "\\\n", "escapes": "\\*",
}  # fmt: skip


_DATA = "<script type='application/ld+json'>"


def kinds() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield each kind's name and what makes a document of about so many characters of it."""
    for name, unit in RUNS.items():
        yield f"a paragraph of {name}", partial(_repeated, _paragraph, unit)
        yield f"a paragraph that ends in {name}", partial(_repeated, _ending, unit)
    for name, unit in MARKUP.items():
        yield f"a page of {name}", partial(_repeated, _page, unit)
    for name, unit in NOTES.items():
        yield f"a note of {name}", partial(_repeated, _note, unit)
        yield f"a text of {name}", partial(_repeated, _text, unit)
    yield "a page of style rules", lambda n: _page("", "<style>" + _numbered(".a{}{{display:none}}", n) + "</style>")
    yield "a page of classes", lambda n: _page(_numbered("<p class='a{}'>Ice.</p>", n))
    yield "a page of identities", lambda n: _page(_numbered("<p id='a{0}'><a href='#a{0}'>{0}</a></p>", n))
    yield "a page of attributes", lambda n: _page(f"<p {_numbered('a{0}={0} ', n)}>Ice.</p>")
    yield "a page of classes of one", lambda n: _page(f"<p class='{_numbered('a{} ', n)}'>Ice.</p>")
    listed, carried = '{{"@id":"{}","@type":"Article"}},', '{{"a": {}}},'
    yield "a page of JSON-LD lists", lambda n: _page("", f"{_DATA}[{_numbered(listed, n)}0]</script>")
    yield "a page of carried data", lambda n: _page("", f"<script>window.a = [{_numbered(carried, n)}0]</script>")
    yield "a page of sentences of its own", lambda n: _page(_numbered("<p>The harbour froze for {} days.</p>", n))
    yield "a note of definitions of its own", lambda n: _note(_numbered("[a{0}]: /{0}\n", n))
    yield "a note of notes of its own", lambda n: _note(_numbered("Ice[^{0}]\n\n[^{0}]: Sea\n\n", n))
    fields = "a{0}: {0}\n"
    yield "a note of fields", lambda n: f"---\n{_numbered(fields, n)}---\nThe harbour froze.\n"


def _repeated(wrap: Callable[[str], str], unit: str, size: int) -> str:
    return wrap(unit * (size // len(unit)))


def _paragraph(text: str) -> str:
    return _page(f"<p>It froze {text} there.</p>")


def _ending(text: str) -> str:
    return _page(f"<p>The harbour froze in 3 weeks, and Dr. Lind’s ferry (no. 7) never left it on {text}</p>")


def _numbered(unit: str, length: int) -> str:
    return "".join(unit.format(number) for number in range(length // len(unit)))


def _page(body: str, head: str = "") -> str:
    top = f"<html><head><title>The ice</title>{head}</head><body><article><h1>The ice</h1>{PROSE * 8}"
    return f"{top}{body}{PROSE}</article></body></html>"


def _note(body: str) -> str:
    return f"---\ntitle: The ice\n---\n{'The harbour froze in the third week of January. ' * 20}\n\n{body}\n"


def _text(body: str) -> str:
    return f"The ice\n\n{'The harbour froze in the third week of January. ' * 20}\n\n{body}\n"


def stages(document: str) -> dict[str, float]:
    """Return the processor time of each stage, in seconds, as far as the document gets."""
    spent: dict[str, float] = {}

    def run(name: str, work: Callable[[], T]) -> T:
        with _timed(spent, name):
            return work()

    try:
        article = run("read", lambda: audiogen.read(document))
        cleaned = run("clean", lambda: audiogen.clean(article, force=True))
        run("narrate", lambda: audiogen.narrate(cleaned))
    except audiogen.AudiogenError:
        spent["refused"] = 0.0
    return spent


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Note the processor time of what is inside, without the garbage collector: it takes longer the more is kept."""
    gc.collect()
    gc.disable()
    before = time.process_time()
    try:
        yield
    finally:
        spent[name] = time.process_time() - before
        gc.enable()


def pages() -> Iterator[tuple[str, Callable[[int], dict[str, float]]]]:
    """Yield each kind of document, and what tells the processor time of each stage for so many characters of it."""
    for name, make in kinds():
        yield name, partial(_staged, make)


def _staged(make: Callable[[int], str], size: int) -> dict[str, float]:
    return stages(make(size))


def growth(
    measure: Callable[[int], dict[str, float]], first: int, largest: int, enough: float
) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield sizes and times, each size twice the one before, until a stage takes *enough* seconds."""
    size, spent = first, {"": 0.0}
    while size <= largest and max(spent.values()) < enough:
        spent = measure(size)
        yield size, spent
        size *= 2


def ratios(rows: list[tuple[int, dict[str, float]]]) -> dict[str, float]:
    """Return the ratio of the last doubling of each stage that took long enough to be compared."""
    if len(rows) < 2:
        return {}
    (_, before), (_, after) = rows[-2:]
    return {
        name: after[name] / max(before[name], LEAST / 4) for name in after if after[name] > LEAST and name in before
    }


def superlinear(rows: list[tuple[int, dict[str, float]]]) -> set[str]:
    """Return the stages that took more than twice as long at the last doubling."""
    return {name for name, ratio in ratios(rows).items() if ratio > MOST}


def confirmed(
    measure: Callable[[int], dict[str, float]], rows: list[tuple[int, dict[str, float]]]
) -> list[tuple[int, dict[str, float]]]:
    """Return the last two sizes measured again, and larger ones while a stage takes more than twice as long."""
    (before, _), (size, _) = rows[-2:]
    again = [(before, best(measure, before)), (size, best(measure, size))]
    for _ in range(DOUBLINGS):
        if not superlinear(again) or max(again[-1][1].values()) > LONG:
            break
        size *= 2
        again.append((size, best(measure, size)))
    return again


def best(measure: Callable[[int], dict[str, float]], size: int) -> dict[str, float]:
    """Return the least time of each stage of several measurements."""
    measured = [measure(size) for _ in range(TIMES)]
    return {name: min(spent[name] for spent in measured) for name in measured[0]}


def texts() -> Iterator[tuple[str, Callable[[int], dict[str, float]]]]:
    """Yield each kind of text in each language, and what tells the processor time of narrating so much of it."""
    for language in LANGUAGES:
        for name, unit in RUNS.items():
            yield f"{language}: {name}", partial(_normalized, html.unescape(unit), language)


def _normalized(unit: str, language: str, size: int) -> dict[str, float]:
    text = f"It froze {unit * (size // len(unit))} there."
    spent: dict[str, float] = {}
    with _timed(spent, "normalize"):
        audiogen.normalize(text, language)
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="kinds with this in their names")
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--languages", action="store_true")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    stages(_page(PROSE))
    chosen, first, largest = (texts(), FIRST_TEXT, LARGEST_TEXT) if arguments.languages else (pages(), FIRST, LARGEST)
    for name, measure in chosen:
        if arguments.only in name:
            rows = list(growth(measure, first, largest, arguments.seconds))
            if superlinear(rows):
                rows = confirmed(measure, rows)
            if arguments.all or superlinear(rows):
                tell(name, rows)


def tell(name: str, rows: list[tuple[int, dict[str, float]]]) -> None:
    """Print the time of each stage, and how it grew at the last doubling."""
    size, spent = rows[-1]
    times = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in spent.items())
    grown = ", ".join(f"{stage} x {ratio:.1f}" for stage, ratio in ratios(rows).items())
    print(f"{name} ({size:,}): {times}; {grown}", flush=True)


if __name__ == "__main__":
    main()
