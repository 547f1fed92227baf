"""How this installation of audiogen was installed, and with it the command that installs what is missing.

The import package and the command are named `audiogen`; the distribution is not, because that name belongs to another
project in the package index. Whatever tells a person to install something asks `install_command` for the words.

What tells the ways of installing apart: `direct_url.json` in the distribution's metadata (PEP 610), and the file that
pipx and uv leave in the environment they make for a tool.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.request import url2pathname

from audiogen.untrusted import split_address

#: Our name in the package index.
DISTRIBUTION = "audiogen-articles"
#: The name that the distribution had up to its first rename, and that belongs to another project in the index.
FORMER = "audiogen"
#: The entry points, now and before, by which our distribution is told from the other project's.
_COMMANDS = ("audiogen.__main__:main", "audiogen.cli:main")

Way = Literal["pip", "uv", "pipx", "uv tool"]


@dataclass(frozen=True, slots=True)
class Installation:
    """The installation of audiogen that is running."""

    #: Which program adds packages to its environment.
    way: Way
    #: The folder of the environment, `sys.prefix`.
    prefix: Path
    #: The checkout it runs from; None if it was copied into the environment.
    checkout: Path | None = None
    #: What it was installed from, as an installer takes it: a folder, a file, an address; else its name and version.
    origin: str = DISTRIBUTION
    #: What its extras consist of: requirements by the extra's name.
    extras: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def requirements(self, extra: str) -> tuple[str, ...]:
        """Return the packages of an extra; nothing for one that this installation does not have."""
        return dict(self.extras).get(extra, ())


def install_command(*packages: str, extra: str = "") -> str:
    """Return the command that installs *packages*, or an extra of audiogen, in the environment we run in.

    An extra is spelled out as the packages it consists of: that needs no index that has us, and cannot replace this
    installation with another. In a checkout the extra is named, since its `pyproject.toml` may be newer than what is
    installed.
    """
    return command_for(find_installation(), *packages, extra=extra)


def command_for(installed: Installation, *packages: str, extra: str = "") -> str:
    """Return the command that adds packages, or those of an extra, to the environment of an installation."""
    if extra and installed.checkout is not None and installed.way in ("pip", "uv"):
        return _spell([*_installer(installed), "-e", f"{installed.checkout}[{extra}]"])
    wanted = [*packages, *(installed.requirements(extra) if extra else ())]
    return _spell(_uv_tool(installed, wanted) if installed.way == "uv tool" else [*_installer(installed), *wanted])


def reinstall_command(installed: Installation) -> str:
    """Return the command that puts an installation's own files in place again."""
    if installed.way == "pipx":
        return _spell(["pipx", "reinstall", installed.prefix.name])
    if installed.way == "uv tool":
        return _spell(["uv", "tool", "upgrade", "--reinstall", installed.prefix.name])
    origin = (
        ["-e", str(installed.checkout)] if installed.checkout else ["--force-reinstall", "--no-deps", installed.origin]
    )
    return _spell([*_installer(installed), *origin])


def repair_command(*packages: str) -> str:
    """Return the command that puts the files of packages in place again, in the environment we run in."""
    installed = find_installation()
    if installed.way in ("pipx", "uv tool"):
        return reinstall_command(installed)
    return _spell([*_installer(installed), "--force-reinstall", *packages])


def remove_command(installed: Installation, package: str) -> str:
    """Return the command that takes a package out of the environment of an installation."""
    if installed.way == "pipx":
        return _spell(["pipx", "runpip", installed.prefix.name, "uninstall", "-y", package])
    if installed.way == "pip":
        return _spell([*_pip(), "uninstall", "-y", package])
    return _spell(["uv", "pip", "uninstall", "--python", sys.executable, package])


def find_installation() -> Installation:
    """Find out how the installation that is running was installed."""
    prefix = Path(sys.prefix)
    found = _ours()
    checkout = _checkout(found)
    return Installation(
        _way(prefix),
        prefix,
        checkout,
        _origin(found),
        _extras(found.requires or ()) if found else (),
    )


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A distribution of the former name that is installed beside this installation."""

    version: str
    #: Whether it is an earlier one of ours, rather than the other project's.
    ours: bool


def former_neighbours() -> tuple[Neighbour, ...]:
    """Find distributions named `audiogen` in this environment; they share a folder of modules with ours."""
    return tuple(Neighbour(found.version, _is_ours(found)) for found in distributions(name=FORMER))


def _is_ours(found: Distribution) -> bool:
    return any(point.value in _COMMANDS for point in found.entry_points if point.group == "console_scripts")


def _ours() -> Distribution | None:
    """Find the distribution that the running modules are of; None if they were started without being installed."""
    for found in distributions(name=DISTRIBUTION):
        root = _editable_root(found) or Path(str(found.locate_file("")))
        if _same(root / "audiogen", Path(__file__).parent):
            return found
    return None


def _way(prefix: Path) -> Way:
    if (prefix / "uv-receipt.toml").is_file():
        return "uv tool"
    if (prefix / "pipx_metadata.json").is_file():
        return "pipx"
    return "pip" if find_spec("pip") is not None or not shutil.which("uv") else "uv"


def _checkout(found: Distribution | None) -> Path | None:
    """Return the folder that an editable installation, or one that was never installed, runs from."""
    if found is not None:
        return _editable_root(found)
    root = Path(__file__).parent.parent
    return root if (root / "pyproject.toml").is_file() else None


def _direct_url(found: Distribution) -> dict[str, Any]:
    try:
        facts = json.loads(found.read_text("direct_url.json") or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _editable_root(found: Distribution) -> Path | None:
    facts = _direct_url(found)
    editable = isinstance(facts.get("dir_info"), dict) and facts["dir_info"].get("editable")
    return _path_of(str(facts.get("url", ""))) if editable else None


def _origin(found: Distribution | None) -> str:
    """Return what pip has to install again: the package at its version, or where it was installed from."""
    if found is None:
        return DISTRIBUTION
    facts = _direct_url(found)
    url = str(facts.get("url", ""))
    path = _path_of(url)
    if path is not None and path.exists():
        return str(path)
    if isinstance(facts.get("vcs_info"), dict):
        return f"{facts['vcs_info'].get('vcs', 'git')}+{url}"
    return url if url and path is None else f"{DISTRIBUTION}=={found.version}"


def _path_of(url: str) -> Path | None:
    parts = split_address(url)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _extras(requires: list[str] | tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Group requirements by the extra that asks for them, without their other conditions.

    >>> _extras(["click>=8", "s3fs>=2024.12; extra == 's3'", "k<1; (python_version < '3.14') and extra == 'k'"])
    (('s3', ('s3fs>=2024.12',)), ('k', ('k<1',)))
    """
    by_extra: dict[str, list[str]] = {}
    for line in requires:
        requirement, _, marker = line.partition(";")
        _, found, extra = marker.replace('"', "'").partition("extra == '")
        if found:
            by_extra.setdefault(extra.partition("'")[0], []).append(requirement.strip())
    return tuple((extra, tuple(packages)) for extra, packages in by_extra.items())


def _installer(installed: Installation) -> list[str]:
    if installed.way == "pipx":
        return ["pipx", "inject", installed.prefix.name]
    return [*_pip(), "install"] if installed.way == "pip" else ["uv", "pip", "install", "--python", sys.executable]


def _pip() -> list[str]:
    """Return `pip` where that is the one of this environment, else the long way round."""
    near = shutil.which("pip")
    if near and _same(Path(near).parent, Path(sys.executable).parent):
        return ["pip"]
    return [sys.executable, "-m", "pip"]


def _uv_tool(installed: Installation, wanted: list[str]) -> list[str]:
    """Return the command that installs the uv tool again with more packages; others are lost at its next upgrade."""
    main, others = _receipt(installed)
    extra = [word for package in [*others, *wanted] for word in ("--with", package)]
    return ["uv", "tool", "install", *extra, *main]


def _receipt(installed: Installation) -> tuple[list[str], list[str]]:
    """Read what a tool's environment was made of: the tool itself, and what was asked for with it."""
    try:
        receipt = tomllib.loads((installed.prefix / "uv-receipt.toml").read_text(encoding="utf-8"))
        asked: list[dict[str, Any]] = receipt["tool"]["requirements"]
    except (OSError, ValueError, KeyError, TypeError):
        return [installed.origin], []
    main: list[str] = []
    others = []
    for requirement in asked:
        if requirement.get("name") == DISTRIBUTION:
            main = ["--editable"] * ("editable" in requirement) + [_asked_of_uv(requirement)]
            main += ["--python", str(receipt["tool"]["python"])] if "python" in receipt["tool"] else []
        else:
            others.append(_asked_of_uv(requirement))
    return main or [installed.origin], others


def _asked_of_uv(requirement: dict[str, Any]) -> str:
    """Return a requirement of a receipt as the command line takes it.

    >>> _asked_of_uv({"name": "piper-tts", "specifier": ">=1.8,<2"}), _asked_of_uv({"name": "x", "path": "/w/x.whl"})
    ('piper-tts>=1.8,<2', '/w/x.whl')
    """
    extras = f"[{','.join(requirement['extras'])}]" if requirement.get("extras") else ""
    for key in ("path", "directory", "editable"):
        if key in requirement:
            return f"{requirement[key]}{extras}"
    for key, scheme in (("git", "git+"), ("url", "")):
        if key in requirement:
            return f"{requirement['name']}{extras} @ {scheme}{requirement[key]}"
    return f"{requirement['name']}{extras}{requirement.get('specifier', '')}"


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False


def _spell(words: list[str]) -> str:
    """Write a command as a shell of this system takes it."""
    if sys.platform == "win32":
        return " ".join(f'"{word}"' if set(word) & set(' <>=&|^"') else word for word in words)
    return shlex.join(words)
