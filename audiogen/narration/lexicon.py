"""Lexicons: the pronunciations of names that a voice would mispronounce.

A lexicon is a TOML file of entries:

    [[entry]]
    written = "Kyiv"
    say = "kee-yiv"                  # a plain respelling; or letters = true ("F B I"); or word = true (as written)
    ipa = "ˈkiːjɪv"                  # optional: IPA for engines that take phonemes; or, in one engine's own alphabet,
                                     # ipa = { kokoro = "kˈijɪv" }
    source = "where the pronunciation is from"

with `case = false` if capitals don't matter, `whole = false` if it may be part of a word, and `language = "en"` if it
is for one language only. Lexicons override each other in the order package, language, show, voice: the last one that
has a written form decides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import LexiconError
from audiogen.narration.entry import Entry
from audiogen.narration.rewriting import Rule
from audiogen.untrusted import parse_toml, read_file, toml_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Keys of an entry, with the type of the value and its name in errors.
_KEYS: dict[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(("written", "say", "language", "source"), (str, "a text")),
    **dict.fromkeys(("letters", "word", "case", "whole"), (bool, "true or false")),
    "ipa": ((str, dict), "a text, or a table of texts by engine"),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one or more lexicons, by written form."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def over(self, below: Lexicon) -> Lexicon:
        """Return a lexicon with the entries of both; this one's win over those of *below*."""
        return Lexicon({**below.entries, **self.entries})

    def knows(self, word: str) -> bool:
        """Return whether *word* has an entry, with regard to case as the entry demands."""
        if word in self.entries:
            return True
        return any(not entry.case and entry.written.lower() == word.lower() for entry in self.entries.values())

    def used_in(self, text: str, language: str = "en") -> tuple[Entry, ...]:
        """Return the entries for *language* that occur in *text* in any case, sorted by their written form."""
        folded = text.casefold()
        used = (entry for entry in self._entries_for(language) if entry.written.casefold() in folded)
        return tuple(sorted(used, key=lambda entry: entry.written))

    def _entries_for(self, language: str) -> list[Entry]:
        primary = language.split("-")[0]
        return [
            entry for entry in self.entries.values() if not entry.language or primary == entry.language.split("-")[0]
        ]

    def rules(self, language: str = "en") -> tuple[Rule, ...]:
        """Return the rules for the entries of *language*, which are tried before those of the pack."""
        chosen = self._entries_for(language)
        if not chosen:
            return ()
        chosen.sort(key=lambda entry: len(entry.written), reverse=True)
        named = {f"e{number}": entry for number, entry in enumerate(chosen)}
        pattern = "|".join(f"(?P<e{number}>{_pattern(entry)})" for number, entry in enumerate(chosen))
        starts = {_start(entry) for entry in chosen}

        def entry_of(match: re.Match[str]) -> Entry:
            return named[match.lastgroup or ""]

        return (Rule("lexicon", starts, pattern, lambda match: entry_of(match).spoken, entry_of=entry_of),)


def _start(entry: Entry) -> str:
    """Return the trigger of the rule for an entry (see `Rule.starts`)."""
    word = re.split(r"\W", entry.written.lower(), maxsplit=1)[0]
    if not word:
        return entry.written[0]
    return word if entry.whole else f"{word}*"


def _pattern(entry: Entry) -> str:
    """Return the pattern of an entry's written form."""
    literal = re.escape(entry.written)
    if not entry.case:
        literal = f"(?i:{literal})"
    return rf"(?<!\w){literal}(?![^\W_])" if entry.whole else literal


def load_lexicon(path: Path) -> Lexicon:
    """Return the lexicon in the file *path*.

    Raises:
        LexiconError: the file cannot be read, is no valid TOML in UTF-8, or has an invalid entry.
    """
    try:
        return parse_lexicon(read_file(path).decode("utf-8-sig"), path)
    except OSError as error:
        raise LexiconError(path, f"The lexicon {path} can't be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise LexiconError(path, f"The lexicon {path} is not in UTF-8. Save the file as UTF-8.") from error


def parse_lexicon(text: str, where: object) -> Lexicon:
    """Return the lexicon in *text*; *where* is its name in error messages.

    Raises:
        LexiconError: the text is no TOML, or has an invalid entry.
    """
    try:
        data = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(where, f"The lexicon {where} is no valid TOML: {error}.") from error
    tables = data.get("entry") if data else []
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LexiconError(where, f"The lexicon {where} has no list of entries; begin each with a line [[entry]].")
    return lexicon_of(tables, where)


def lexicon_of(tables: Iterable[dict[str, Any]], source: object) -> Lexicon:
    """Return the lexicon of the parsed tables of a file; *source* is its name in error messages.

    Raises:
        LexiconError: an entry is invalid.
    """
    entries = [_entry(table, source) for table in tables]
    return Lexicon({entry.written: entry for entry in entries})


def _entry(table: dict[str, Any], source: object) -> Entry:
    """Return the entry of a parsed table.

    Raises:
        LexiconError: the entry is invalid.
    """
    written = table.get("written")
    if not isinstance(written, str) or not written.strip():
        raise LexiconError(source, f'An entry of {source} has no written form: {table}. Give it written = "…".')
    unknown = table.keys() - _KEYS
    if unknown:
        raise LexiconError(
            written,
            f"The entry {written!r} of {source} has an unknown key {min(unknown)!r}. "
            f"Known are {', '.join(sorted(_KEYS))}.",
        )
    for key, value in table.items():
        kind, description = _KEYS[key]
        texts = value.values() if isinstance(value, dict) else ()
        if not isinstance(value, kind) or not all(isinstance(text, str) for text in texts):
            raise LexiconError(written, f"In the entry {written!r} of {source}, '{key}' must be {description}.")
    if not (table.get("say") or table.get("letters") or table.get("word") or table.get("ipa")):
        raise LexiconError(
            written, f"The entry {written!r} of {source} does not say how. Give it say, letters, word or ipa."
        )
    ipa = table.get("ipa", "")
    if isinstance(ipa, dict):
        table = {**table, "ipa": "", "phonemes": ipa}
    return Entry(**table)


@cache
def package_lexicon() -> Lexicon:
    """Return the package's starter lexicon."""
    return load_lexicon(Path(__file__).parent / "lexicon.toml")


def voice_lexicon(words: Mapping[str, str]) -> Lexicon:
    """Return a lexicon of the respellings in a voice card."""
    return Lexicon({written: Entry(written, say=say, source="voice card") for written, say in words.items()})


def add_entry(path: Path, written: str, spoken: str, *, source: str = "") -> Lexicon:
    """Add an entry to the lexicon at *path*, or change its respelling; return the changed lexicon.

    Comments in the file are kept.

    Raises:
        LexiconError: the file is invalid or cannot be written, or its entry of the form has more than a respelling.
    """
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    changed = with_entry(text, written, spoken, source=source, where=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed, encoding="utf-8")
    except OSError as error:
        raise LexiconError(path, f"The lexicon {path} cannot be written: {error.strerror}.") from error
    return load_lexicon(path)


def with_entry(text: str, written: str, spoken: str, *, source: str = "", where: object) -> str:
    """Return the text of a lexicon with an entry added, or with its respelling changed.

    *where* is the lexicon's name in error messages.

    Raises:
        LexiconError: the text is invalid, or its entry of the form has more than a respelling.
    """
    known = parse_lexicon(text, where)
    entry = Entry(written.strip(), say=spoken.strip(), source=source)
    if fault := fault_of(entry):
        raise LexiconError(where, fault)
    if entry.written in known.entries:
        return _replace_entry(text, known.entries[entry.written], entry, where)
    return f"{text.rstrip()}\n\n{_format_entry(entry)}".lstrip()


def fault_of(entry: Entry) -> str:
    """Return a message on what is wrong with a respelling; "" if voices can read it."""
    if not any(map(str.isalnum, entry.written)) or not any(map(str.isalpha, entry.say)):
        return "An entry needs a written form and how it is said, in letters."
    if not (entry.written.isprintable() and entry.say.isprintable() and entry.source.isprintable()):
        return f"The entry {entry.written!r} has a line break or a character that cannot be seen."
    shouted = next((run for run in re.findall(r"[^\W\d_]{2,}", entry.say) if run.isupper()), "")
    if shouted:
        return (
            f"The respelling {entry.say!r} has {shouted!r} in capitals, which voices spell: write {shouted.lower()!r}, "
            f"or {' '.join(shouted)!r} where letters are meant."
        )
    return ""


def _replace_entry(text: str, old: Entry, new: Entry, path: object) -> str:
    """Return the text of a lexicon with the table of *old* replaced by one of *new*.

    Raises:
        LexiconError: the old entry has more than a respelling.
    """
    if replace(old, say="", source="") != Entry(old.written):
        raise LexiconError(old.written, f"{old.written!r} has more than a respelling in {path}. Change it there.")
    tables = re.split(r"(?m)^(?=\[\[entry\]\])", text)
    changed = [
        table if tomllib.loads(table).get("entry", [{}])[0].get("written") != old.written else _format_entry(new) + "\n"
        for table in tables
    ]
    return "".join(changed)


def _format_entry(entry: Entry) -> str:
    """Return an entry as a table of TOML."""
    lines = ["[[entry]]", f"written = {toml_string(entry.written)}", f"say = {toml_string(entry.say)}"]
    if entry.source:
        lines.append(f"source = {toml_string(entry.source)}")
    return "\n".join(lines) + "\n"
