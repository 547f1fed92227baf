"""The properties of an engine, for planning."""

from __future__ import annotations

from dataclasses import dataclass

from audiogen.model import Synthesis


@dataclass(frozen=True, slots=True)
class Traits:
    """The properties of an engine; the defaults are those of the simplest engine."""

    #: How it makes sound; the machine-readable disclosure if the card does not say.
    synthesis: Synthesis = Synthesis.RULES
    #: Longest text, in characters, that one call of the foreign engine is given; ours splits and rejoins. None: any.
    longest: int | None = None
    #: Number of engines that may speak at once on this machine without slowing each other down.
    parallel: int = 1
    #: Whether it uses several cores itself, with as many threads as its option `workers`.
    threads: bool = False
    #: BCP 47 tags it can speak; empty if its voices decide.
    languages: tuple[str, ...] = ()
    #: Whether clips tell when each word is heard.
    word_times: bool = False
    #: Seconds a word takes, where clips are as long as their words are many; 0 if they are as long as their text.
    word_seconds: float = 0.0
    #: Whether a card's option `seed` changes how it speaks a text.
    seeds: bool = False
    #: Whether the text is sent to a server.
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """What speaking a script will ask of a server."""

    characters: int
    requests: int
    #: In the money of the card's `price`; None if it gives none.
    price: float | None
