"""Text that was written twice: entities escaped twice, and UTF-8 that was read as another encoding."""

from __future__ import annotations

import subprocess
import sys

import pytest

import audiogen
from audiogen.readers.double_encoding import repair_encoding, unescape_entities

ESCAPED = {
    "R&amp;D": "R&D",
    "it&#8217;s": "it’s",
    "&lt;p&gt;Hello.&lt;/p&gt;": "Hello.",
    "&lt;p&gt;So &lt;b&gt;many&lt;/b&gt; left.&lt;/p&gt;": "So many left.",
    '&lt;a href="https://example.org"&gt;there&lt;/a&gt;': "there",
    "Write &lt;b&gt; in the file": "Write <b> in the file",
    "between &lt;b&gt; and &lt;/b&gt; tags": "between <b> and </b> tags",
    "write &lt; for it": "write &lt; for it",
    "5 &lt; 6 and 7 &gt; 6": "5 &lt; 6 and 7 &gt; 6",
    "AT&T; and so on": "AT&T; and so on",
}
MISREAD = {
    "donâ€™t": "don’t",
    "cafÃ© in SÃ£o Paulo": "café in São Paulo",
    "Â£5": "£5",
    "Ð¡Ð»Ð°Ð²Ð°": "Слава",
    "an Ärger, naïve": "an Ärger, naïve",
    "Ã, Â são letras": "Ã, Â são letras",
    "plain": "plain",
}


@pytest.mark.parametrize("written", ESCAPED)
def test_what_was_escaped_twice_is_taken_back_and_prose_about_markup_stays(written: str) -> None:
    assert unescape_entities(written) == ESCAPED[written]


@pytest.mark.parametrize("written", MISREAD)
def test_utf8_that_was_read_as_another_encoding_is_read_anew(written: str) -> None:
    assert repair_encoding(written) == MISREAD[written]


def test_a_page_and_its_title_are_mended() -> None:
    page = (
        "<html><head><title>The cafÃ© by the port</title></head><body><article><h1>The cafÃ© by the port</h1>"
        + "<p>It wasnâ€™t open, and &amp;lt;b&amp;gt;nobody&amp;lt;/b&amp;gt; knew why the owner had left so early.</p>"
        * 3
        + "</article></body></html>"
    )
    article = audiogen.read(page)
    assert article.title == "The café by the port"
    assert article.blocks[-1].text.startswith("It wasn’t open, and nobody knew why")


def test_a_capture_is_mended_line_by_line() -> None:
    article = audiogen.read("The cafÃ© was shut.\n\nAn Ärger, naïve as ever, it stayed so.\n")
    assert [block.text for block in article.blocks] == ["The café was shut.", "An Ärger, naïve as ever, it stayed so."]


def test_a_page_that_is_sound_loads_no_mender() -> None:
    code = (
        "import sys; from audiogen.readers.double_encoding import repair_encoding as r; r('naïve Ärger “so” – é');"
        "sys.exit('ftfy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
