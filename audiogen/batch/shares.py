"""Shares a machine's cores between the workers of a batch and the threads of their engines."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.model import Article
from audiogen.production import EpisodeMaker, traits_of

if TYPE_CHECKING:
    from audiogen.model import Voice
    from audiogen.settings import Settings


def main_voice(settings: Settings, library: str | os.PathLike[str]) -> Voice:
    """Return the voice that most of the library's articles will have, without starting its engine.

    Raises:
        UnknownVoiceError: there is no voice of the settings' name.
        UnspokenLanguageError: none is named, and no voice speaks the show's language.
    """
    with ExitStack() as stack:
        episode_maker = EpisodeMaker(settings, folder=Path(library), voice_named=True)
        # Closed although it is never entered: for a language without a card it starts an engine.
        stack.push(episode_maker)
        return episode_maker.speakers.voice(Article(language=settings.show.language))


def share(
    settings: Settings, library: str | os.PathLike[str], jobs: int | None = None, cores: int | None = None
) -> tuple[int, Settings]:
    """Choose the number of processes, and the number of threads of the voice's engine in each.

    As many processes as there are cores, where the engine can stand that. A neural engine keeps one model, which all
    its threads share: it gets one process with a thread for each core. Where *jobs* asks for more processes, they share
    the cores out; what the settings say of the engine's `workers` stands.

    Raises:
        UnknownVoiceError: there is no voice of the settings' name.
        EngineMissingError: its engine needs a package that is not installed.
    """
    cores = cores or os.cpu_count() or 1
    voice = main_voice(settings, library)
    engine, traits = voice.engine, traits_of(voice)
    jobs = jobs or max(1, min(cores, traits.parallel))
    options = settings.engines.get(engine, {})
    if jobs == 1 or not traits.threads or options.get("workers"):
        return jobs, settings
    shared = {**options, "workers": max(1, cores // jobs)}
    return jobs, replace(settings, engines={**settings.engines, engine: shared})
