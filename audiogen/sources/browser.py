"""Pages whose text only scripts fill in: finds out which pages these are, and runs their scripts in Chromium.

The browser runs in a process of its own (`rendering.py`), which is ended when its time is over. It makes no connection
itself: what a page's scripts ask for is fetched for it within the bounds of `guarded.py`, so that no script reaches an
address that the page itself could not be at.
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

#: Names that systems have for it.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
#: With fewer letters and digits than these outside of scripts, some sixty words, a page has no article; with fewer than
#: the second number, some twenty-five, no text. They are counted rather than words, which not all scripts part.
FEW, NONE = 300, 125
#: Least letters and digits of a data script (JSON) that may hold the article; readers look there.
_DATA = 1000
#: Elements whose text is invisible.
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
#: Seconds that the process may take beyond the page's own time: it starts, and it ends.
_STARTING = 30.0


def letters_seen(content: bytes) -> int | None:
    """Count the letters and digits that a page shows before its scripts run; None if it has none to fill it.

    >>> letters_seen(b"<body><div id=app>Wait</div><script src=a.js></script>")
    4
    >>> letters_seen(b"<p>A page without scripts.")
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
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _texts(root: object) -> list[str | None]:
    """Return the pieces of text that are seen, without descending into what is not."""
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
    return sum(map(str.isalnum, text)) if text else 0


def find_browser() -> str | None:
    """Find the browser: its program, or "" if Playwright knows where it is; None if something is missing."""
    if find_spec("playwright") is None:
        return None
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None and sys.platform in ("win32", "darwin"):
        return ""
    return program


def how_to_install() -> str:
    """Say what to install, so that pages which only scripts fill are read."""
    command = install_command(extra="browser") if find_spec("playwright") is None else ""
    program = "" if find_browser() is not None or sys.platform in ("win32", "darwin") else "apt install chromium"
    return " && ".join(filter(None, (command, program))) or "install Chrome"


def render(url: str, content: bytes, limits: Limits) -> bytes:
    """Have scripts fill in a page that was fetched, and give it as it is then, in UTF-8.

    Raises:
        FetchError: the browser does not start, or the page takes too long or is too large.
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
