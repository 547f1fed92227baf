"""Production: an article goes through the stages, in order, and becomes an episode.

preparing   read and clean a source
wording     write its script
speakers    choose who speaks it
maker       make the episode's files
reuse       tell whether the episode that is there can stay
revision    what is kept, and what is counted, when it is made anew
putting     put it in its library
sound_file  or write its sound alone
"""

from __future__ import annotations

from audiogen.production.made import EpisodeFiles
from audiogen.production.maker import EpisodeMaker
from audiogen.production.preparing import prepare
from audiogen.production.putting import check_wanted, kept, location_of, produce, put_in, speak_edit, tie
from audiogen.production.reuse import KEPT, Standing
from audiogen.production.sound_file import put_mp3
from audiogen.production.speakers import Speaker, former_defaults, is_priced, traits_of

__all__ = [
    "KEPT",
    "EpisodeFiles",
    "EpisodeMaker",
    "Speaker",
    "Standing",
    "check_wanted",
    "former_defaults",
    "is_priced",
    "kept",
    "location_of",
    "prepare",
    "produce",
    "put_in",
    "put_mp3",
    "speak_edit",
    "tie",
    "traits_of",
]
