"""The settings of audiogen, as one frozen object.

Later sources win over earlier ones: the defaults below, the user's `config.toml`, the library's `audiogen.toml`,
environment variables (`AUDIOGEN_VOICE`, `AUDIOGEN_AUDIO_QUALITY`: the key in capitals, dots as underscores), and flags.
"""

from __future__ import annotations

import logging
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from audiogen.errors import SettingsError
from audiogen.placeholders import Placeholders
from audiogen.trust import how_to_allow, is_trusted, risks_of_settings
from audiogen.untrusted import parse_toml, split_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)
#: The show's settings, at the top of a library.
FILE_NAME = "audiogen.toml"

#: Least and greatest values of numbers. Others are errors (a missing sign, LUFS instead of dBFS) that a user would
#: otherwise only notice in the sound.
LIMITS: dict[str, tuple[float, float]] = {
    "show.remove_listened_after": (0, math.inf),
    "feed.page_size": (0, math.inf),
    "feed.latest": (0, math.inf),
    "audio.loudness": (-40, -5),
    "audio.peak": (-20, 0),
    "speech.rate": (80, 450),
    "limits.seconds": (0, math.inf),
    "limits.memory": (0, math.inf),
    "pauses": (0, 60),
}
#: Numbers that may also be 0, which means "not set".
UNSET_AT_ZERO = frozenset({"speech.rate"})

#: Settings that are a web address or empty, and whether paths are appended to the address.
ADDRESSES = {"show.base_url": True, "show.link": False}
_ADDRESS = re.compile(r"https?://[^\s\"<>\\]+")

_PREFIX = "AUDIOGEN_"
#: Variables that name no setting: of the state folder, of keys of servers, of deploy/ and of the tests.
OTHER_VARIABLES = frozenset(
    {
        "AUDIOGEN_STATE", "AUDIOGEN_HTTP_KEY", "AUDIOGEN_HOST", "AUDIOGEN_UPSTREAM", "AUDIOGEN_REAL_MODELS",
        "AUDIOGEN_REQUIRE_BROWSER",
    }
)  # fmt: skip
#: Ends of variables that a voice card may name for the key of its server, whatever else they are called.
_OF_SECRETS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")

T = TypeVar("T")
Place = Literal["start", "end", "both", "none"]
Quality = Literal["small", "speech", "podcast"]


@dataclass(frozen=True, slots=True)
class Show:
    """The data of a show that podcast directories ask for."""

    #: Title of the show. The feed needs one.
    title: str = ""
    #: The maker of the show, named in the feed, on the pages and on a drawn cover.
    author: str = ""
    #: The owner's e-mail, by which directories verify a show. It is public.
    email: str = ""
    #: What the show is about, up to 4,000 bytes. The feed needs one.
    description: str = ""
    #: The address of the published library, without a slash at the end; the feed's addresses begin with it.
    base_url: str = ""
    #: The show's home page; empty means `base_url`.
    link: str = ""
    #: Path of the cover art, relative to the library; empty means one is drawn.
    cover: str = ""
    #: Language of most articles, as a BCP 47 tag; articles keep their own.
    language: str = "en"
    #: Apple's category, with its subcategory after " > ".
    category: str = "News"
    #: Whether the show is for adults only; directories ask for it.
    explicit: bool = False
    #: The copyright notice of the feed.
    copyright: str = ""
    #: A licence of the audio, as "cc-by-4.0".
    license: str = ""
    #: Keeps the show out of public directories.
    private: bool = False
    #: The show's id in Podcasting 2.0, which must not change; empty means that it is made from the first address.
    guid: str = ""
    #: New episodes are drafts, which nothing shows, until somebody publishes them.
    drafts: bool = False
    #: The server counts how often episodes are played; without cookies, and no address is kept (docs/server.md).
    count_plays: bool = True
    #: Days after which the server removes what was listened to, into the folder `removed`; 0 keeps it.
    remove_listened_after: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """The feeds of a library, and their content."""

    #: Episodes on a page of a feed; older ones go to archive pages that the first one links to. 0 keeps all together.
    page_size: int = 300
    #: A feed for each outlet that has episodes.
    sites: bool = False
    #: A feed for each tag that has episodes.
    tags: bool = False
    #: A feed for each language that has episodes.
    languages: bool = False
    #: A feed with this number of newest episodes; 0 means no such feed.
    latest: int = 0
    #: An episode's date: when its article was "published", when its audio was "created" (a remake renews it), or when
    #: the episode was "added" (its first audio).
    dates: Literal["published", "created", "added"] = "published"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How listeners are informed that the voice is synthetic."""

    #: The sentence that is spoken and shown; empty means audiogen's own in the article's language.
    text: str = ""
    #: Where it is spoken. Regardless of that, it is shown and machine-readable.
    place: Place = "end"


@dataclass(frozen=True, slots=True)
class Audio:
    """The sound of episodes."""

    #: Integrated loudness in LUFS, -40 to -5. -16 is Apple's for a file as played; -19 suits mono that players double.
    loudness: float = -16.0
    #: Highest true peak in dBTP after decoding, -20 to 0.
    peak: float = -1.0
    #: Sample rate and bit rate, from the smallest file to the best sound.
    quality: Quality = "speech"
    #: Format of the file; all except mp3 need ffmpeg.
    format: Literal["mp3", "m4b", "opus"] = "mp3"
    #: Sound file of the show before the voice, relative to the library.
    intro: str = ""
    #: Sound file of the show after the voice, relative to the library.
    outro: str = ""
    #: Sound file of the show under the voice, relative to the library.
    bed: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The keys with which episodes are signed (C2PA); files in PEM, relative to the library. The default is none."""

    #: The certificate, followed by the intermediate ones.
    certificate: str = ""
    #: Its private key.
    key: str = ""
    #: Algorithm of the signature; it must suit the key.
    algorithm: Literal["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "ED25519"] = "ES256"
    #: Roots that `audiogen check` trusts.
    anchors: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """The voice, and how it speaks."""

    #: Name of a voice card; empty means the default of the article's language.
    voice: str = ""
    #: Words a minute, 80 to 450; 0 is the card's own.
    rate: int = 0
    #: Keep the clips of sentences, so that only changed sentences of a corrected article are spoken again.
    cache: bool = True
    #: Passages in another language than the article's: "voice" speaks them with a voice of the language, or drops them
    #: if there is none; "skip" drops all of them; "as-is" speaks them with the article's voice.
    foreign: Literal["voice", "skip", "as-is"] = "voice"
    #: Notes: not narrated ("skip"), or each after the sentence with its mark ("read").
    notes: Literal["skip", "read"] = "skip"
    #: Fail if the self-check doubts that a sentence was spoken completely; otherwise the sentence is only marked.
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Listen:
    """The speech recogniser that checks the sound (extra `listen`), and when it does."""

    #: The name of a Whisper model ("base", "small"), which is downloaded at first use, or the folder of one.
    model: str = "base"
    #: Check each utterance before its episode is published, and speak it again if it is doubtful.
    speech: bool = False


@dataclass(frozen=True, slots=True)
class Fetch:
    """Which addresses may be fetched, and how."""

    #: Also fetch addresses of private networks: this computer, the router, the intranet. A library may not set it.
    private: bool = False
    #: Load pages that are filled by scripts in a browser, if the extra `browser` and Chromium are installed.
    browser: bool = True
    #: Run that browser in its sandbox; false is for containers that allow none. A library may not set it.
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """The time and memory for the work on one article; a process that exceeds them is ended, and the article fails.

    In batches and servers, this covers all of the work; in other commands, reading and cleaning the article.
    """

    #: Most seconds without progress, such as an article read or a sentence spoken. 0 means no limit.
    seconds: int = 900
    #: Most megabytes of memory of the process that does the work, the voice included. 0 means no limit.
    memory: int = 4000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Its sections are tables in the TOML files."""

    show: Show = field(default_factory=Show)
    feed: Feed = field(default_factory=Feed)
    disclosure: Disclosure = field(default_factory=Disclosure)
    audio: Audio = field(default_factory=Audio)
    speech: Speech = field(default_factory=Speech)
    stand_ins: Placeholders = field(default_factory=Placeholders)
    c2pa: Credentials = field(default_factory=Credentials)
    listen: Listen = field(default_factory=Listen)
    fetch: Fetch = field(default_factory=Fetch)
    limits: Limits = field(default_factory=Limits)
    #: Seconds of silence by role or mark, over the package's own ("title", "paragraph", "dash"…).
    pauses: Mapping[str, float] = field(default_factory=dict)
    #: Options of engines by engine name: {"http": {"base_url": "…"}}.
    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def with_flags(self, **flags: object) -> Settings:
        """Return the settings with command-line flags applied; None means that a flag was not given.

        >>> Settings().with_flags(audio__loudness=-19.0, speech__voice=None).audio.loudness
        -19.0
        """
        given = {name.replace("__", "."): value for name, value in flags.items() if value is not None}
        return _overlay(self, _nest(given), "flags")


def user_folder() -> Path:
    """Return the folder of the user's own settings, voice cards, site files and lexicons."""
    from platformdirs import user_config_path

    return user_config_path("audiogen", appauthor=False)


def is_address(text: str, *, base: bool = False) -> bool:
    """Return whether a text is a web address. To a *base*, paths can be appended: it is ASCII, and has no query.

    >>> is_address("https://a.example/b?c"), is_address("https://a.example/b?c", base=True), is_address("not a url")
    (True, False, False)
    """
    parts = split_address(text)
    whole = _ADDRESS.fullmatch(text) and parts.hostname
    return bool(whole) and not (base and (parts.query or parts.fragment or not text.isascii()))


def load_settings(
    library: str | os.PathLike[str] | None = None, *, environ: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings of the user's file, the *library*'s file and the environment; later ones win.

    Raises:
        SettingsError: a file is not TOML, a key is unknown, or a value is invalid; the message has the file and key.
            Or the library's own file names a program, a server or a file outside of it, which the user has not allowed.
    """
    settings = Settings()
    for path in _files(library):
        values = _read_toml(path)
        if library is not None and path == Path(library) / FILE_NAME:
            _check_risks(values, path)
        settings = _overlay(settings, values, str(path))
    return _overlay(settings, _nest(_environment(os.environ if environ is None else environ)), "the environment")


def _check_risks(values: Mapping[str, Any], path: Path) -> None:
    """Check that a library's settings name no program, server or file outside of it, unless the user allows it.

    Raises:
        SettingsError: they do.
    """
    risk = next(risks_of_settings(values, path.parent), None)
    if risk is not None and not is_trusted(path.parent):
        key, does = risk
        message = f"The setting {key} in {path} {does}, which a library may not do by itself."
        raise SettingsError(key, f"{message} {how_to_allow(path.parent)}")


def _files(library: str | os.PathLike[str] | None) -> Iterator[Path]:
    """Yield the existing settings files, the user's before the library's."""
    folders = [user_folder() / "config.toml"]
    if library is not None:
        folders.append(Path(library) / FILE_NAME)
    yield from (path for path in folders if path.is_file())


def _read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a settings file.

    Raises:
        SettingsError: the file cannot be read, or is not TOML in UTF-8.
    """
    _log.debug("Settings are read from %s.", path)
    try:
        # Windows' editors put a byte order mark at the head, which TOML does not know.
        return parse_toml(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(path, f"The settings in {path} are not in UTF-8. Save the file as UTF-8.") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(path, f"The settings in {path} could not be read: {error}.") from error


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that are settings, by key: audio.quality for AUDIOGEN_AUDIO_QUALITY."""
    known = _variables()
    return {known[name]: value for name, value in environ.items() if name in known}


@cache
def _variables() -> dict[str, str]:
    """Return the key of the setting that each variable names."""
    known = {f"{_PREFIX}{key.replace('.', '_').upper()}": key for key in _keys(Settings)}
    return {**known, "AUDIOGEN_VOICE": "speech.voice"}


def unknown_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that begin with AUDIOGEN_ but are no setting, each with the most similar one, or ""."""
    names = [name for name in environ if name.startswith(_PREFIX) and name not in OTHER_VARIABLES]
    if not names:
        return {}
    known = _variables()
    unknown = sorted(name for name in names if name not in known and not name.endswith(_OF_SECRETS))
    ends = [name.removeprefix(_PREFIX) for name in known]
    near = {name: get_close_matches(name.removeprefix(_PREFIX), ends, n=1) for name in unknown}
    return {name: f"{_PREFIX}{found[0]}" if found else "" for name, found in near.items()}


#: The types of a section's fields; cached, since a server reads its settings often.
_hints = cache(get_type_hints)


def _keys(kind: type, prefix: str = "") -> Iterator[str]:
    """Yield the keys of all settings, as "audio.quality", except those in free tables."""
    for name, hint in _hints(kind).items():
        if is_dataclass(hint):
            yield from _keys(hint, f"{prefix}{name}.")  # type: ignore[arg-type]  # a section's type, never an instance
        elif get_origin(hint) is None or get_origin(hint) is Literal:
            yield f"{prefix}{name}"


def _nest(flat: Mapping[str, object]) -> dict[str, Any]:
    """Return a dict of sections for a dict of keys with dots."""
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        section, _, name = key.rpartition(".")
        (nested.setdefault(section, {}) if section else nested)[name] = value
    return nested


def _overlay(base: T, values: Mapping[str, Any], origin: str, prefix: str = "") -> T:
    """Return *base* with its fields replaced by *values*, each checked against its type.

    Raises:
        SettingsError: a key is unknown, or a value has the wrong type.
    """
    hints = _hints(type(base))  # type: ignore[arg-type]  # a type is hashable
    changes = {}
    for name, value in values.items():
        if name not in hints:
            raise SettingsError(f"{prefix}{name}", _unknown(f"{prefix}{name}", origin, type(base), prefix))
        changes[name] = _convert(getattr(base, name), value, hints[name], f"{prefix}{name}", origin)
    return replace(base, **changes)  # type: ignore[type-var]  # every section is a dataclass


def _unknown(key: str, origin: str, kind: type, prefix: str) -> str:
    """Return the error message for an unknown key, with a similar one or with all known ones."""
    names = [entry.name for entry in fields(kind)]
    near = get_close_matches(key.removeprefix(prefix), names, n=1)
    known = ", ".join(f"{prefix}{name}" for name in names)
    hint = f"did you mean {prefix}{near[0]}?" if near else f"known are {known}."
    return f"There is no setting {key!r} ({origin}): {hint}"


def _convert(current: object, value: object, hint: Any, key: str, origin: str) -> object:
    """Return *value* as the type of a field, *hint*; *current* is the field's present value."""
    if is_dataclass(current):
        return _overlay(current, _table(value, key, origin), origin, f"{key}.")
    if get_origin(hint) is Literal:
        return _choice(value, get_args(hint), key, origin)
    if isinstance(current, Mapping):
        kind = get_args(hint)[1]
        table = _table(value, key, origin)
        return {**current, **{name: _entry(entry, kind, f"{key}.{name}", origin) for name, entry in table.items()}}
    return _scalar(value, hint, key, origin)


def _table(value: object, key: str, origin: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(key, f"The setting {key} ({origin}) is {value!r}; it must be a table.")
    return value


def _entry(value: object, kind: Any, key: str, origin: str) -> object:
    return _table(value, key, origin) if get_origin(kind) else _scalar(value, kind, key, origin)


def _choice(value: object, allowed: tuple[object, ...], key: str, origin: str) -> object:
    if value not in allowed:
        choices = ", ".join(map(str, allowed))
        raise SettingsError(key, f"The setting {key} ({origin}) is {value!r}; it takes one of {choices}.")
    return value


def _scalar(value: object, kind: type, key: str, origin: str) -> object:
    """Return *value* as a bool, number or text; texts of environment variables are parsed.

    Raises:
        SettingsError: it has the wrong type, or is beyond the limits of the setting.
    """
    fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    if key in ADDRESSES and fits and value and not is_address(str(value), base=ADDRESSES[key]):
        raise SettingsError(
            key,
            f"The setting {key} ({origin}) is {value!r}; it must be an address that begins with https://, or empty.",
        )
    try:
        return _check_limits(value if fits else _PARSERS[kind](value), key, origin)
    except (KeyError, TypeError, ValueError):
        raise SettingsError(key, f"The setting {key} ({origin}) is {value!r}; it must be {_KINDS[kind]}.") from None


def _check_limits(value: object, key: str, origin: str) -> object:
    """Return *value*, unless it is a number beyond the limits of the setting.

    Raises:
        SettingsError: it is beyond them.
        ValueError: it is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError
    least, greatest = LIMITS.get(key) or LIMITS.get(key.partition(".")[0], (-math.inf, math.inf))
    if least <= value <= greatest or (key in UNSET_AT_ZERO and value == 0):
        return value
    limits = f"from {least} to {greatest}" if greatest < math.inf else f"{least} or more"
    raise SettingsError(key, f"The setting {key} ({origin}) is {value!r}; it must be {limits}.")


def _parse_bool(value: object) -> bool:
    return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[str(value).lower()]


def _parse_number(value: object) -> float:
    if isinstance(value, bool):
        raise TypeError
    return float(str(value))


def _parse_whole(value: object) -> int:
    if isinstance(value, bool | float):
        raise TypeError
    return int(str(value))


_PARSERS: dict[type, Callable[[object], object]] = {bool: _parse_bool, float: _parse_number, int: _parse_whole}
_KINDS: dict[type, str] = {bool: "true or false", float: "a number", int: "a whole number", str: "text"}
