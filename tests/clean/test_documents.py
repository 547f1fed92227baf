"""README.md and docs/first-evening.md, gone through as they are written, by a person who has just begun.

What is not on that person's computer is a web that answers: the sites of the read-later export are here behind a proxy.
"""

from __future__ import annotations

import re
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.batch.pile import page
from tests.clean.console import Shell, fits, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

#: What the web has, by address; all else is gone.
WEB = {
    "http://ledger.example/stories/1": page(1, url="http://ledger.example/stories/1"),
    "http://ledger.example/stories/2": page(2, url="http://ledger.example/stories/2"),
}
HEAD = "title,url,time_added,tags,status\n"
ROW = "House,{},1757000000,,unread\n"


class Web(BaseHTTPRequestHandler):
    """A proxy behind which there is nothing but a few pages."""

    def do_GET(self) -> None:
        body = WEB.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def follow(document: Path, shell: Shell, proxy: str) -> int:
    """Type every command of a document; what is printed must be what it says. Give how many there were."""
    steps = steps_of(document.read_text(encoding="utf-8"))
    for step in steps:
        # The installer's index may be at an address without encryption too, and is not behind the proxy.
        web = {"http_proxy": proxy, "no_proxy": "127.0.0.1"} if step.command.startswith("audiogen") else {}
        shell.variables = {name: value for name, value in shell.variables.items() if "_proxy" not in name} | web
        code, printed = shell.run(step.command)
        where = f"{document.name}, line {step.line}: $ {step.command}"
        assert fits(step.expected, printed), f"{where}\nended with {code} and printed\n{printed}"
        assert code == 0 or " failed " in printed, f"{where}\nended with {code} and printed\n{printed}"
    return len(steps)


def listen(printed: str) -> None:
    """Ask the server as a phone does: the feed, then a part of an episode, which seeking needs."""
    port = re.search(r":(\d+)/feed\.xml", printed)
    assert port, printed
    near = f"http://127.0.0.1:{port.group(1)}"
    feed = urllib.request.urlopen(f"{near}/feed.xml", timeout=10).read().decode()
    sound = re.search(rf'<enclosure url="{re.escape(near)}(/episodes/[^"]+\.mp3)"', feed)
    assert sound, feed
    asked = urllib.request.Request(f"{near}{sound.group(1)}", headers={"Range": "bytes=0-99"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert (answer.status, len(answer.read())) == (206, 100)


def test_the_readme_is_true_from_the_first_command_to_the_last(
    clone: Path, new_home: Callable[..., Shell], make_environment: Callable[[str], Path], proxy: str
) -> None:
    shell = new_home(make_environment("of-the-readme"))
    home, shell.folder, shell.meanwhile = shell.folder, clone, listen
    (home / "saved-pages").mkdir()
    for example in (*clone.glob("examples/*.html"), *clone.glob("examples/*.txt")):
        (home / "saved-pages" / example.name).write_bytes(example.read_bytes())
    (clone / "pocket-export.csv").write_text(HEAD + "".join(ROW.format(address) for address in WEB))
    assert follow(clone / "README.md", shell, proxy) >= 7


def test_a_first_evening_goes_as_it_is_told(
    clone: Path, new_home: Callable[..., Shell], python: Path, proxy: str
) -> None:
    shell = new_home(python)
    home, shell.folder, shell.meanwhile = shell.folder, clone, listen
    (home / "Downloads").mkdir()
    addresses = [*WEB, "http://ledger.example/gone"]
    (home / "Downloads" / "part_000000.csv").write_text(HEAD + "".join(ROW.format(address) for address in addresses))
    assert follow(clone / "docs" / "first-evening.md", shell, proxy) >= 15
