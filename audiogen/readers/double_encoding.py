"""Text that a publishing system wrote twice: entities escaped twice, and UTF-8 that was read as another encoding."""

from __future__ import annotations

import re
from html import unescape

#: Characters that were escaped twice. Angle brackets stay, but for those of tags: somebody may write about them.
ESCAPED = re.compile(r"&(?!lt;|gt;)(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_TAGS = "p|b|i|u|em|strong|a|span|div|ul|ol|li|h[1-6]|blockquote|sub|sup|small|cite"
#: An element whose tags touch their text, as markup does and prose about markup seldom: "&lt;b&gt;so&lt;/b&gt;".
_ELEMENT = re.compile(
    rf"&lt;(?P<tag>{_TAGS})(?:\s[^&<>]{{0,200}})?&gt;(?=\S)(?P<text>[^<>]{{1,2000}}?)(?<=\S)&lt;/(?P=tag)&gt;"
)
#: Any other tag keeps its brackets, as one that was escaped once has them.
_TAG = re.compile(r"&lt;(/?[a-zA-Z][\w-]{0,30}(?:\s[^&<>]{0,200})?/?)&gt;")
#: How deep elements in each other are taken off.
_DEEPEST = 4
#: What UTF-8 looks like as Windows-1252 or Latin-1: the first byte of a sequence, and one behind it.
_MISREAD = re.compile("[ÂÃÄÅÎÏÐÑâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def unescaped(text: str) -> str:
    """Take back what was escaped twice; elements of markup lose their tags, other angle brackets stay.

    >>> unescaped("R&amp;D &lt;b&gt;now&lt;/b&gt;, and write &lt;hr&gt; or &lt;"), unescaped("5 &lt; 6")
    ('R&D now, and write <hr> or &lt;', '5 &lt; 6')
    """
    if "&lt;" in text and "&gt;" in text:
        for _ in range(_DEEPEST):
            text, count = _ELEMENT.subn(lambda found: found["text"], text)
            if not count:
                break
        text = _TAG.sub(r"<\1>", text)
    return ESCAPED.sub(lambda found: unescape(found[0]), text)


def redecoded(text: str) -> str:
    """Read anew what was UTF-8 and read as another encoding: "â€™" is an apostrophe, "Ã©" an é.

    ftfy judges it, so that names with such letters stay; it is loaded where a text looks like it.

    >>> redecoded("cafÃ© donâ€™t"), redecoded("Ã, Â são letras")
    ('café don’t', 'Ã, Â são letras')
    """
    if text.isascii() or not _MISREAD.search(text):
        return text
    from ftfy import fix_encoding  # takes longer to load than most pages to be read

    return fix_encoding(text)
