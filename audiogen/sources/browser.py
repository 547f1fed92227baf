"""Recognises pages that have no text before their scripts run, and runs the scripts in Chromium.

The browser runs in a separate process (`rendering.py`), which is terminated when its time is over. It makes no
connections: the requests of a page's scripts are made for it with the limits of `guarded.py`, so a script reaches only
addresses that could be fetched as a page.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from audiogen.errors import FetchError
from audiogen.installation import install_command

if TYPE_CHECKING:
    from audiogen.sources.fetching import Limits

#: Names of the program on different systems.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
#: Minimum number of visible letters and digits of a page with an article (about 60 words), and of a page with any text
#: (about 25 words). Characters are counted, because not all scripts separate words.
FEW, NONE = 300, 125
#: Minimum number of letters and digits of a JSON script that may hold the article, which readers extract.
_DATA = 1000
#: Elements whose text is invisible.
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
#: Seconds that the process may take to start and to end, besides the time for the page.
_STARTING = 30.0


def count_visible_letters(content: bytes) -> int | None:
    """Return how many letters and digits a page shows without running scripts; None if it has no scripts.

    >>> count_visible_letters(b"<body><div id=app>Wait</div><script src=a.js></script>")
    4
    >>> count_visible_letters(b"<p>A page without scripts.")
    """
    if b"<script" not in content and b"<SCRIPT" not in content:
        return None
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8") if _is_utf8(content) else html.HTMLParser()
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, ValueError):
        return None
    scripts = list(root.iter("script"))
    data = [script for script in scripts if "json" in (script.get("type") or "").lower()]
    if len(data) == len(scripts) or any(_letters(script.text) >= _DATA for script in data):
        return None
    return sum(map(_letters, _texts(root)))


def _is_utf8(content: bytes) -> bool:
    """Return whether *content* is valid UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _texts(root: object) -> list[str | None]:
    """Return the visible pieces of text below *root*."""
    found: list[str | None] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if getattr(element, "tag", None) not in _UNSEEN and isinstance(getattr(element, "tag", None), str):
            found.append(element.text)  # type: ignore[attr-defined]
            for child in element:  # type: ignore[attr-defined]
                found.append(child.tail)
                waiting.append(child)
    return found


def _letters(text: str | None) -> int:
    """Return the number of letters and digits in *text*."""
    return sum(map(str.isalnum, text)) if text else 0


def find_browser() -> str | None:
    """Return the path of the browser, or "" if Playwright finds it itself.

    None if Playwright or the browser is missing.
    """
    if find_spec("playwright") is None:
        return None
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None and sys.platform in ("win32", "darwin"):
        return ""
    return program


def how_to_install() -> str:
    """Return the command that installs what is missing to read pages with scripts."""
    command = install_command(extra="browser") if find_spec("playwright") is None else ""
    program = "" if find_browser() is not None or sys.platform in ("win32", "darwin") else "apt install chromium"
    return " && ".join(filter(None, (command, program))) or "install Chrome"


def render(url: str, content: bytes, limits: Limits) -> bytes:
    """Return the HTML of a fetched page, in UTF-8, after its scripts have run.

    Raises:
        FetchError: The browser does not start, or the page takes too long or is too large.
    """
    order = {
        "url": url,
        "content": base64.b64encode(content).decode(),
        "program": find_browser(),
        "private": limits.private,
        "sandbox": limits.sandbox,
        "largest": limits.largest,
        "longest": limits.longest,
    }
    command = [sys.executable, "-m", "audiogen.sources.rendering"]
    request = json.dumps(order).encode()
    try:
        done = subprocess.run(
            command, input=request, capture_output=True, timeout=limits.longest + _STARTING, check=False
        )
    except subprocess.TimeoutExpired as error:
        message = f"{url} is filled by scripts, which took longer than {limits.longest:g} seconds."
        raise FetchError(url, message) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        last = reason[-1][:300] if reason else f"it ended with {done.returncode}"
        raise FetchError(url, f"{url} is filled by scripts, and the browser did not get it ({last}).")
    return b"\xef\xbb\xbf" + done.stdout
