"""Recognises remarks about links, such as "opens in a new tab".

Such words are in the link after its text, or in an element of their own. On the page they are an icon or invisible; in
spoken text they disturb the sentence.
"""

from __future__ import annotations

import re

#: Remarks that a link leaves the page, in several languages.
_WORDS = (
    # English
    r"(?:this |external )?link opens? (?:in )?(?:a |an )?(?:new|other|external) (?:browser )?(?:tab|window)",
    r"(?:will )?opens? (?:up )?(?:in )?(?:a |an )?(?:new|other|external) (?:browser )?(?:tab|window)"
    r"(?: or (?:tab|window))?",
    # German, Dutch
    r"(?:(?:der |externer )?link )?(?:wird |öffnet (?:sich )?)?in (?:einem |)neue[mn] (?:browser-?)?(?:fenster|tab)"
    r"(?: geöffnet| öffnen)?",
    r"(?:(?:deze |externe )?link )?(?:opent|wordt geopend) in (?:een )?nieuw (?:venster|tabblad)",
    # Danish, Norwegian, Swedish
    r"(?:(?:link(?:et)?|lenken?|länken) )?(?:åbner|åpnes|åpner|öppnas) i (?:et |ett |en )?(?:nyt?t? |ny )"
    r"(?:vindue|vindu|fönster|fane|flik)",
    # French, Spanish, Italian, Portuguese
    r"(?:(?:ce |le )?lien )?(?:s['’])?ouvre dans (?:un |une )?(?:nouvel onglet|nouvelle (?:fenêtre|page))",
    r"(?:(?:este |el )?enlace )?se abre en (?:una )?(?:nueva (?:ventana|pestaña)|(?:ventana|pestaña) nueva)",
    r"(?:(?:il )?link )?si apre in (?:una )?nuova (?:finestra|scheda)",
    r"(?:(?:o )?link )?abre(?:-se)? (?:em|numa|num) (?:uma |um )?(?:nova (?:janela|aba|guia)|novo separador)",
    # Czech, Polish, Turkish
    r"(?:odkaz )?se (?:otevře|otevírá) (?:v|na) (?:novém okně|nové kartě|novém panelu)",
    r"(?:link )?otwiera się w (?:nowym oknie|nowej karcie|nowej zakładce)",
    r"(?:bağlantı )?yeni (?:bir )?(?:sekmede|pencerede) açılır",
    # Russian, Ukrainian
    r"(?:ссылка )?(?:откроется|открывается) в (?:новом окне|новой вкладке)",
    r"(?:посилання )?(?:відкриється|відкривається) (?:в|у) (?:новому вікні|новій вкладці)",
)
#: The same without a verb; they are remarks only in brackets, because a sentence may mention an external link.
_NAMES = (
    r"external (?:link|site|website)|externer link|externe link|lien externe|nouvelle fenêtre|nouvel onglet|"
    r"enlace externo|link esterno|collegamento esterno|link externo|new (?:window|tab)|neues fenster"
)
_REMARK = "|".join(_WORDS)
_BRACKETED = rf"[(\[]\s*(?:{_REMARK}|{_NAMES})\s*[)\]]"
_WHOLE = re.compile(rf"[\s,;:–—-]*(?:{_REMARK}|{_BRACKETED})[.,]?\s*", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*{_BRACKETED}\s*\Z", re.IGNORECASE)
#: Minimum and maximum length of a remark, in characters.
SHORTEST, LONGEST = 9, 70
#: Elements that separate a remark from the sentence; the text of other elements, or of a whole link, may be a part of
#: the sentence.
_PLAIN = frozenset({"span", "small", "sup", "i"})


def is_remark(text: str, tag: str) -> bool:
    """Return whether the text of an inline element with *tag* is nothing but a remark about a link.

    >>> is_remark(" (opens in a new tab)", "span"), is_remark("opens in a new tab", "code")
    (True, False)
    """
    return tag in _PLAIN and SHORTEST <= len(text) <= LONGEST and _WHOLE.fullmatch(text) is not None


def find_remark(text: str) -> int:
    """Return the index where a remark in brackets begins at the end of a link's text.

    The text's length if there is none.

    >>> find_remark("a report (opens in a new tab)")
    8
    """
    if not text.rstrip().endswith((")", "]")):
        return len(text)
    found = _BEHIND.search(text, max(0, len(text) - LONGEST))
    return found.start() if found else len(text)
