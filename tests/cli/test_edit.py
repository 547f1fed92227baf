"""`audiogen edit`: in an editor, by options, and from a file."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import produce
from tests.cli.pages import SENTENCES, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings
    from tests.cli.conftest import Run

ASIDE = "Support our work: become a member today."


@pytest.fixture
def slug(tones: Settings, tmp_path: Path) -> str:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "audiogen.toml").write_text('[speech]\nvoice = "tone"\n', encoding="utf-8")
    made = produce(write_page(tmp_path), tmp_path / "library", settings=tones)
    return made.slug


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that changes the text as `change.py` in the folder does."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib, os\npath = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text(encoding='utf-8')\n"
        f"exec(pathlib.Path({str(tmp_path / 'change.py')!r}).read_text())\n"
        "path.write_text(text, encoding='utf-8')\nos.utime(path, (2e9, 2e9))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    return tmp_path / "change.py"


def manifest_of(tmp_path: Path, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((tmp_path / "library/episodes" / f"{slug}.json").read_text(encoding="utf-8"))
    return found


def heard(tmp_path: Path, slug: str) -> str:
    return " ".join(line["written"] for line in manifest_of(tmp_path, slug)["script"])


def test_what_is_changed_in_the_editor_is_spoken(audiogen: Run, tmp_path: Path, slug: str, editor: Path) -> None:
    editor.write_text(
        f"text = text.replace('#[call to action] {ASIDE}', {ASIDE!r})"
        f".replace({SENTENCES[1]!r}, '# ' + {SENTENCES[1]!r})"
        ".replace('title: The lock opens', 'title: Open')\n",
        encoding="utf-8",
    )
    done = audiogen("edit", "library", slug)
    assert done.returncode == 0
    assert done.stdout.strip().endswith(f"{slug}.v2.mp3")
    assert ASIDE in heard(tmp_path, slug)
    assert SENTENCES[1] not in heard(tmp_path, slug)
    assert manifest_of(tmp_path, slug)["article"]["title"] == "Open"


def test_an_editor_that_changes_nothing_changes_nothing(audiogen: Run, tmp_path: Path, slug: str, editor: Path) -> None:
    editor.write_text("", encoding="utf-8")
    before = manifest_of(tmp_path, slug)
    done = audiogen("edit", "library", slug)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing was changed.\n")
    assert manifest_of(tmp_path, slug) == before


def test_a_text_that_cannot_be_saved_is_kept(audiogen: Run, tmp_path: Path, slug: str, editor: Path) -> None:
    editor.write_text("text = text.replace('title:', 'titel:').replace('The lock', 'My words')\n", encoding="utf-8")
    done = audiogen("edit", "library", slug)
    assert done.returncode == 2
    assert "'titel: My words opens' is none of title" in done.stderr
    kept = done.stderr.split("Your text is kept in ")[1].splitlines()[0].removesuffix(".")
    with open(kept, encoding="utf-8") as file:  # noqa: PTH123
        assert "My words opens" in file.read()


def test_options_change_the_episode(audiogen: Run, tmp_path: Path, slug: str) -> None:
    options = ["--title", "Open", "--author", "Ada", "--author", "Tom", "--tag", "Towns", "--hear", "Support our work"]
    options += ["--drop", SENTENCES[1], "--replace", "on Monday=>on Tuesday", "--say", "tea=tee"]
    done = audiogen("edit", "library", slug, *options)
    assert done.returncode == 0, done.stderr
    article = manifest_of(tmp_path, slug)["article"]
    assert (article["title"], article["authors"], article["tags"]) == ("Open", ["Ada", "Tom"], ["Towns"])
    assert "on Tuesday after" in heard(tmp_path, slug)
    assert ASIDE in heard(tmp_path, slug)
    done = audiogen("edit", "library", slug, "--reset", "text", "--reset", "title", "--no-speak")
    assert (done.returncode, done.stdout) == (0, "")
    assert manifest_of(tmp_path, slug)["article"]["title"] == "Open", "it was only saved"
    assert audiogen("edit", "library", slug, "--speak").returncode == 0
    assert manifest_of(tmp_path, slug)["article"]["title"] == "The lock opens"


def test_the_text_is_printed_and_taken_from_a_file(audiogen: Run, tmp_path: Path, slug: str) -> None:
    text = audiogen("edit", "library", slug, "--print").stdout
    assert f"#[call to action] {ASIDE}" in text
    done = audiogen("edit", "library", slug, "--input", "-", stdin=text.replace("The lock opens", "Open"))
    assert done.returncode == 0
    assert manifest_of(tmp_path, slug)["article"]["title"] == "Open"
    done = audiogen("edit", "library", slug, "--input", "-", stdin=text.replace("The lock opens", "Shut"))
    assert done.returncode == 1
    assert "meanwhile (revision 1)" in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--hear", "Nobody wrote this"), 2, "No paragraph has"),
        (("--drop", ASIDE), 2, "No paragraph has"),
        (("--replace", "on Monday"), 2, "is not OLD=>NEW"),
        (("--say", "tea"), 2, "is not WORD=RESPELLING"),
        (("--say", "tea=TEA"), 2, "in capitals"),
        (("--reset", "guid"), 2, "cannot be edited"),
        (("--rate", "9"), 2, "'9' is not a whole number, from 80 to 450"),
        (("--voice", "nobody"), 2, "There is no voice called 'nobody'"),
    ],
)
def test_what_cannot_be_changed_is_told(
    audiogen: Run, tmp_path: Path, slug: str, options: tuple[str, ...], code: int, says: str
) -> None:
    before = manifest_of(tmp_path, slug)
    done = audiogen("edit", "library", slug, *options)
    assert done.returncode == code
    assert says in done.stderr
    assert manifest_of(tmp_path, slug) == before


def test_an_episode_that_is_not_there_is_told(audiogen: Run, slug: str) -> None:
    done = audiogen("edit", "library", "nobody", "--title", "x")
    assert done.returncode == 2
    assert "There is no episode called 'nobody'" in done.stderr
