"""Voice cards: small TOML files that describe a voice of an engine.

Cards are found in three layers, later ones replacing cards of the same name: the package's, the user's folder, the
show's folder. The package's are in `audiogen/voices` of an installed wheel and in `voices` at the top of a checkout.
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

#: Types of a card's fields. A whole number is accepted for a float.
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
#: Minimum and maximum of a card's numbers.
_LIMITS = {"rate": (1, 1000), "pitch": (0, 100), "loudness": (-70, 0), "pauses": (0, 60)}
#: Types of the values in a card's tables, and their names for messages.
_ENTRIES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "pauses": ((int, float), "a number of seconds"),
    "roles": (str, "the name of a card"),
    "lexicon": (str, "a respelling"),
}
#: Layers in the order in which their cards are preferred.
_LAYERS = ("show", "user", "package")
#: Further roles of a card: "body" means every role without an entry of its own.
ROLE_NAMES = frozenset({"body", *(role.value for role in Role)})


@dataclass(frozen=True, slots=True)
class Card:
    """A voice with its file and the layer of that file: "package", "user" or "show"."""

    voice: Voice
    path: Path
    layer: str
    #: Whether it is the default voice of its language.
    default: bool = False
    #: Names of cards that replace it, in this order, if it is the default and cannot speak on this machine.
    fallback: tuple[str, ...] = ()
    #: Names of cards by language, for a card that represents voices of several languages.
    languages: Mapping[str, str] = field(default_factory=dict)
    #: Why it may not be used: what it would do that its library is not allowed to do; "" if it may.
    refused: str = ""

    @property
    def allowed_voice(self) -> Voice:
        """The voice, if it may be used.

        Raises:
            SettingsError: Its library is not trusted with what the card would do.
        """
        if self.refused:
            raise SettingsError(self.path, self.refused)
        return self.voice


def load_card(path: Path, layer: str = "package") -> Card:
    """Return the card at *path*; its file name is the voice's name.

    Raises:
        SettingsError: The file is not TOML, or a field is unknown, missing or of the wrong type.
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
    """Return why a card of a library may not be used; "" if it may."""
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
    """Check the range of a number; SettingsError if it is outside."""
    least, greatest = _LIMITS.get(key, (0, 0))
    if key in _LIMITS and isinstance(value, int | float) and not least <= value <= greatest:
        raise SettingsError(path, f"In the voice card {path}, '{called}' is {value}; it must be {least} to {greatest}.")


def _check_entries(path: Path, key: str, table: object) -> None:
    """Check the values in a table of a card; SettingsError if one is invalid."""
    assert isinstance(table, dict)
    kind, called = _ENTRIES[key]
    for name, value in table.items():
        if not isinstance(value, kind) or isinstance(value, bool):
            raise SettingsError(path, f"In the voice card {path}, '{key}.{name}' is {value!r}; it must be {called}.")
        _check_limits(path, key, f"{key}.{name}", value)


def _check_roles(path: Path, roles: object) -> None:
    """Check the names of roles; SettingsError if one is unknown."""
    assert isinstance(roles, dict)
    for role in roles:
        if role not in ROLE_NAMES:
            raise SettingsError(
                path, f"The voice card {path} has an unknown role '{role}': use {', '.join(sorted(ROLE_NAMES))}."
            )


def _synthesis(path: Path, name: str) -> Synthesis:
    """Return the kind of synthesis by its name; SettingsError if it is unknown."""
    try:
        return Synthesis(name)
    except ValueError:
        known = ", ".join(kind.value for kind in Synthesis)
        raise SettingsError(path, f"In the voice card {path}, synthesis '{name}' must be one of {known}.") from None


def load_cards(folders: Iterable[Path] = ()) -> dict[str, Card]:
    """Return all cards by name: the package's, the user's, then those of the show's *folders*; later ones win."""
    cards = dict(_package_cards())
    layers = [(user_cards(), "user"), *((folder, "show") for folder in folders)]
    for folder, layer in layers:
        cards.update(_cards_in(Path(folder), layer))
    return cards


@cache
def _package_cards() -> Mapping[str, Card]:
    """Return the package's cards by name."""
    return _cards_in(package_cards(), "package")


def _cards_in(folder: Path, layer: str) -> dict[str, Card]:
    """Return the cards in a folder by name."""
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
    """Return the primary tags of eSpeak NG's languages."""
    table = tomllib.loads(Path(__file__).with_name("espeak.toml").read_text(encoding="utf-8"))
    return frozenset(table["languages"].split())


def find_voice(name: str | None = None, language: str = "en", folders: Iterable[Path] = ()) -> Voice:
    """Return the voice *name* for a text in *language*; without a name, the default voice of the language.

    If the named voice does not speak the language, the default voice of that language is returned. A name with a colon
    is an engine's voice without a card: `pyttsx3:gmw/en-gb-x-rp+f3`.

    Raises:
        UnknownVoiceError: No card has the name; similar names are suggested.
        UnspokenLanguageError: No voice speaks the language.
        SettingsError: A card is invalid.
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
    """Return the voice *name*, whatever language it speaks; see `find_voice`.

    If the card represents voices of several languages, it is that of *language*, or the first one.
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
    """Return a card's voice; of a card for several languages, the voice of this language, or the first one."""
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
    """Return whether the card's voice, or one of the voices that it represents, reads the language."""
    stands_for = [Voice("", "", language=tag) for tag in card.languages]
    return any(speaks(voice, language) for voice in stands_for or [card.voice])


def _unknown(name: str, cards: Mapping[str, Card]) -> str:
    """Return the message that there is no voice *name*, with similar names."""
    near = get_close_matches(name, cards, 3, 0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no voice called '{name}'.{meant} `audiogen voices` lists those there are."


def _default_voice(language: str, cards: Mapping[str, Card]) -> Voice:
    """Return the voice of the default card, or the first of its fallbacks that can speak on this machine."""
    first = _default_card(language, cards)
    if not first.fallback:
        return first.allowed_voice
    from audiogen.engines.fallback import first_that_speaks

    return first_that_speaks(
        [first.allowed_voice, *(cards[name].allowed_voice for name in first.fallback if name in cards)]
    )


def _default_card(language: str, cards: Mapping[str, Card]) -> Card:
    """Return the default card of a language.

    The most specific tag comes first, then the layers: the show, the user, the package.
    """
    for tag in _widening(language):
        fitting = [card for card in cards.values() if tag in _widening(card.voice.language)]
        fitting.sort(key=lambda card: (_LAYERS.index(card.layer), card.voice.language.lower() != tag))
        defaults = [card for card in fitting if card.default] or [card for card in fitting if card.layer != "package"]
        if defaults:
            return defaults[0]
    raise UnspokenLanguageError(language, no_voice_for(language))


def no_voice_for(language: str) -> str:
    """Return the message that no voice speaks the language, with advice."""
    return (
        f"The text seems to be in the language '{language}', which no voice here speaks. If it is another: "
        "--language TAG; to have it read all the same: --voice NAME (`audiogen voices` lists them)."
    )


def _widening(language: str) -> tuple[str, ...]:
    """Return the tag and its less specific forms: "pt-br", "pt".

    >>> _widening("pt-BR")
    ('pt-br', 'pt')
    """
    parts = language.lower().replace("_", "-").split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def with_settings(voice: Voice, *, rate: int | None = None, pitch: int | None = None) -> Voice:
    """Return the voice with another rate or pitch; None keeps the card's."""
    return replace(voice, rate=voice.rate if rate is None else rate, pitch=voice.pitch if pitch is None else pitch)


assert set(_KINDS) | {"name"} == {field.name for field in fields(Voice)}, "a card's fields are the Voice's"
