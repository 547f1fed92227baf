"""What people do with the episodes of a library: list, remove, restore, listen, move, publish.

Each is a function over a library: its folder, its address (`s3://…`), or an open `Library`. The command line and the
server call the same ones. What they change is kept in the library's `state/` (`audiogen.state`), and who did it is
noted in `state/log.jsonl`; *by* is that person's name.
"""

from __future__ import annotations

from audiogen.edits import Act, Edit, Overrule
from audiogen.episodes.drafts import publish, withdraw
from audiogen.episodes.editing import edit, edit_of, edit_text, edited_article, source_of, speak, take_text
from audiogen.episodes.listening import (
    listened,
    move,
    place_at,
    played_until,
    positions,
    reorder,
    to_listen,
    unlistened,
)
from audiogen.episodes.removing import forget, remove, remove_listened, restore
from audiogen.episodes.rows import Row, find, listing

__all__ = [
    "Act",
    "Edit",
    "Overrule",
    "Row",
    "edit",
    "edit_of",
    "edit_text",
    "edited_article",
    "find",
    "forget",
    "listened",
    "listing",
    "move",
    "place_at",
    "played_until",
    "positions",
    "publish",
    "remove",
    "remove_listened",
    "reorder",
    "restore",
    "source_of",
    "speak",
    "take_text",
    "to_listen",
    "unlistened",
    "withdraw",
]
