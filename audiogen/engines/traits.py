"""The properties of an engine, for planning."""

from __future__ import annotations

from dataclasses import dataclass

from audiogen.model import Synthesis


@dataclass(frozen=True, slots=True)
class Traits:
    """The properties of an engine; the defaults are those of the simplest engine."""

    #: How it makes sound; the machine-readable disclosure if the card does not say.
    synthesis: Synthesis = Synthesis.RULES
    #: Maximum number of characters in one call of the speech software; the adapter divides longer texts. None: no
    #: limit.
    longest: int | None = None
    #: Number of engines that may speak at once on this machine without slowing each other down.
    parallel: int = 1
    #: Whether it uses several cores itself, with as many threads as its option `workers`.
    threads: bool = False
    #: BCP 47 tags it can speak; empty if its voices decide.
    languages: tuple[str, ...] = ()
    #: Whether clips have word times.
    word_times: bool = False
    #: Seconds per word, if the length of clips depends on the number of words; otherwise 0.
    word_seconds: float = 0.0
    #: Whether a card's option `seed` changes the sound of a text.
    seeds: bool = False
    #: Whether the text is sent to a server.
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """The requests that speaking a script would send to a server."""

    characters: int
    requests: int
    #: The cost in the currency of the card's `price`; None if it has no price.
    price: float | None
