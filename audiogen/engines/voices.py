"""Voice cards: small TOML files that say which voice of which engine speaks, and how.

Cards are found in three layers, the later winning by name: the package's own, the user's folder, the show's folder.
The package's are in `audiogen/voices` of an installed wheel and in `voices` at the top of a checkout.
"""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.engines import ENGINES, engine_names
from audiogen.engines.folders import package_cards, user_cards
from audiogen.errors import SettingsError, UnknownVoiceError, UnspokenLanguageError
from audiogen.model import Role, Synthesis, Voice
from audiogen.trust import how_to_allow, is_trusted, risks_of_card
from audiogen.untrusted import parse_toml, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_log = logging.getLogger(__name__)

#: What each field of a card must be. A whole number will do for a float.
_KINDS: dict[str, type] = {
    "engine": str,
    "id": str,
    "language": str,
    "description": str,
    "rate": int,
    "pitch": int,
    "loudness": float,
    "synthesis": str,
    "licence": str,
    "origin": str,
    "pauses": dict,
    "roles": dict,
    "lexicon": dict,
    "options": dict,
}
_KIND_NAMES = {str: "text", int: "a whole number", float: "a number", dict: "a table"}
#: Least and greatest value of a card's numbers; what lies beyond, or is no number, no engine can do.
_LIMITS = {"rate": (1, 1000), "pitch": (0, 100), "loudness": (-70, 0), "pauses": (0, 60)}
#: What the values of a card's tables must be, and what that is called.
_ENTRIES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "pauses": ((int, float), "a number of seconds"),
    "roles": (str, "the name of a card"),
    "lexicon": (str, "a respelling"),
}
#: Whose card is taken first.
_LAYERS = ("show", "user", "package")
#: Further roles of a card: "body" means every role without an entry of its own.
ROLE_NAMES = frozenset({"body", *(role.value for role in Role)})


@dataclass(frozen=True, slots=True)
class Card:
    """A voice with the file it came from and the layer of that file: "package", "user" or "show"."""

    voice: Voice
    path: Path
    layer: str
    #: Whether it is the default voice of its language.
    default: bool = False
    #: Names of cards that speak, in this order, where it is the default and cannot speak here.
    fallback: tuple[str, ...] = ()
    #: Names of cards by language, for a card that stands for voices of several languages.
    languages: Mapping[str, str] = field(default_factory=dict)
    #: Why it may not speak: what it would do that the library it came with is not allowed to.
    refused: str = ""

    @property
    def allowed_voice(self) -> Voice:
        """The voice, where it may speak.

        Raises:
            SettingsError: it came with a library that the user has not allowed what it would do.
        """
        if self.refused:
            raise SettingsError(self.path, self.refused)
        return self.voice


def load_card(path: Path, layer: str = "package") -> Card:
    """Read the card at *path*; its file name is the voice's name.

    Raises:
        SettingsError: the file is no TOML, or a field is unknown, missing or of the wrong kind.
    """
    try:
        # Windows' editors put a byte order mark at the head, which TOML does not know.
        table = parse_toml(read_file(path).decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(path, f"The voice card {path} could not be read: {error}.") from error
    default = table.pop("default", False)
    if not isinstance(default, bool):
        raise SettingsError(path, f"In the voice card {path}, 'default' must be true or false.")
    fallback, languages = table.pop("fallback", []), table.pop("languages", {})
    if not isinstance(fallback, list) or not all(isinstance(name, str) for name in fallback):
        raise SettingsError(path, f"In the voice card {path}, 'fallback' must be a list of names of cards.")
    if not isinstance(languages, dict) or not all(isinstance(name, str) for name in languages.values()):
        raise SettingsError(
            path, f"In the voice card {path}, 'languages' must give the name of a card for each language."
        )
    named = {language.lower(): name for language, name in languages.items()}
    voice = _voice(path, table)
    refused = _refusal(voice, path) if layer == "show" else ""
    return Card(voice, path, layer, default, tuple(fallback), named, refused)


def _refusal(voice: Voice, path: Path) -> str:
    """Say why a card of a library may not speak; empty if it may."""
    library, risk = path.parent.parent, risks_of_card(voice.engine, voice.options)
    if not risk or is_trusted(library):
        return ""
    return f"The voice card {path} {risk}, which a library may not do by itself. {how_to_allow(library)}"


def _voice(path: Path, table: dict[str, Any]) -> Voice:
    """Return the voice that a card's table describes."""
    for key, value in table.items():
        _check(path, key, value)
    if "engine" not in table:
        raise SettingsError(
            path, f'The voice card {path} does not name its engine: add a line like engine = "pyttsx3".'
        )
    if "loudness" in table:
        table["loudness"] = float(table["loudness"])
    if "synthesis" in table:
        table["synthesis"] = _synthesis(path, table["synthesis"])
    options = table.pop("options", {})
    table["options"] = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return Voice(name=path.stem, **table)


def _check(path: Path, key: str, value: object) -> None:
    """Check that a field of a voice card is known, and that its value has the right type and range."""
    if key not in _KINDS:
        near = get_close_matches(key, _KINDS, 1)
        hint = (
            f"; did you mean '{near[0]}'?"
            if near
            else f": a card knows {', '.join(_KINDS)}, default, fallback and languages."
        )
        raise SettingsError(path, f"The voice card {path} has an unknown field '{key}'{hint}")
    kind = _KINDS[key]
    fits = isinstance(value, (int, float) if kind is float else kind) and not isinstance(value, bool)
    if not fits:
        raise SettingsError(path, f"In the voice card {path}, '{key}' must be {_KIND_NAMES[kind]}.")
    _check_limits(path, key, key, value)
    if key in _ENTRIES:
        _check_entries(path, key, value)
    if key == "roles":
        _check_roles(path, value)


def _check_limits(path: Path, key: str, called: str, value: object) -> None:
    least, greatest = _LIMITS.get(key, (0, 0))
    if key in _LIMITS and isinstance(value, int | float) and not least <= value <= greatest:
        raise SettingsError(path, f"In the voice card {path}, '{called}' is {value}; it must be {least} to {greatest}.")


def _check_entries(path: Path, key: str, table: object) -> None:
    assert isinstance(table, dict)
    kind, called = _ENTRIES[key]
    for name, value in table.items():
        if not isinstance(value, kind) or isinstance(value, bool):
            raise SettingsError(path, f"In the voice card {path}, '{key}.{name}' is {value!r}; it must be {called}.")
        _check_limits(path, key, f"{key}.{name}", value)


def _check_roles(path: Path, roles: object) -> None:
    assert isinstance(roles, dict)
    for role in roles:
        if role not in ROLE_NAMES:
            raise SettingsError(
                path, f"The voice card {path} has an unknown role '{role}': use {', '.join(sorted(ROLE_NAMES))}."
            )


def _synthesis(path: Path, name: str) -> Synthesis:
    try:
        return Synthesis(name)
    except ValueError:
        known = ", ".join(kind.value for kind in Synthesis)
        raise SettingsError(path, f"In the voice card {path}, synthesis '{name}' must be one of {known}.") from None


def load_cards(folders: Iterable[Path] = ()) -> dict[str, Card]:
    """Read all cards by name: the package's, the user's, then those of the show's *folders*, the later winning."""
    cards = dict(_package_cards())
    layers = [(user_cards(), "user"), *((folder, "show") for folder in folders)]
    for folder, layer in layers:
        cards.update(_cards_in(Path(folder), layer))
    return cards


@cache
def _package_cards() -> Mapping[str, Card]:
    return _cards_in(package_cards(), "package")


def _cards_in(folder: Path, layer: str) -> dict[str, Card]:
    if not folder.is_dir():
        return {}
    return {path.stem: load_card(path, layer) for path in sorted(folder.glob("*.toml"))}


def spoken_languages(cards: Mapping[str, Card]) -> frozenset[str]:
    """Return the primary tags of the languages that a voice speaks: eSpeak NG's, and those of default cards."""
    return _espeak_languages() | {
        card.voice.language.split("-")[0].lower()
        for card in cards.values()
        if card.voice.language and (card.default or card.layer != "package")
    }


@cache
def _espeak_languages() -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("espeak.toml").read_text(encoding="utf-8"))
    return frozenset(table["languages"].split())


def find_voice(name: str | None = None, language: str = "en", folders: Iterable[Path] = ()) -> Voice:
    """Find the voice called *name* for a text in *language*; where none is named, the default voice of the language.

    A named voice is not made to read a language it does not speak: then the default voice of that language is taken.
    A name with a colon is an engine's own voice without a card: `pyttsx3:gmw/en-gb-x-rp+f3`.

    Raises:
        UnknownVoiceError: no card has the name (near ones are offered).
        UnspokenLanguageError: no voice speaks the language.
        SettingsError: a card has a fault.
    """
    cards = load_cards(folders)
    if not name:
        return _default_voice(language, cards)
    named = named_voice(name, cards, language)
    if speaks(named, language):
        return named
    other = _default_voice(language, cards)
    if name not in cards or not cards[name].languages:
        _log.warning("The voice %s does not speak %s: %s reads it.", named.name, language, other.name)
    return other


def named_voice(name: str, cards: Mapping[str, Card], language: str = "") -> Voice:
    """Find the voice called *name*, whatever language it speaks; see `find_voice`.

    Where the name stands for the voices of several languages, it is that of *language*, or of the first it names.
    """
    if name in cards:
        return _of_language(cards[name], cards, language)
    engine, colon, identifier = name.partition(":")
    if colon and engine and identifier:
        if engine not in ENGINES and engine not in engine_names():
            known = ", ".join(engine_names())
            raise UnknownVoiceError(
                name, f"There is no voice '{name}': no engine is called '{engine}'. Known are {known}."
            )
        return Voice(name=name, engine=engine, id=identifier)
    raise UnknownVoiceError(name, _unknown(name, cards))


def _of_language(card: Card, cards: Mapping[str, Card], language: str) -> Voice:
    """Return a card's voice; of a card for several languages, the voice of this language, else of the first."""
    wanted = [tag for tag in _widening(language) if tag in card.languages]
    for tag in (*wanted, *card.languages):
        if card.languages[tag] in cards:
            return cards[card.languages[tag]].allowed_voice
    return card.allowed_voice


def speaks(voice: Voice, language: str) -> bool:
    """Return whether the voice reads the language; a voice without a language reads any.

    >>> speaks(Voice("a", "tone", language="en-GB"), "en"), speaks(Voice("b", "tone", language="de"), "en")
    (True, False)
    """
    return not voice.language or not language or _widening(voice.language)[-1] == _widening(language)[-1]


def reads(card: Card, language: str) -> bool:
    """Return whether the card's voice, or one of the voices that it stands for, reads the language."""
    stands_for = [Voice("", "", language=tag) for tag in card.languages]
    return any(speaks(voice, language) for voice in stands_for or [card.voice])


def _unknown(name: str, cards: Mapping[str, Card]) -> str:
    near = get_close_matches(name, cards, 3, 0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no voice called '{name}'.{meant} `audiogen voices` lists those there are."


def _default_voice(language: str, cards: Mapping[str, Card]) -> Voice:
    """Take the voice of the nearest card; where it has fallbacks, the first of them all that can speak here."""
    first = _default_card(language, cards)
    if not first.fallback:
        return first.allowed_voice
    from audiogen.engines.fallback import first_that_speaks

    return first_that_speaks(
        [first.allowed_voice, *(cards[name].allowed_voice for name in first.fallback if name in cards)]
    )


def _default_card(language: str, cards: Mapping[str, Card]) -> Card:
    """Take the nearest card: of the language's narrowest tag first, the show's before the user's before ours."""
    for tag in _widening(language):
        fitting = [card for card in cards.values() if tag in _widening(card.voice.language)]
        fitting.sort(key=lambda card: (_LAYERS.index(card.layer), card.voice.language.lower() != tag))
        defaults = [card for card in fitting if card.default] or [card for card in fitting if card.layer != "package"]
        if defaults:
            return defaults[0]
    raise UnspokenLanguageError(language, no_voice_for(language))


def no_voice_for(language: str) -> str:
    """Return the error that no voice speaks the language; it says what to do."""
    return (
        f"The text seems to be in the language '{language}', which no voice here speaks. If it is another: "
        "--language TAG; to have it read all the same: --voice NAME (`audiogen voices` lists them)."
    )


def _widening(language: str) -> tuple[str, ...]:
    """Return the tag and its wider forms: pt-BR is Portuguese where nothing nearer is there.

    >>> _widening("pt-BR")
    ('pt-br', 'pt')
    """
    parts = language.lower().replace("_", "-").split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def with_settings(voice: Voice, *, rate: int | None = None, pitch: int | None = None) -> Voice:
    """Return the voice with a rate or pitch asked for on the way; None leaves the card's."""
    return replace(voice, rate=voice.rate if rate is None else rate, pitch=voice.pitch if pitch is None else pitch)


assert set(_KINDS) | {"name"} == {field.name for field in fields(Voice)}, "a card's fields are the Voice's"
