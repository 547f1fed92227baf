"""Features of a block's text: its form, its phrases, its pronouns, the weights of its words."""

from __future__ import annotations

import re
from math import log1p
from typing import TYPE_CHECKING

from audiogen.cleaner.html.features.columns import shift
from audiogen.cleaner.html.invitations import invitations, plain_line
from audiogen.cleaner.lexis import MAX_LINE_LENGTH, WORD, hinted_reasons, match_phrase, outlet_names, pronoun_mask
from audiogen.cleaner.models.word_weights import article_log_odds
from audiogen.model import Reason

if TYPE_CHECKING:
    import numpy as np

    from audiogen.cleaner.html.features.columns import Columns

SENTENCE_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]*\d]{0,4}$")
TITLE_LIKE = re.compile(r"^[^\W\d_]")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
ADDRESS = re.compile(r"https?://|www\.|@\w|\.com\b|\.org\b")
PICTURE_WORDS = re.compile(
    r"\b(?:photo(?:graph)?s?|image|courtesy|getty|afp|reuters|shutterstock|istock|unsplash|pexels|pixabay|alamy|screenshot|credit|pictured|"
    r"foto|bild|illustration|via|flickr|wikimedia|ap images|dpa|imago)\b|©|"
    r"\(left\)|\(right\)|, left,|, right,|from left|\bfile\b",
    re.I,
)
#: The reasons in the training data. EDIT is not among them: it is a user's decision.
REASONS = tuple(reason for reason in Reason if reason is not Reason.EDIT)


def add_text(columns: Columns) -> None:
    """Add the form of each text (length, case, punctuation) and its pronouns."""
    blocks = columns.blocks
    found = [WORD.findall(block.text[:5000]) for block in blocks]
    counts = [len(w) for w in found]
    columns.add("words", [log1p(n) for n in counts])
    columns.add("characters", [log1p(len(b.text)) for b in blocks])
    columns.add("word_length", [sum(map(len, w)) / max(1, len(w)) for w in found])
    columns.add("lower_share", [sum(x[0].islower() for x in w) / max(1, len(w)) for w in found])
    columns.add("upper_share", [sum(x.isupper() and len(x) > 1 for x in w) / max(1, len(w)) for w in found])
    columns.add("digit_share", [sum(map(str.isdigit, b.text[:500])) / max(1, len(b.text[:500])) for b in blocks])
    columns.add("ends_sentence", [bool(SENTENCE_END.search(b.text[-8:])) for b in blocks])
    columns.add("ends_colon", [b.text.endswith(":") for b in blocks])
    columns.add("question", [b.text.rstrip('"”’»').endswith("?") for b in blocks])
    columns.add("commas", [log1p(b.text.count(",") + b.text.count("،")) for b in blocks])
    columns.add("sentences", [log1p(len(re.findall(r"[.!?]\s", b.text[:5000]))) for b in blocks])
    columns.add("bars", [b.text.count("|") + b.text.count("•") + b.text.count("·") + b.text.count("»") for b in blocks])
    columns.add("starts_letter", [bool(TITLE_LIKE.match(b.text)) for b in blocks])
    columns.add("starts_quote", [b.text[:1] in "\"“„«'‘(" for b in blocks])
    columns.add("starts_mark", [b.text[:1] in "*•–—-►→>[+#©" for b in blocks])
    columns.add("starts_lower", [b.text[:1].islower() for b in blocks])
    columns.add("exclamations", [b.text.count("!") for b in blocks])
    columns.add("date", [len(DATE.findall(b.text[:500])) for b in blocks])
    columns.add("address", [len(ADDRESS.findall(b.text[:1000])) for b in blocks])
    columns.add("picture_words", [len(PICTURE_WORDS.findall(b.text[:1000])) for b in blocks])
    voices = [[pronoun_mask(word) for word in words] for words in found]
    for bit, name in enumerate(("we", "you", "self")):
        columns.add(f"{name}_share", [sum(v >> bit & 1 for v in vs) / max(1, len(vs)) for vs in voices])


def add_phrases(columns: Columns) -> None:
    """Add for each reason whether the text has a phrase or a hint of it, and the parts of invitations in the text."""
    article = columns.article
    found = [match_phrase(article.language, block.text) for block in article.blocks]
    hints = [hinted_reasons(article.language, block.text[:600]) for block in article.blocks]
    for reason in REASONS:
        columns.add(f"phrase_{reason.name.lower()}", [m is not None and m.reason is reason for m in found])
        columns.add(f"hint_{reason.name.lower()}", [reason in h for h in hints])
    columns.add("phrase_whole", [m is not None and m.anchor in {"whole", "head"} for m in found])
    columns.add("phrase_head", [m is not None and m.anchor == "head" for m in found])
    columns.add("phrase_any", [m is not None for m in found])
    known = invitations(article.language)
    lines = [plain_line(block.text) if len(block.text) < MAX_LINE_LENGTH else "" for block in article.blocks]
    columns.add("invites", [bool(line) and known.begins.match(line) is not None for line in lines])
    columns.add("asks", [bool(line) and known.asks.match(line) is not None for line in lines])
    columns.add("aims", [bool(line) and known.aims.search(line) is not None for line in lines])


def add_words(columns: Columns) -> None:
    """Add the log-odds of each text by the weights of its words, and those of the neighbours."""
    names = outlet_names(columns.article)
    log_odds = article_log_odds([block.text for block in columns.blocks], columns.words, names)
    for name, column in word_columns(log_odds).items():
        columns.add(name, column)


def word_columns(log_odds: np.ndarray) -> dict[str, np.ndarray]:
    """Return the columns of the log-odds by name: those of the block, and of the two blocks before and after it."""
    return {"wording": log_odds} | {f"wording{step:+d}": shift(log_odds, step, beyond=0.0) for step in (-2, -1, 1, 2)}
