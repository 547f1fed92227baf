"""Repairs text that was encoded twice: escaped entities, and UTF-8 that was decoded with another encoding."""

from __future__ import annotations

import re
from html import unescape

#: Entities that were escaped twice, except angle brackets, which a text about HTML may contain.
ESCAPED = re.compile(r"&(?!lt;|gt;)(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_TAGS = "p|b|i|u|em|strong|a|span|div|ul|ol|li|h[1-6]|blockquote|sub|sup|small|cite"
#: An element with tags that touch its text, which is rare in prose about markup: "&lt;b&gt;so&lt;/b&gt;".
_ELEMENT = re.compile(
    rf"&lt;(?P<tag>{_TAGS})(?:\s[^&<>]{{0,200}})?&gt;(?=\S)(?P<text>[^<>]{{1,2000}}?)(?<=\S)&lt;/(?P=tag)&gt;"
)
#: Any other tag; it keeps its angle brackets.
_TAG = re.compile(r"&lt;(/?[a-zA-Z][\w-]{0,30}(?:\s[^&<>]{0,200})?/?)&gt;")
#: Maximum depth of nested elements that lose their tags.
_DEEPEST = 4
#: The first two bytes of a UTF-8 sequence, decoded as Windows-1252 or Latin-1.
_MISREAD = re.compile("[ÂÃÄÅÎÏÐÑâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def unescape_entities(text: str) -> str:
    """Return the text with entities that were escaped twice replaced; escaped elements lose their tags.

    Other angle brackets stay.

    >>> unescape_entities("R&amp;D &lt;b&gt;now&lt;/b&gt;, and write &lt;hr&gt; or &lt;"), unescape_entities("5 &lt; 6")
    ('R&D now, and write <hr> or &lt;', '5 &lt; 6')
    """
    if "&lt;" in text and "&gt;" in text:
        for _ in range(_DEEPEST):
            text, count = _ELEMENT.subn(lambda found: found["text"], text)
            if not count:
                break
        text = _TAG.sub(r"<\1>", text)
    return ESCAPED.sub(lambda found: unescape(found[0]), text)


def repair_encoding(text: str) -> str:
    """Return the text with wrongly decoded UTF-8 repaired: "â€™" becomes an apostrophe, "Ã©" becomes "é".

    ftfy decides what is wrong, so names with such letters stay. It is imported only if the text needs it.

    >>> repair_encoding("cafÃ© donâ€™t"), repair_encoding("Ã, Â são letras")
    ('café don’t', 'Ã, Â são letras')
    """
    if text.isascii() or not _MISREAD.search(text):
        return text
    from ftfy import fix_encoding  # takes longer to load than most pages to be read

    return fix_encoding(text)
