"""Writes the script of an article with its disclosure, by the word lists of the user, the show and the voice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.disclosure import disclosure, sentence_language
from audiogen.episodes.digests import lexicon_digest
from audiogen.model import Role, Utterance
from audiogen.narration import narrate, normalize
from audiogen.narration.lexicon import Lexicon, load_lexicon, voice_lexicon
from audiogen.narration.pauses import default_pauses
from audiogen.narration.script import Narration
from audiogen.settings import user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audiogen.model import Article, Script, Voice
    from audiogen.settings import Settings

#: The outlet's word list, in the user's folder and in the show's.
LEXICON = "lexicon.toml"
#: Silence around the spoken disclosure, in seconds.
_DISCLOSURE_PAUSE = 1.0


class Wording:
    """Writes scripts."""

    def __init__(self, settings: Settings, folder: Path | None) -> None:
        """Keep the settings and the paths of the word lists: the user's and, if *folder* is given, the show's.

        The lists are read at each use, not here.
        """
        self._settings = settings
        self._paths = [where / LEXICON for where in (user_folder(), folder) if where]

    def script(self, article: Article, voice: Voice, say: Mapping[str, str]) -> Script:
        """Write the script with the disclosure; *say* has respellings for this article."""
        script = narrate(article, self._narration(voice, say))
        line = self._disclosure(script.language)
        place = self._settings.disclosure.place
        first = (line,) if place in ("start", "both") else ()
        last = (line,) if place in ("end", "both") else ()
        return replace(script, utterances=(*first, *script.utterances, *last))

    def word_lists(self) -> list[Lexicon]:
        """Load the user's word list and the show's.

        Raises:
            LexiconError: one is invalid.
        """
        return [load_lexicon(path) for path in self._paths if path.is_file()]

    def lexicon_digest(self, article: Article) -> str:
        """Return the digest of the word-list entries that the article uses; "" if it uses none."""
        together = Lexicon()
        for lexicon in self.word_lists():
            together = lexicon.over(together)
        return lexicon_digest(together.used_in(article.text, article.language or "en"))

    def _narration(self, voice: Voice, say: Mapping[str, str]) -> Narration:
        """Combine the word lists and pauses: *say*, then the voice's, the show's, the user's and the package's."""
        speech = self._settings.speech
        return Narration(
            pauses=default_pauses().adjusted({**self._settings.pauses, **voice.pauses}),
            lexicons=(*self.word_lists(), voice_lexicon(voice.lexicon), voice_lexicon(say)),
            foreign=speech.foreign != "as-is",
            notes=speech.notes == "read",
        )

    def _disclosure(self, language: str) -> Utterance:
        """Return the utterance of the disclosure, in the language of its sentence."""
        written = disclosure(language, self._settings.disclosure.text)
        own = sentence_language(written, language)
        if own == language or self._settings.speech.foreign == "as-is":
            return Utterance(written, normalize(written, language=language), _DISCLOSURE_PAUSE, Role.DISCLOSURE)
        return Utterance(written, normalize(written, language=own), _DISCLOSURE_PAUSE, Role.DISCLOSURE, language=own)
