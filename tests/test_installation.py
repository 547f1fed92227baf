"""How audiogen was installed, and the command that adds to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import audiogen
from audiogen import installation
from audiogen.installation import (
    Installation,
    Neighbour,
    command_for,
    find_installation,
    former_neighbours,
    install_command,
    reinstall_command,
    remove_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Site = Callable[..., Path]

PROJECT = Path(__file__).parent.parent
S3 = (("s3", ("fsspec>=2024.12", "s3fs>=2024.12")),)
METADATA = (
    "Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nRequires-Dist: click>=8\n"
    "Provides-Extra: s3\nRequires-Dist: fsspec>=2024.12; extra == 's3'\nRequires-Dist: s3fs>=2024.12; extra == 's3'\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A folder of installed packages, the only one: metadata as installers write it, our modules by a link."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / "audiogen").symlink_to(Path(audiogen.__file__).parent, target_is_directory=True)
    monkeypatch.setattr(sys, "path", [str(folder)])
    monkeypatch.setattr(sys, "prefix", str(tmp_path))

    def put(name: str = "audiogen-articles", version: str = "0.1.0", url: object = None, script: str = "") -> Path:
        info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(METADATA.format(name=name, version=version), encoding="utf-8")
        if url is not None:
            (info / "direct_url.json").write_text(json.dumps(url), encoding="utf-8")
        if script:
            (info / "entry_points.txt").write_text(f"[console_scripts]\naudiogen = {script}\n", encoding="utf-8")
        return folder

    return put


@pytest.fixture(autouse=True)
def pip_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is active: its own pip is the one that is found."""
    monkeypatch.setattr(installation, "_pip", lambda: ["pip"])


@pytest.mark.parametrize(
    ("installed", "command"),
    [
        (Installation("pip", Path("/e"), extras=S3), "pip install 'fsspec>=2024.12' 's3fs>=2024.12'"),
        (Installation("pip", Path("/e"), Path("/my code"), extras=S3), "pip install -e '/my code[s3]'"),
        (
            Installation("pipx", Path("/p/venvs/articles"), extras=S3),
            "pipx inject articles 'fsspec>=2024.12' 's3fs>=2024.12'",
        ),
        (
            Installation("uv", Path("/e"), extras=S3),
            f"uv pip install --python {sys.executable} 'fsspec>=2024.12' 's3fs>=2024.12'",
        ),
        (
            Installation("uv tool", Path("/e"), origin="/w/x.whl", extras=S3),
            "uv tool install --with 'fsspec>=2024.12' --with 's3fs>=2024.12' /w/x.whl",
        ),
    ],
    ids=["pip", "checkout", "pipx", "uv", "uv tool"],
)
@pytest.mark.skipif(os.name == "nt", reason="the quotes are those of a POSIX shell")
def test_the_command_is_the_one_of_the_installer(installed: Installation, command: str) -> None:
    assert command_for(installed, extra="s3") == command


def test_a_foreign_package_is_named_as_it_is() -> None:
    assert (
        command_for(Installation("pip", Path("/e")), "pyttsx3", "espeakng-loader")
        == "pip install pyttsx3 espeakng-loader"
    )
    checkout = Installation("pip", Path("/e"), Path("/code"))
    assert command_for(checkout, "pyttsx3") == "pip install pyttsx3"


@pytest.mark.parametrize(
    ("receipt", "command"),
    [
        (
            '[tool]\nrequirements = [{ name = "audiogen-articles", directory = "/code" }, '
            '{ name = "piper-tts", specifier = ">=1.8,<2" }]\n',
            "uv tool install --with 'piper-tts>=1.8,<2' --with fsspec /code",
        ),
        (
            '[tool]\nrequirements = [{ name = "audiogen-articles", editable = "/code" }]\npython = "3.12"\n',
            "uv tool install --with fsspec --editable /code --python 3.12",
        ),
        (
            '[tool]\nrequirements = [{ name = "audiogen-articles", extras = ["s3"], git = "https://x.example/a" }]\n',
            "uv tool install --with fsspec 'audiogen-articles[s3] @ git+https://x.example/a'",
        ),
        (
            '[tool]\nrequirements = [{ name = "audiogen-articles", specifier = ">=0.1" }]\n',
            "uv tool install --with fsspec 'audiogen-articles>=0.1'",
        ),
        ("not a receipt", "uv tool install --with fsspec audiogen-articles"),
        ("", "uv tool install --with fsspec audiogen-articles"),
    ],
    ids=["folder and more", "editable and a Python of its own", "git", "index", "broken", "empty"],
)
@pytest.mark.skipif(os.name == "nt", reason="the quotes are those of a POSIX shell")
def test_uv_is_asked_for_the_tool_as_it_was_and_more(tmp_path: Path, receipt: str, command: str) -> None:
    (tmp_path / "uv-receipt.toml").write_text(receipt, encoding="utf-8")
    assert command_for(Installation("uv tool", tmp_path), "fsspec") == command


@pytest.mark.parametrize(
    ("url", "checkout", "origin"),
    [
        (None, None, "audiogen-articles==0.1.0"),
        ({"url": PROJECT.as_uri(), "dir_info": {"editable": True}}, PROJECT, str(PROJECT)),
        ({"url": PROJECT.as_uri(), "dir_info": {}}, None, str(PROJECT)),
        ({"url": "file:///gone/x.whl", "archive_info": {}}, None, "audiogen-articles==0.1.0"),
        ({"url": "https://x.example/x.whl", "archive_info": {}}, None, "https://x.example/x.whl"),
        ({"url": "https://x.example/a", "vcs_info": {"vcs": "git"}}, None, "git+https://x.example/a"),
        ([], None, "audiogen-articles==0.1.0"),
    ],
    ids=["index", "editable", "folder", "file that is gone", "address", "git", "no facts"],
)
def test_where_a_copy_comes_from_is_read(site: Site, url: object, checkout: Path | None, origin: str) -> None:
    site(url=url)
    installed = find_installation()
    assert (installed.checkout, installed.origin) == (checkout, origin)
    assert installed.requirements("s3") == S3[0][1]
    assert installed.requirements("none") == ()


@pytest.mark.parametrize(
    ("mark", "way"), [("uv-receipt.toml", "uv tool"), ("pipx_metadata.json", "pipx")], ids=["uv tool", "pipx"]
)
def test_the_environment_of_a_tool_is_known_by_the_file_in_it(site: Site, tmp_path: Path, mark: str, way: str) -> None:
    site()
    assert find_installation().way not in ("uv tool", "pipx")
    (tmp_path / mark).touch()
    assert find_installation().way == way


def test_modules_that_were_never_installed_are_a_checkout(site: Site) -> None:
    site("other-package")
    assert find_installation().checkout == PROJECT


def test_metadata_of_another_copy_is_not_believed(site: Site, tmp_path: Path) -> None:
    """An installed audiogen, and this one started from its sources: the command must serve the one that asks."""
    folder = site()
    (folder / "audiogen").unlink()
    (folder / "audiogen").mkdir()
    assert find_installation().checkout == PROJECT


def test_the_former_distribution_and_the_strangers_are_told_apart(site: Site) -> None:
    site(script="audiogen.__main__:main")
    assert former_neighbours() == ()
    site("audiogen", "0.1.0", script="audiogen.cli:main")
    assert former_neighbours() == (Neighbour("0.1.0", ours=True),)
    site("audiogen", "0.2.0", script="audiogen.sampler:main")
    assert set(former_neighbours()) == {Neighbour("0.1.0", ours=True), Neighbour("0.2.0", ours=False)}


@pytest.mark.parametrize(
    ("installed", "remove", "reinstall"),
    [
        (
            Installation("pip", Path("/e"), origin="/w/x.whl"),
            "pip uninstall -y audiogen",
            "pip install --force-reinstall --no-deps /w/x.whl",
        ),
        (Installation("pip", Path("/e"), Path("/code")), "pip uninstall -y audiogen", "pip install -e /code"),
        (
            Installation("pipx", Path("/p/audiogen-articles")),
            "pipx runpip audiogen-articles uninstall -y audiogen",
            "pipx reinstall audiogen-articles",
        ),
        (
            Installation("uv tool", Path("/t/audiogen-articles")),
            f"uv pip uninstall --python {sys.executable} audiogen",
            "uv tool upgrade --reinstall audiogen-articles",
        ),
    ],
    ids=["pip", "checkout", "pipx", "uv tool"],
)
def test_mixed_files_are_put_right_by_two_commands(installed: Installation, remove: str, reinstall: str) -> None:
    """The one removes files that both have, so that ours are put in place again by the other."""
    assert remove_command(installed, "audiogen") == remove
    assert reinstall_command(installed) == reinstall


def test_a_command_of_windows_is_quoted_for_its_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert installation._format_command(["pip", "install", "s3fs>=1", "plain"]) == 'pip install "s3fs>=1" plain'


def test_pip_is_called_so_that_it_is_the_one_of_this_environment() -> None:
    """Without an active environment `pip` may be another's, or nobody's."""
    code = "from audiogen.installation import install_command; print(install_command('x'))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PATH": "/nowhere"}
    )
    assert done.stdout.strip() == f"{sys.executable} -m pip install x"
    assert find_spec("pip") is None or install_command("x").startswith("pip")


#: What asks an index for the other project of that name.
WRONG = re.compile(r"install[^\w\n]+audiogen\b|audiogen\[")


#: Folders of an unpacked sdist that are made when its tests run.
MADE = {".venv", "__pycache__", ".hypothesis", ".pytest_cache"}


def project_texts() -> list[Path]:
    """Every file of the project that says something to a person, to pip or to CI; git tells which in a checkout."""
    if (PROJECT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout.decode()
        paths = [PROJECT / name for name in listed.split("\0") if name]
    else:
        paths = [path for path in PROJECT.rglob("*") if not MADE & set(path.relative_to(PROJECT).parts)]
    kinds = {".py", ".md", ".toml", ".html", ".jinja", ".js", ".txt", ""}
    return [path for path in paths if path.suffix in kinds and path.is_file() and path != Path(__file__)]


def test_nothing_asks_an_index_for_the_strangers_project() -> None:
    paths = project_texts()
    # An sdist has no `.ci`.
    ci = {PROJECT / ".ci" / "run"} if (PROJECT / ".git").exists() else set()
    assert {PROJECT / "README.md", PROJECT / "Makefile"} | ci <= set(paths)
    found = [
        f"{path.relative_to(PROJECT)}: {match.group()}"
        for path in paths
        for match in WRONG.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("pip install audiogen", True),
        ("pip install 'audiogen[piper]'", True),
        ("install `audiogen`", True),
        ("pip install '.[piper]'", False),
        ("`audiogen voices install lessac`", False),
    ],
)
def test_what_is_looked_for_is_found(text: str, wrong: bool) -> None:
    assert bool(WRONG.search(text)) is wrong
