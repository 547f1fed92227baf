"""Language tags, as word lists are named by them."""

from __future__ import annotations

#: Tags under which word lists of another are looked for: Norwegian without its standard, and Nynorsk, whose numbers,
#: dates and labels differ little from Bokmål's.
_SAME = {"no": "nb", "nn": "nb"}


def list_tag(language: str) -> str:
    """Return the tag that the word lists of *language* are named by, without its region.

    >>> list_tag("pt-BR"), list_tag("NO"), list_tag("nn-NO")
    ('pt', 'nb', 'nb')
    """
    tag = language.replace("_", "-").partition("-")[0].lower()
    return _SAME.get(tag, tag)
