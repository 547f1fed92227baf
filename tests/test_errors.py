"""Errors hold their subject, say what to do, cross processes, and are each raised by something."""

from __future__ import annotations

import pickle
import zlib
from inspect import isclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import audiogen
from audiogen import episodes, errors
from audiogen.errors import AudiogenError, CrashError, FetchError, NotAnArticleError
from audiogen.model import Clip, Script, Source, Utterance
from audiogen.settings import Settings
from tests.cli.pages import LOGIN

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = [kind for kind in vars(errors).values() if isclass(kind) and issubclass(kind, AudiogenError)]
#: Types that only gather others; nothing is exactly of them.
ROOTS = {"AudiogenError", "NarrationError"}


def make(kind: type[AudiogenError]) -> AudiogenError:
    if issubclass(kind, NotAnArticleError):
        return kind(Path("page.html"), "listing", "40 links and no paragraph")
    return kind(Path("page.html"), "It could not be read. Save it again.")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_from_one_process_to_another(kind: type[AudiogenError]) -> None:
    error = make(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert copy.__dict__ == error.__dict__
    assert str(copy) == str(error)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_error_is_drawn_in_the_tree(kind: type[AudiogenError]) -> None:
    assert errors.__doc__
    assert kind.__name__ in errors.__doc__


def test_the_tree_is_drawn_as_it_is() -> None:
    """A kind stands one step further in than the kind it is a kind of."""
    assert errors.__doc__
    drawn = [
        line
        for line in errors.__doc__.splitlines()
        if ("Error" in line and "──" in line) or line.strip() == "AudiogenError"
    ]
    above: list[str] = []
    for line in drawn:
        name = next(word for word in line.replace("─", " ").split() if word.endswith("Error"))
        depth = (line.index(name) - 4) // 4
        above = [*above[:depth], name]
        bases = [base.__name__ for base in getattr(errors, name).__mro__ if issubclass(base, AudiogenError)]
        assert bases[::-1] == above


def test_a_page_that_is_no_article_tells_its_kind_and_the_way_round() -> None:
    error = make(NotAnArticleError)
    assert isinstance(error, NotAnArticleError)
    assert (error.kind, error.evidence) == ("listing", "40 links and no paragraph")
    assert "--force" in error.message


@pytest.mark.parametrize("final", [True, False])
def test_an_address_that_was_not_had_tells_whether_asking_again_is_of_use(final: bool) -> None:
    error = pickle.loads(pickle.dumps(FetchError("https://a.example", "It is gone.", final=final)))
    assert (error.subject, error.final) == ("https://a.example", final)
    assert FetchError("x", "It is gone.").final is False


def test_a_crash_keeps_its_trace() -> None:
    error = pickle.loads(pickle.dumps(CrashError("page.html", "A fault of ours.", "Traceback: line 3")))
    assert (error.message, error.trace) == ("A fault of ours.", "Traceback: line 3")
    assert CrashError("x", "y").trace == ""


def wrong_setting(folder: Path) -> object:
    return Settings().with_flags(audio__quality="best")


def wrong_lexicon(folder: Path) -> object:
    from audiogen.narration.lexicon import load_lexicon

    return load_lexicon(folder / "gone.toml")


def engine_without_its_library(folder: Path) -> object:
    from audiogen.engines import open_engine

    return open_engine("nobody")


def unknown_voice(folder: Path) -> object:
    from audiogen.engines.voices import find_voice

    return find_voice("englsh")


def language_nobody_speaks(folder: Path) -> object:
    from audiogen.engines.voices import find_voice

    return find_voice("", "tlh")


def catalogue_that_is_not_there(folder: Path) -> object:
    from audiogen.engines.installing import piper_catalogue

    return piper_catalogue("http://127.0.0.1:9")


def sentence_that_was_not_spoken(folder: Path) -> object:
    from audiogen.engines import open_engine
    from audiogen.model import Voice

    voice = Voice("broken", "command", options={"command": ("false", "{text}", "{sound_file}")})
    with open_engine("command") as engine:
        return engine.speak(Utterance("Nobody says this.", "Nobody says this."), voice)


def letters_without_sounds(folder: Path) -> object:
    from audiogen.engines import open_engine
    from audiogen.engines.voices import find_voice

    with open_engine("hibari") as engine:
        return engine.speak(Utterance("Київ", "Київ"), find_voice("hibari"))


def script_without_its_clips(folder: Path) -> object:
    from audiogen.assembler import assemble

    line = Utterance("Words.", "Words.")
    return assemble(Script((line, line)), [Clip(bytes(2000), 22_050)], folder / "a.mp3")


def library_that_is_a_file(folder: Path) -> object:
    from audiogen.episodes.library import Library

    (folder / "library").write_text("a file")
    with Library(folder / "library").stage() as stage:
        return stage


def address_that_is_no_web_page(folder: Path) -> object:
    from audiogen.sources.fetching import Fetcher

    fetcher = Fetcher(folder / "cache")
    return fetcher.fetch(Source("http://127.0.0.1:9/page.html", url="http://127.0.0.1:9/page.html"))


def server_at_a_place_that_is_taken(folder: Path) -> object:
    from audiogen.cli.serve import _listen

    return _listen("no.such.host.invalid", 0)


#: What raises each kind, in earnest: through the door that people use.
RAISED: dict[str, Callable[[Path], object]] = {
    "SettingsError": wrong_setting,
    "ReadError": lambda folder: audiogen.read(b"\x00PNG" + zlib.compress(bytes(range(256)))),
    "SourceNotFoundError": lambda folder: audiogen.read(folder / "gone.html"),
    "UnsupportedSourceError": lambda folder: audiogen.read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "EmptyArticleError": lambda folder: audiogen.read("<html><body></body></html>"),
    "NotAnArticleError": lambda folder: audiogen.clean(audiogen.read(LOGIN)),
    "LexiconError": wrong_lexicon,
    "EngineError": catalogue_that_is_not_there,
    "EngineMissingError": engine_without_its_library,
    "UnknownVoiceError": unknown_voice,
    "UnspokenLanguageError": language_nobody_speaks,
    "SpeechError": sentence_that_was_not_spoken,
    "UnsayableError": letters_without_sounds,
    "AssemblyError": script_without_its_clips,
    "LibraryError": library_that_is_a_file,
    "NoEpisodeError": lambda folder: episodes.remove(folder, "nobody"),
    "FetchError": address_that_is_no_web_page,
    "FeedError": server_at_a_place_that_is_taken,
}
#: Raised only where a process of a batch dies (batch/test_worker_pool.py) or is ended (batch/test_limits.py), a disk is
#: full (batch/test_scheduler.py), there is no recogniser (listening/test_library.py), a model is another version's
#: (cleaner/models/test_model.py), or somebody removed an episode (episodes/test_removing.py) or changed it meanwhile
#: (episodes/test_editing.py).
ELSEWHERE = {
    "CrashError", "EditConflictError", "LimitError", "ListeningError", "ModelError", "RemovedError", "UnwritableError",
}  # fmt: skip


@pytest.mark.parametrize("name", RAISED)
def test_an_error_has_its_subject_and_says_in_a_sentence_what_is_wrong(name: str, tmp_path: Path) -> None:
    kind: Any = getattr(errors, name)
    with pytest.raises(kind) as caught:
        RAISED[name](tmp_path)
    error = caught.value
    assert error.subject is not None
    assert error.message == str(error)
    assert "\n" not in error.message
    assert error.message.rstrip()[-1] in ".?"
    assert pickle.loads(pickle.dumps(error)).message == error.message


def test_every_kind_is_raised_by_something() -> None:
    assert set(RAISED) | ELSEWHERE | ROOTS == {kind.__name__ for kind in KINDS}


def test_the_root_is_the_package_s_own() -> None:
    assert audiogen.AudiogenError is AudiogenError
    assert all(issubclass(kind, AudiogenError) for kind in KINDS)


def test_the_clip_of_a_speech_error_is_found_by_its_former_name_too() -> None:
    assert errors.SpeechError("A line.", "It was cut short.", clip=b"").clip == b""
    with pytest.warns(DeprecationWarning, match="`heard` is called `clip` now"):
        error = errors.SpeechError("A line.", "It was cut short.", heard=b"")
    with pytest.warns(DeprecationWarning, match="`heard` is called `clip` now"):
        assert error.heard == b""
