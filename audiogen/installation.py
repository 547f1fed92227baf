"""Finds out how audiogen was installed, and with it the commands that install what is missing.

The import package and the command are named `audiogen`. The distribution has another name, because that one belongs to
another project in the package index. All messages on what to install get the command from `install_command`.

The ways of installation are distinguished by `direct_url.json` in the distribution's metadata (PEP 610), and by the
files that pipx and uv write to the environment of a tool.
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

#: The distribution's name in the package index.
DISTRIBUTION = "audiogen-articles"
#: The distribution's name before its first rename, which belongs to another project in the index.
FORMER_NAME = "audiogen"
#: The entry points, current and former, by which the distribution differs from the other project's.
_COMMANDS = ("audiogen.__main__:main", "audiogen.cli:main")

Way = Literal["pip", "uv", "pipx", "uv tool"]


@dataclass(frozen=True, slots=True)
class Installation:
    """The running installation of audiogen."""

    #: The program that adds packages to its environment.
    way: Way
    #: The folder of the environment, `sys.prefix`.
    prefix: Path
    #: The checkout it runs from; None if it was copied into the environment.
    checkout: Path | None = None
    #: Its source, as an argument for an installer: a folder, a file, an address; else its name and version.
    origin: str = DISTRIBUTION
    #: The requirements of its extras, by name.
    extras: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def requirements(self, extra: str) -> tuple[str, ...]:
        """Return the packages of an extra; () for one that this installation does not have."""
        return dict(self.extras).get(extra, ())


def install_command(*packages: str, extra: str = "") -> str:
    """Return the command that installs *packages*, or an extra of audiogen, in the running environment.

    An extra is replaced by its packages: this needs no index that has audiogen, and cannot replace the installation
    with another. In a checkout the extra is named, since its `pyproject.toml` may be newer than the installed metadata.
    """
    return command_for(find_installation(), *packages, extra=extra)


def command_for(installed: Installation, *packages: str, extra: str = "") -> str:
    """Return the command that adds packages, or those of an extra, to the environment of an installation."""
    if extra and installed.checkout is not None and installed.way in ("pip", "uv"):
        return _format_command([*_installer(installed), "-e", f"{installed.checkout}[{extra}]"])
    wanted = [*packages, *(installed.requirements(extra) if extra else ())]
    return _format_command(
        _uv_tool(installed, wanted) if installed.way == "uv tool" else [*_installer(installed), *wanted]
    )


def reinstall_command(installed: Installation) -> str:
    """Return the command that installs an installation's own files again."""
    if installed.way == "pipx":
        return _format_command(["pipx", "reinstall", installed.prefix.name])
    if installed.way == "uv tool":
        return _format_command(["uv", "tool", "upgrade", "--reinstall", installed.prefix.name])
    origin = (
        ["-e", str(installed.checkout)] if installed.checkout else ["--force-reinstall", "--no-deps", installed.origin]
    )
    return _format_command([*_installer(installed), *origin])


def repair_command(*packages: str) -> str:
    """Return the command that installs the files of *packages* again, in the running environment."""
    installed = find_installation()
    if installed.way in ("pipx", "uv tool"):
        return reinstall_command(installed)
    return _format_command([*_installer(installed), "--force-reinstall", *packages])


def remove_command(installed: Installation, package: str) -> str:
    """Return the command that removes a package from the environment of an installation."""
    if installed.way == "pipx":
        return _format_command(["pipx", "runpip", installed.prefix.name, "uninstall", "-y", package])
    if installed.way == "pip":
        return _format_command([*_pip(), "uninstall", "-y", package])
    return _format_command(["uv", "pip", "uninstall", "--python", sys.executable, package])


def find_installation() -> Installation:
    """Return the running installation."""
    prefix = Path(sys.prefix)
    found = _find_distribution()
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
    """A distribution of the former name that is installed in the same environment."""

    version: str
    #: Whether it is an earlier version of audiogen, not the other project's.
    ours: bool


def former_neighbours() -> tuple[Neighbour, ...]:
    """Return the distributions named `audiogen` in this environment, with modules in the same folder as this one's."""
    return tuple(Neighbour(found.version, _is_ours(found)) for found in distributions(name=FORMER_NAME))


def _is_ours(found: Distribution) -> bool:
    """Return whether a distribution is a version of audiogen, by its entry points."""
    return any(point.value in _COMMANDS for point in found.entry_points if point.group == "console_scripts")


def _find_distribution() -> Distribution | None:
    """Return the distribution of the running modules; None if they are not installed."""
    for found in distributions(name=DISTRIBUTION):
        root = _editable_root(found) or Path(str(found.locate_file("")))
        if _same(root / "audiogen", Path(__file__).parent):
            return found
    return None


def _way(prefix: Path) -> Way:
    """Return the program that manages the environment in *prefix*."""
    if (prefix / "uv-receipt.toml").is_file():
        return "uv tool"
    if (prefix / "pipx_metadata.json").is_file():
        return "pipx"
    return "pip" if find_spec("pip") is not None or not shutil.which("uv") else "uv"


def _checkout(found: Distribution | None) -> Path | None:
    """Return the folder of the sources, for an editable installation or modules that are not installed; else None."""
    if found is not None:
        return _editable_root(found)
    root = Path(__file__).parent.parent
    return root if (root / "pyproject.toml").is_file() else None


def _direct_url(found: Distribution) -> dict[str, Any]:
    """Return the content of a distribution's `direct_url.json`; {} if it is missing or invalid."""
    try:
        facts = json.loads(found.read_text("direct_url.json") or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _editable_root(found: Distribution) -> Path | None:
    """Return the folder of the sources of an editable installation; None for others."""
    facts = _direct_url(found)
    editable = isinstance(facts.get("dir_info"), dict) and facts["dir_info"].get("editable")
    return _path_of(str(facts.get("url", ""))) if editable else None


def _origin(found: Distribution | None) -> str:
    """Return the argument with which pip installs the distribution again: its source, or its name and version."""
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
    """Return the path in a `file:` address; None for other addresses."""
    parts = split_address(url)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _extras(requires: list[str] | tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return requirements grouped by their extra, without their other conditions.

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
    """Return the command that adds packages to an installation's environment, without the packages."""
    if installed.way == "pipx":
        return ["pipx", "inject", installed.prefix.name]
    return [*_pip(), "install"] if installed.way == "pip" else ["uv", "pip", "install", "--python", sys.executable]


def _pip() -> list[str]:
    """Return the command of this environment's pip: `pip` if that is the one on the path, else `python -m pip`."""
    near = shutil.which("pip")
    if near and _same(Path(near).parent, Path(sys.executable).parent):
        return ["pip"]
    return [sys.executable, "-m", "pip"]


def _uv_tool(installed: Installation, wanted: list[str]) -> list[str]:
    """Return the command that installs the uv tool again with more packages; others would be lost at an upgrade."""
    main, others = _receipt(installed)
    extra = [word for package in [*others, *wanted] for word in ("--with", package)]
    return ["uv", "tool", "install", *extra, *main]


def _receipt(installed: Installation) -> tuple[list[str], list[str]]:
    """Return the requirements in the receipt of a uv tool: the tool itself, and the others."""
    try:
        receipt = tomllib.loads((installed.prefix / "uv-receipt.toml").read_text(encoding="utf-8"))
        asked: list[dict[str, Any]] = receipt["tool"]["requirements"]
    except (OSError, ValueError, KeyError, TypeError):
        return [installed.origin], []
    main: list[str] = []
    others = []
    for requirement in asked:
        if requirement.get("name") == DISTRIBUTION:
            main = ["--editable"] * ("editable" in requirement) + [_uv_argument(requirement)]
            main += ["--python", str(receipt["tool"]["python"])] if "python" in receipt["tool"] else []
        else:
            others.append(_uv_argument(requirement))
    return main or [installed.origin], others


def _uv_argument(requirement: dict[str, Any]) -> str:
    """Return a requirement of a receipt as an argument of uv.

    >>> _uv_argument({"name": "piper-tts", "specifier": ">=1.8,<2"}), _uv_argument({"name": "x", "path": "/w/x.whl"})
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
    """Return whether two paths are the same after links are resolved."""
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False


def _format_command(words: list[str]) -> str:
    """Return a command as text for a shell of this system."""
    if sys.platform == "win32":
        return " ".join(f'"{word}"' if set(word) & set(' <>=&|^"') else word for word in words)
    return shlex.join(words)
