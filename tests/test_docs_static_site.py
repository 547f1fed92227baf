"""The steps of the workflow in docs/static-site.md do what it says, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.batch.pile import page

DOCS = Path(__file__).parent.parent / "docs" / "static-site.md"


def workflow() -> dict[str, Any]:
    found = re.search(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    loaded: dict[str, Any] = yaml.safe_load(found[1])
    return loaded


def steps() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in workflow()["jobs"]["audio"]["steps"] if "name" in step}


def test_it_may_write_the_repository_and_nothing_else() -> None:
    assert workflow()["permissions"] == {"contents": "write"}
    assert "secrets." not in DOCS.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None or shutil.which("git") is None, reason="the runner has bash and git")
def test_posts_are_voiced_kept_and_put_into_the_site_and_only_corrected_ones_are_spoken_again(tmp_path: Path) -> None:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AUDIOGEN_VOICE": "tone",
        "SITE": workflow()["jobs"]["audio"]["env"]["SITE"],
        "HOME": str(tmp_path / "home"),
    }

    def run(script: str, folder: Path) -> str:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    (tmp_path / "home").mkdir()
    remote, begun = tmp_path / "remote.git", tmp_path / "begun"
    begun.mkdir()
    run(f"git init -q --bare {remote}; git clone -q {remote} {begun}", tmp_path)
    once = re.search(r"```console\n# [^\n]*\n(\$ git switch.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert once
    named = "git config user.name audio; git config user.email audio@post.example; "
    run(named + once[1].replace("$ ", ""), begun)

    def build(folder: Path, title: str) -> None:
        posts = folder / "_site" / "posts"
        posts.mkdir(parents=True)
        (posts / "ice.html").write_text(page(1, url="https://post.example/ice", title=title), encoding="utf-8")
        (posts / "index.html").write_text("<title>Posts</title><a href='ice.html'>Ice</a>", encoding="utf-8")
        run(f"git clone -q -b audio {remote} library", folder)
        for name in ("Voice the posts", "Keep the library", "Put it into the site"):
            step = steps()[name]
            run(step["run"], folder / step.get("working-directory", "."))

    sounds = []
    for number, title in enumerate(("Ice", "Ice", "Nine days of ice")):
        # Each run is a new machine, which has what was pushed.
        folder = tmp_path / f"run-{number}"
        folder.mkdir()
        build(folder, title)
        audio = folder / "_site" / "audio"
        assert (audio / "feed.xml").read_text(encoding="utf-8").count("<item>") == 1
        assert not any((audio / name).exists() for name in (".git", ".audiogen", "state", "removed"))
        sounds.append([path.read_bytes() for path in (audio / "episodes").glob("*.mp3")])
    assert sounds[0] == sounds[1]
    assert sounds[1] != sounds[2]
    log = run("git log --format=%s audio", tmp_path / "run-2" / "library")
    assert log.split("\n")[:3] == ["Voice the posts", "Voice the posts", "Begin the library"]
