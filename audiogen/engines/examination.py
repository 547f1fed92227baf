"""Examines what each engine needs: what is installed, what is missing, and the command that installs it.

It starts nothing and imports no heavy package: it finds packages, counts files and searches programs in the path.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from audiogen.engines import ENGINES, GROUP, folders
from audiogen.errors import EngineError
from audiogen.installation import install_command, repair_command

if TYPE_CHECKING:
    from audiogen.model import Voice


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of one requirement of an engine."""

    #: Name of the engine.
    engine: str
    #: Whether this requirement is met.
    ready: bool
    #: What is installed or missing.
    detail: str
    #: The command that installs what is missing; empty if nothing is.
    remedy: str = ""


#: The package that each engine needs: its import name, its name in the package index, and the extra that installs it;
#: engines of the default installation have no extra.
PACKAGES = {
    "pyttsx3": ("pyttsx3", "pyttsx3", ""),
    "hibari": ("hibari", "hibari-tts", ""),
    "piper": ("piper", "piper-tts", "piper"),
    "kokoro": ("kokoro_onnx", "kokoro-onnx", "kokoro"),
    "http": ("httpx", "httpx", ""),
}
#: Engines that may be installed but unable to speak, so that they are tried.
_TRIED = ("hibari",)
#: Programs with a card in the package, each with the name of its Debian package.
PROGRAMS = {
    "espeak-ng": "espeak-ng",
    "flite": "flite",
    "RHVoice-test": "rhvoice",
    "pico2wave": "libttspico-utils",
    "say": "",
}
#: Engines that are part of an operating system, by `sys.platform`.
NATIVE = {"sapi5": ("win32", "Windows"), "nsss": ("darwin", "macOS")}


#: Further packages that engines need, by import name, and the versions that work: the first, and the first that does
#: not.
VERSIONS = {
    "hibari": (("hibari", "hibari-tts", (0, 2), (0, 3)), ("onnxruntime", "onnxruntime", (1, 16), (2,))),
}


def examine() -> tuple[Finding, ...]:
    """Return the findings for all engines."""
    findings = [
        *(_package(engine) for engine in PACKAGES),
        _espeak(),
        *_hibari(),
        *_models(),
        *_programs(),
        *_native(),
        *_foreign(),
    ]
    order = [*ENGINES]
    return tuple(sorted(findings, key=lambda found: order.index(found.engine) if found.engine in order else len(order)))


def is_ready(engine: str) -> bool:
    """Return whether an engine can be opened on this machine, by the packages and the system that it needs."""
    if engine in PACKAGES:
        return find_spec(PACKAGES[engine][0]) is not None
    return engine not in NATIVE or sys.platform == NATIVE[engine][0]


def look_at(voice: Voice) -> Finding:
    """Return whether a card's voice can speak here, and if not, the remedy."""
    engine = voice.engine
    if not is_ready(engine):
        system = NATIVE[engine][1] if engine in NATIVE else ""
        detail = f"needs {system}" if system else f"needs the package {PACKAGES[engine][1]}"
        return Finding(engine, False, detail, remedy_for(engine))
    if engine == "hibari":
        return _look_at_hibari(voice)
    if engine == "piper" and not voice.id.endswith(".onnx"):
        there = (folders.models() / "piper" / f"{voice.id}.onnx").is_file()
        return Finding(engine, there, "" if there else "needs its model", "" if there else _fetch(voice))
    if engine == "kokoro" and "model" not in voice.options:
        there = any((folders.models() / "kokoro").glob("*.onnx"))
        return Finding(engine, there, "" if there else "needs its model", "" if there else _fetch(voice))
    if engine == "command":
        return _look_at_program(voice)
    return Finding(engine, True, "")


def _fetch(voice: Voice) -> str:
    """Return the command that downloads a voice."""
    return f"audiogen voices install {voice.engine}:{voice.id}"


def _look_at_hibari(voice: Voice) -> Finding:
    """Check its packages and their versions, and the size of the voice's model."""
    from audiogen.engines.hibari import BUNDLED, model_of

    if fault := _wrong_version("hibari"):
        return fault
    path, size = model_of(voice)
    if path.is_file() and size in (0, path.stat().st_size):
        return Finding("hibari", True, "")
    if path.is_file():
        detail = f"its model {path} is damaged"
    else:
        detail = f"there is no model at {path}" if "model" in voice.options else "needs its model"
    bundled = voice.id == BUNDLED or "model" in voice.options
    return Finding("hibari", False, detail, repair_command("hibari-tts") if bundled else _fetch(voice))


def _wrong_version(engine: str) -> Finding | None:
    """Return which of an engine's packages is missing, or has a version that does not work."""
    for module, package, least, beyond in VERSIONS.get(engine, ()):
        if find_spec(module) is None:
            return Finding(engine, False, f"needs the package {package}", install_command(package))
        try:
            found = version(package)
        except PackageNotFoundError:
            continue
        numbers = tuple(int(part) for part in found.split(".")[:3] if part.isdigit())
        if not least <= numbers < beyond:
            wanted = f"{package}>={'.'.join(map(str, least))},<{'.'.join(map(str, beyond))}"
            age = "old" if numbers < least else "new"
            return Finding(engine, False, f"{package} {found} is too {age}", install_command(wanted))
    return None


def _look_at_program(voice: Voice) -> Finding:
    """Return whether the program of a voice of the engine `command` is installed."""
    command = voice.options.get("command")
    program = command[0] if isinstance(command, tuple) and command else ""
    if program and shutil.which(program):
        return Finding("command", True, "")
    package = PROGRAMS.get(program, "")
    return Finding("command", False, f"needs the program {program}", f"apt install {package}" if package else "")


def remedy_for(engine: str) -> str:
    """Return the command that installs an engine; empty if there is none."""
    if engine not in PACKAGES:
        return ""
    _, package, extra = PACKAGES[engine]
    return install_command(extra=extra) if extra else install_command(package)


def _package(engine: str) -> Finding:
    """Return whether the package of an engine is installed."""
    module, package, _ = PACKAGES[engine]
    if find_spec(module) is None:
        return Finding(engine, False, f"{package} is not installed", remedy_for(engine))
    try:
        return Finding(engine, True, f"{package} {version(package)}")
    except PackageNotFoundError:
        return Finding(engine, True, package)


def _hibari() -> list[Finding]:
    """Return whether the default voice can speak: check packages and versions, and load its model."""
    from audiogen.engines.hibari import BUNDLED
    from audiogen.model import Voice

    if not is_ready("hibari"):
        return []
    voice = Voice("hibari", "hibari", BUNDLED)
    found = look_at(voice)
    if found.ready and (trouble := trouble_of(voice)):
        found = Finding("hibari", False, trouble, repair_command("hibari-tts", "onnxruntime"))
    return [found if not found.ready else Finding("hibari", True, f"the voice {BUNDLED}, default for English")]


def _espeak() -> Finding:
    """Return whether eSpeak NG is installed, and where."""
    from audiogen.engines.espeak_library import espeak_of_wheel

    library, _ = espeak_of_wheel()
    if library:
        return Finding("pyttsx3", True, f"eSpeak NG of espeakng-loader {version('espeakng-loader')}")
    if shutil.which("espeak-ng"):
        return Finding("pyttsx3", True, "eSpeak NG of the system")
    return Finding("pyttsx3", False, "no eSpeak NG", install_command("espeakng-loader"))


def _models() -> list[Finding]:
    """Return the number of installed models of each neural engine; engines that are not installed are omitted."""
    findings = []
    for engine, suffix, example in (
        ("piper", ".onnx", "audiogen voices install piper:en_US-ljspeech-high"),
        ("kokoro", ".onnx", "audiogen voices install kokoro"),
    ):
        if not is_ready(engine):
            continue
        count = len(list((folders.models() / engine).glob(f"*{suffix}")))
        there = f"{count} model{'' if count == 1 else 's'} in {folders.models() / engine}"
        findings.append(Finding(engine, count > 0, there, "" if count else example))
    return findings


def _programs() -> list[Finding]:
    """Return which of the programs with a card in the package are installed."""
    return [
        Finding("command", True, f"{program} at {path}")
        if (path := shutil.which(program))
        else Finding("command", False, f"{program} is not installed", f"apt install {package}" if package else "")
        for program, package in PROGRAMS.items()
        if program != "say" or sys.platform == "darwin"
    ]


def _native() -> list[Finding]:
    """Return the engines that are part of this operating system."""
    return [
        Finding(engine, True, f"the voices of {system}")
        for engine, (platform, system) in NATIVE.items()
        if sys.platform == platform
    ]


def _foreign() -> list[Finding]:
    """Return the engines of other packages."""
    return [
        Finding(point.name, True, f"of the package {point.dist.name if point.dist else point.value}")
        for point in entry_points(group=GROUP)
    ]


def trouble_of(voice: Voice) -> str:
    """Return why the voice cannot speak here, and what to do; "" if it can."""
    found = look_at(voice)
    if not found.ready:
        return f"{found.detail}: {found.remedy}" if found.remedy else found.detail
    return _tried(voice.engine, voice.id) if voice.engine in _TRIED and not voice.options else ""


@cache
def _tried(engine: str, voice: str) -> str:
    """Load an engine's packages, and check the voice's model; return what is wrong. The result is cached."""
    from audiogen.engines.hibari import check

    try:
        check(voice)
    except EngineError as error:
        return error.message
    return ""
