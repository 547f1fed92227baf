"""Episodes: the library, the files of each episode, and what users do with them.

This package exports the functions of `actions`, which the command line and the server use: list, remove, restore, edit,
listen, move, publish. Each takes a library: its folder, its address (`s3://…`), or an open `Library`. Changes are saved
in the library's `state/`, and logged in `state/log.jsonl`; *by* is the name of the person for the log.

They are imported at first use, so that lower modules that make or publish episodes do not import them.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.episodes.actions.drafts import publish, withdraw
    from audiogen.episodes.actions.editing import (
        edit,
        edit_of,
        edited_article,
        save_edited_text,
        source_of,
        speak,
        text_for_editing,
    )
    from audiogen.episodes.actions.listening import (
        listened,
        move,
        played_until,
        positions,
        reorder,
        set_position,
        to_listen,
        unlistened,
    )
    from audiogen.episodes.actions.removing import forget, remove, remove_listened, restore
    from audiogen.episodes.actions.rows import Row, find, listing
    from audiogen.episodes.actions.site_rules import overrule_for_site
    from audiogen.episodes.edits import Act, Edit, Overrule

#: The module of each name.
_MODULES = {
    "edits": ("Act", "Edit", "Overrule"),
    "actions.drafts": ("publish", "withdraw"),
    "actions.editing": (
        "edit", "edit_of", "edited_article", "save_edited_text", "source_of", "speak", "text_for_editing",
    ),
    "actions.listening": (
        "listened", "move", "played_until", "positions", "reorder", "set_position", "to_listen", "unlistened",
    ),
    "actions.removing": ("forget", "remove", "remove_listened", "restore"),
    "actions.rows": ("Row", "find", "listing"),
    "actions.site_rules": ("overrule_for_site",),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Act",
    "Edit",
    "Overrule",
    "Row",
    "edit",
    "edit_of",
    "edited_article",
    "find",
    "forget",
    "listened",
    "listing",
    "move",
    "overrule_for_site",
    "played_until",
    "positions",
    "publish",
    "remove",
    "remove_listened",
    "reorder",
    "restore",
    "save_edited_text",
    "set_position",
    "source_of",
    "speak",
    "text_for_editing",
    "to_listen",
    "unlistened",
    "withdraw",
]


#: Former names of functions, with the present ones; deprecated.
_FORMER = {"edit_text": "text_for_editing", "place_at": "set_position", "take_text": "save_edited_text"}


def __getattr__(name: str) -> object:
    if name in _FORMER:
        warnings.warn(f"`{name}` is called `{_FORMER[name]}` now", DeprecationWarning, stacklevel=2)
        name = _FORMER[name]
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'audiogen.episodes' has no attribute {name!r}")
    return getattr(import_module(f"audiogen.episodes.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
