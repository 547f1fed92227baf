"""Editing episodes: a change is saved first, and spoken later.

`edit` and `save_edited_text` save a change and are quick; `speak` makes the edited episode, without its source, and
speaks only what is not in the speech cache. Batches apply the edit to a new version of the source, too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audiogen.episodes.actions.edittext import parse_text, written_text
from audiogen.episodes.actions.rows import find, open_episode
from audiogen.episodes.edits import FIELDS, Act, Edit, Overrule, apply_edit, file_of_edit, load_edit, written_edit
from audiogen.episodes.kept_articles import kept_article
from audiogen.episodes.library import open_library
from audiogen.episodes.state import now
from audiogen.errors import EditConflictError, LexiconError, SettingsError
from audiogen.untrusted import encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from audiogen.episodes.actions.rows import Where
    from audiogen.episodes.library import Library
    from audiogen.model import Article, Episode
    from audiogen.settings import Settings

#: Lowest and highest rate, in words a minute, the same as of `speech.rate`.
_RATES = (80, 450)
#: The empty values of fields of an edit that are not None.
_EMPTY: dict[str, Any] = {"text": (), "say": {}}
#: Acts that undo each other.
_OPPOSITES = {Act.HEAR: Act.DROP, Act.DROP: Act.HEAR}


def edit_of(library: Where, slug: str) -> Edit:
    """Return the edit of an episode, all changes in one; its revision is 0 if nothing was changed.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, manifest = open_episode(library, slug)
    return load_edit(home, slug, str(manifest["guid"]))


def source_of(library: Where, slug: str) -> Article:
    """Return the cleaned article of an episode, without its edit.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    return kept_article(*open_episode(library, slug))


def edited_article(library: Where, slug: str) -> tuple[Article, tuple[Overrule, ...]]:
    """Return the edited article of an episode, and the overrules that do not fit it any more.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home = open_library(library)
    return apply_edit(source_of(home, slug), edit_of(home, slug))


def edit(
    library: Where,
    slug: str,
    *,
    by: str = "",
    revision: int | None = None,
    text: Iterable[Overrule] = (),
    say: Mapping[str, str] | None = None,
    reset: Collection[str] = (),
    **named: Any,
) -> Edit:
    """Save a change of an episode, and return its whole edit; nothing is spoken yet.

    Args:
        library: the library.
        slug: the slug of the episode.
        by: name of the user, for the log.
        revision: the revision of the edit that the change is based on; None if that does not matter.
        text: overrules to add; a new one replaces an earlier one of the same kind on the same paragraph.
        say: respellings to add, by written form; an empty one removes the respelling.
        reset: names of fields, or "text" or "say", that get back the values of the source.
        **named: fields of `FIELDS`: title, dek, language, authors, tags, voice, rate.

    Raises:
        NoEpisodeError: there is no such episode.
        EditConflictError: it was changed since that *revision*.
        SettingsError: there is no such field, or its value is of the wrong kind.
        UnknownVoiceError: there is no voice of that name.
        LexiconError: a respelling cannot be said.
    """
    home = open_library(library)
    _check(home, named, say or {}, reset)

    def change(before: Edit) -> Edit:
        empty: dict[str, Any] = {name: _EMPTY.get(name) for name in reset}
        after = replace(before, **empty)
        fields: dict[str, Any] = {
            name: tuple(value) if FIELDS[name] is tuple else value for name, value in named.items()
        }
        spoken = {word: respelling for word, respelling in {**after.say, **(say or {})}.items() if respelling}
        return replace(after, **fields, text=_joined(after.text, text), say=spoken)

    return _save(home, slug, change, by, revision)


def text_for_editing(library: Where, slug: str) -> str:
    """Return an episode as an editable text, whose head explains its format; `save_edited_text` accepts it back.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home = open_library(library)
    return written_text(slug, source_of(home, slug), edit_of(home, slug))


def save_edited_text(library: Where, slug: str, text: str, *, by: str = "", revision: int | None = None) -> Edit:
    """Save the changes in an edited text of `text_for_editing`; return the episode's edit.

    Raises:
        NoEpisodeError: there is no such episode.
        EditConflictError: it was changed since the text was written, or since the *revision* where that is told.
        SettingsError: a line of its head cannot be read; `subject` is the line.
        LexiconError: a respelling cannot be said.
    """
    home = open_library(library)
    known, article = edit_of(home, slug), source_of(home, slug)
    wanted, base = parse_text(text, article, known)
    _check(home, {name: value for name in FIELDS if (value := getattr(wanted, name)) is not None}, wanted.say, ())

    def change(before: Edit) -> Edit:
        return replace(wanted, guid=before.guid, revision=before.revision, history=before.history)

    return _save(home, slug, change, by, base if revision is None else revision)


def speak(
    library: Where,
    slug: str,
    *,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Episode:
    """Make the edited episode and return it; if that was done already, only return it.

    Raises:
        NoEpisodeError: there is no such episode.
        EngineError: it could not be spoken whole.
        LibraryError: the library could not be written.
    """
    from audiogen.production import EpisodeMaker, speak_edit
    from audiogen.settings import load_settings

    home, manifest = open_episode(library, slug)
    home.storage.refresh()
    with EpisodeMaker(settings or load_settings(home.root), folder=home.root) as episode_maker:
        return speak_edit(home, episode_maker, slug, manifest, progress)


def _save(home: Library, slug: str, change: Callable[[Edit], Edit], by: str, revision: int | None) -> Edit:
    """Apply a change to an episode's edit, and save it as a new revision, if it changes anything."""
    guid = str(find(home, slug)["guid"])
    with home.state_lock():
        before = load_edit(home, slug, guid)
        if revision is not None and revision != before.revision:
            last = before.history[-1] if before.history else {}
            who = f" by {last['by']}" if last.get("by") else ""
            message = f"{slug} was changed{who} meanwhile (revision {before.revision}). Read it again, and change that."
            raise EditConflictError(slug, message, revision=before.revision)
        after = change(replace(before, guid=guid))
        changed = [name for name in (*FIELDS, "text", "say") if getattr(after, name) != getattr(before, name)]
        if not changed:
            return before
        number = before.revision + 1
        entry = {"revision": number, "at": now(), "by": by, "changed": changed}
        after = replace(after, revision=number, history=(*before.history, entry))
        home.storage.write(file_of_edit(slug), written_edit(after))
    home.log("edited", slug, by, changed=changed)
    return after


def _joined(before: tuple[Overrule, ...], more: Iterable[Overrule]) -> tuple[Overrule, ...]:
    """Add overrules; each replaces one of its kind on the same paragraph, and one that undoes another removes both."""
    joined = list(before)
    for overrule in more:
        back = _OPPOSITES.get(overrule.act)
        if back and any(one.act is back and one.block == overrule.block for one in joined):
            joined = [one for one in joined if not (one.act is back and one.block == overrule.block)]
            continue
        key = (overrule.act, overrule.block, overrule.old)
        joined = [one for one in joined if one.act is Act.ADD or (one.act, one.block, one.old) != key]
        joined.append(overrule)
    return tuple(joined)


def _check(home: Library, named: Mapping[str, Any], say: Mapping[str, str], reset: Collection[str]) -> None:
    """Check the names and values of fields, and the respellings, before a change is saved."""
    for name in (*named, *reset):
        if name not in FIELDS and not (name in reset and name in ("text", "say")):
            raise SettingsError(name, f"{name!r} cannot be edited; there are {', '.join(FIELDS)}, text and say.")
    for name, value in named.items():
        _check_field(name, value)
    if voice := named.get("voice"):
        from audiogen.engines.voices import load_cards, named_voice

        home.storage.refresh()
        named_voice(voice, load_cards((home.root / "voices",)))
    for word, respelling in say.items():
        if respelling:
            _check_respelling(word, respelling)


def _check_field(name: str, value: Any) -> None:
    """Check the type and the range of a field's new value."""
    kind = FIELDS[name]
    good = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    good = good if kind is tuple else isinstance(value, kind) and not isinstance(value, bool)
    if good and name == "rate":
        good = _RATES[0] <= value <= _RATES[1]
    if good and name == "title":
        good = any(letter.isprintable() and not letter.isspace() for letter in value)
    if good and kind is not int:
        # Half a pair of surrogates is no letter, and no file can hold it.
        good = all(encodable(one) == one for one in ([value] if kind is str else value))
    if not good:
        raise SettingsError(name, f"The {name} cannot be {value!r}.")


def _check_respelling(word: str, respelling: str) -> None:
    from audiogen.narration.entry import Entry
    from audiogen.narration.lexicon import fault_of

    if fault := fault_of(Entry(word, say=respelling)):
        raise LexiconError(word, fault)
