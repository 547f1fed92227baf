"""The entry of a lexicon: a written form and its pronunciation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """A written form and its pronunciation."""

    written: str
    #: Plain respelling, as a voice should read it; empty if `letters` or `word` is set.
    say: str = ""
    #: Spelled: "F B I".
    letters: bool = False
    #: Spoken as written, although a rule would spell or expand it.
    word: bool = False
    #: Broad IPA, for every engine that takes phonemes.
    ipa: str = ""
    #: Phonemes by engine, in its own alphabet.
    phonemes: Mapping[str, str] = field(default_factory=dict)
    #: Whether capitals must be as written.
    case: bool = True
    #: Whether it must be a whole word.
    whole: bool = True
    #: BCP 47 tag it is for; empty for all.
    language: str = ""
    #: The source of the pronunciation.
    source: str = ""

    @property
    def spoken(self) -> str:
        """Return the spoken text of the entry, in plain letters."""
        if self.letters:
            return " ".join(character for character in self.written if character.isalnum())
        return self.say or self.written
