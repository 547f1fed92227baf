"""What an engine can stand, told to whoever plans its work."""

from __future__ import annotations

from dataclasses import dataclass

from audiogen.model import Synthesis


@dataclass(frozen=True, slots=True)
class Traits:
    """What an engine can stand; every field has the answer of the simplest engine."""

    #: How it makes sound; decides the machine-readable disclosure where a card does not say.
    synthesis: Synthesis = Synthesis.RULES
    #: Longest text, in characters, that one call of the foreign engine is given; ours splits and rejoins. None: any.
    longest: int | None = None
    #: Engines that may speak at once on this machine before they stand in each other's way.
    parallel: int = 1
    #: Whether it fills the cores by itself, with as many threads as its option `workers` says.
    threads: bool = False
    #: BCP 47 tags it can speak; empty if its voices decide.
    languages: tuple[str, ...] = ()
    #: Whether clips tell when each word is heard.
    word_times: bool = False
    #: Seconds a word takes, where clips are as long as their words are many; 0 if they are as long as their text.
    word_seconds: float = 0.0
    #: Whether a card's option `seed` makes it say a text another way.
    seeds: bool = False
    #: Whether speaking leaves the machine: text goes to somebody's server.
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """What speaking a script will ask of a server."""

    characters: int
    requests: int
    #: In the money of the card's `price`; None if it gives none.
    price: float | None
