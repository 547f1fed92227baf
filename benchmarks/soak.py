"""A batch that everything happens to: killed workers and runs, a full disk, a dead network, bad articles.

    python -m benchmarks.soak [--articles 2000] [--kills 12] [--seed 1] [--folder FOLDER]

Articles of a minute in ten formats and fifteen languages, one in ten of which is none. Runs of `audiogen batch`
are killed, one meets a full disk, then one goes on to its end while its workers are killed. At the end every article
has to be done or to have its reason, `audiogen check` to find nothing, another run to change nothing, and nothing to
be left: no process, no temporary folder, no half-made episode. Ends with 1 where it is not so. Linux alone: it looks
into /proc.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
import zlib
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Two sentences of each language; numbers make each article one of its own.
TEXTS = {
    "en": "The harbour froze in week {}. No ferry left it for {} days, and the bread came by sledge.",
    "de": "Der Hafen fror in Woche {} zu. Für {} Tage fuhr keine Fähre, und das Brot kam mit dem Schlitten.",
    "fr": "Le port a gelé la semaine {}. Aucun bateau n'est parti pendant {} jours, et le pain venait en traîneau.",
    "es": "El puerto se heló en la semana {}. Ningún barco salió durante {} días, y el pan llegaba en trineo.",
    "it": "Il porto gelò nella settimana {}. Nessun traghetto partì per {} giorni, e il pane arrivava in slitta.",
    "pt": "O porto congelou na semana {}. Nenhum barco saiu durante {} dias, e o pão vinha de trenó.",
    "nl": "De haven bevroor in week {}. Er voer {} dagen lang geen veerboot, en het brood kwam per slee.",
    "pl": "Port zamarzł w tygodniu {}. Przez {} dni nie wypłynął żaden prom, a chleb przyjeżdżał saniami.",
    "cs": "Přístav zamrzl v týdnu {}. Po {} dní nevyplul žádný trajekt a chléb přivážely sáně.",
    "ru": "Гавань замёрзла на неделе {}. Паромы не ходили {} дней, и хлеб привозили на санях.",
    "uk": "Гавань замерзла на тижні {}. Пороми не ходили {} днів, і хліб привозили на санях.",
    "sv": "Hamnen frös till i vecka {}. Ingen färja gick på {} dagar, och brödet kom med släde.",
    "nb": "Havnen frøs til i uke {}. Ingen ferge gikk på {} dager, og brødet kom med slede.",
    "da": "Havnen frøs til i uge {}. Ingen færge sejlede i {} dage, og brødet kom med slæde.",
    "tr": "Liman {}. haftada dondu. {} gün boyunca hiçbir feribot kalkmadı ve ekmek kızakla geldi.",
}
#: How many times an article says its sentences, each time with other numbers.
PARAGRAPHS = 6
#: What is no article, by the suffix of its file: it has to be refused or to fail, each with its reason. The last is the
#: address of a host that there is not: the network is dead.
BAD = (
    (".html", b"<html><head><title>Log in</title></head><body><form><input type=password></form></body></html>"),
    (".txt", b""),
    (".epub", b"PK\x03\x04 broken"),
    (".pdf", b"%PDF-1.7 broken"),
    (".docx", b"PK\x03\x04 broken, too"),
    (".txt", b"https://soak.invalid/{}\n"),
)


def _number(title: str) -> int:
    return zlib.crc32(title.encode())


#: Longest wait for the end of processes whose run was killed, in seconds, on a machine that does much else.
PATIENCE = 300.0


def _html(title: str, text: list[str], language: str) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in text)
    head = f"<meta charset=utf-8><title>{title}</title>"
    return f"<html lang={language}><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _mail(title: str, text: list[str], language: str) -> bytes:
    from email.message import EmailMessage

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Ana Ruiz <ana@a.example>", "b@a.example", title
    letter["Date"], letter["Message-ID"] = "Wed, 07 Jan 2026 08:00:00 +0000", f"<{_number(title)}@a.example>"
    letter.set_content("\n\n".join(text))
    letter.add_alternative(_html(title, text, language), subtype="html")
    return letter.as_bytes()


def _mhtml(title: str, text: list[str], language: str) -> bytes:
    head = f"From: <Saved by Blink>\nSubject: Saved\nSnapshot-Content-Location: https://a.example/{_number(title)}\n"
    kind = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
    return f"{head}{kind}Content-Type: text/html; charset=utf-8\n\n{_html(title, text, language)}\n--b--\n".encode()


def _epub(title: str, text: list[str], language: str) -> bytes:
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>'
        f"{title}</dc:title><dc:language>{language}</dc:language></metadata><manifest>"
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine>'
        "</package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", container)
        book.writestr("b.opf", package)
        book.writestr("c.xhtml", _html(title, text, language))
    return file.getvalue()


def _cms(title: str, text: list[str], language: str) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in text)
    post = {"title": {"rendered": title}, "content": {"rendered": body}, "lang": language}
    return json.dumps([{**post, "link": f"https://a.example/{_number(title)}", "id": _number(title)}])


def _webarchive(title: str, text: list[str], language: str) -> bytes:
    import plistlib

    page = {
        "WebResourceData": _html(title, text, language).encode(), "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "utf-8", "WebResourceURL": f"https://a.example/{_number(title)}",
    }  # fmt: skip
    return plistlib.dumps({"WebMainResource": page})


#: How each format is written, by its suffix.
FORMATS: Mapping[str, Callable[[str, list[str], str], str | bytes]] = {
    ".html": _html,
    ".htm": lambda title, text, language: f"<!--\n Page saved with SingleFile \n-->{_html(title, text, language)}",
    ".xhtml": lambda title, text, language: f'<?xml version="1.0"?>{_html(title, text, language)}',
    ".md": lambda title, text, language: f"---\ntitle: {title}\nlang: {language}\n---\n\n" + "\n\n".join(text),
    ".txt": lambda title, text, language: "\n\n".join([title, *text]),
    ".eml": _mail,
    ".mhtml": _mhtml,
    ".epub": _epub,
    ".json": _cms,
    ".webarchive": _webarchive,
}


def make_articles(folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Write so many articles, one in ten of them bad; give how many are good and how many bad."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for number in range(count):
        if number % 10 == 9:
            suffix, content = BAD[wrong % len(BAD)]
            (folder / f"bad-{number:05}{suffix}").write_bytes(content.replace(b"{}", str(number).encode()))
            wrong += 1
            continue
        language = list(TEXTS)[number % len(TEXTS)]
        text = [TEXTS[language].format(chance.randrange(2, 53), chance.randrange(60, 9_999)) for _ in range(PARAGRAPHS)]
        suffix = list(FORMATS)[number // len(TEXTS) % len(FORMATS)]
        made = FORMATS[suffix](f"{TEXTS[language].split('.')[0].format(number)}", text, language)
        (folder / f"good-{number:05}{suffix}").write_bytes(made.encode() if isinstance(made, str) else made)
    return count - wrong, wrong


@dataclass
class Soak:
    """One library that is made through all that happens, and what was found to be wrong."""

    folder: Path
    chance: random.Random
    #: What every process of ours has in its environment.
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    faults: list[str] = field(default_factory=list)
    killed: int = 0

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def pile(self) -> Path:
        return self.folder / "pile"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "audiogen", *arguments]

    def environment(self) -> dict[str, str]:
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        homes = {
            name: str(self.folder / "own") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        }
        return {**os.environ, **homes, "TMPDIR": str(temporary), "AUDIOGEN_SOAK": self.mark}

    def begin(self, *, room: int | None = None) -> subprocess.Popen[str]:
        """Start a run; with *room*, no file may be larger: a disk that is full."""
        batch = ["batch", str(self.pile), "-o", str(self.library), "--voice", "espeak", "--keep-duplicates", "--json"]
        return subprocess.Popen(
            self.command(*batch, "--jobs", "2", "--no-cache", "--quality", "small"),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.environment(),
            preexec_fn=None if room is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )  # fmt: skip

    def processes(self) -> list[int]:
        """Return the processes that our runs began, whoever they belong to by now."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def strike(self, spared: int) -> None:
        """Kill one process of the run, but not the one that was started."""
        others = [process for process in self.processes() if process != spared]
        if others:
            self.kill(self.chance.choice(others), signal.SIGKILL)

    def kill(self, process: int, sign: signal.Signals) -> None:
        try:
            os.kill(process, sign)
            self.killed += 1
        except ProcessLookupError:
            return

    def interrupted(self, after: int) -> int:
        """Run until so many articles were told, then end the run, each time in another way; give how many were told."""
        run = self.begin()
        counted = len(list(_lines(run, after)))
        self.strike(run.pid)
        counted += len(list(_lines(run, self.chance.randrange(3))))
        self.kill(run.pid, self.chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        run.communicate()
        return counted

    def full(self) -> None:
        """Run on a full disk: it has to end by itself, and with a reason."""
        run = self.begin(room=20_000)
        outcomes = list(_lines(run))
        run.wait()
        self.hold(run.returncode != 0, f"a run on a full disk ended with {run.returncode}")
        self.hold(
            all(outcome["error"] for outcome in outcomes if outcome["episode"] is None), "a failure without its reason"
        )

    def whole(self, kills: int, memory: list[int]) -> list[dict[str, Any]]:
        """Run to the end, killing so many workers on the way, and note the memory after each article."""
        run = self.begin()
        outcomes = []
        due = set(self.chance.sample(range(1, 10 * kills + 1), kills)) if kills else set()
        for outcome in _lines(run):
            outcomes.append(outcome)
            memory.append(_memory(run.pid))
            if len(outcomes) in due:
                self.strike(run.pid)
        run.wait()
        self.hold(run.returncode in (0, 1), f"a run ended with {run.returncode}")
        return outcomes

    def hold(self, good: bool, fault: str) -> None:
        if not good:
            self.faults.append(fault)

    def state(self) -> dict[str, tuple[int, int]]:
        """Return every episode's files with their times and sizes."""
        files = sorted((self.library / "episodes").iterdir())
        return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}

    def left_over(self) -> list[str]:
        """Return what is there and should not be, once the processes have had time to see that their run is gone."""
        end = time.monotonic() + PATIENCE
        while self.processes() and time.monotonic() < end:
            time.sleep(0.2)
        folders = [*(self.folder / "tmp").iterdir(), *(self.library / ".audiogen").glob("making-*")]
        folders += (self.library / ".audiogen").glob("ready-*")
        return [*map(str, folders), *(f"process {process}" for process in self.processes())]


def _lines(run: subprocess.Popen[str], most: int | None = None) -> Iterator[dict[str, Any]]:
    assert run.stdout is not None
    count = 0
    while (most is None or count < most) and (line := run.stdout.readline()):
        count += 1
        yield json.loads(line)


def _memory(process: int) -> int:
    """Return the bytes of memory that a process has in use."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def soak(folder: Path, articles: int, kills: int, seed: int) -> list[str]:
    """Do it all, telling each step; give what is wrong."""
    test = Soak(folder, random.Random(seed))
    good, bad = make_articles(test.pile, articles, seed)
    print(f"{good} articles and {bad} that are none", flush=True)
    for number in range(kills):
        counted = test.interrupted(test.chance.randrange(1, max(3, articles // (2 * kills))))
        print(f"run {number + 1} was ended after {counted} outcomes", flush=True)
        if number == kills // 2:
            test.full()
            print("a run on a full disk", flush=True)
    memory: list[int] = []
    outcomes = test.whole(min(kills, articles // 12), memory)
    print(f"{len(outcomes)} outcomes of the run that was left alone; {test.killed} processes were killed", flush=True)
    again = test.whole(0, [])
    before = test.state()
    last = test.whole(0, [])
    _judge(test, good, bad, [outcomes, again, last])
    test.hold(test.state() == before, "another run changed episodes")
    checked = subprocess.run(
        test.command("check", str(test.library)), env=test.environment(), capture_output=True, text=True, check=False
    )
    test.hold(checked.returncode == 0, f"check: {checked.stdout[-2000:]}{checked.stderr[-500:]}")
    test.hold(not (rest := test.left_over()), f"left over: {rest[:10]}")
    _judge_memory(test, memory)
    return test.faults


def _judge(test: Soak, good: int, bad: int, runs: list[list[dict[str, Any]]]) -> None:
    last = {Path(outcome["source"]).name: outcome for outcome in runs[-1]}
    for path in sorted(test.pile.glob("good-*")):
        found = [outcome for name, outcome in last.items() if name.startswith(path.name)]
        done = found and all(outcome["episode"] and outcome["status"] == "done" for outcome in found)
        test.hold(bool(done), f"{path.name} is not done: {found}")
    wrong = [outcome for outcome in runs[-1] if outcome["episode"] is None]
    test.hold(len(wrong) == bad, f"{len(wrong)} failures of {bad} articles that are none")
    test.hold(all(outcome["error"] for outcome in wrong), "a failure without its reason")
    made = len(list((test.library / "episodes").glob("*.mp3")))
    test.hold(made == good, f"{made} episodes of {good} articles")


def _judge_memory(test: Soak, memory: list[int]) -> None:
    half = [max(part, default=0) // 1_000_000 for part in (memory[: len(memory) // 2], memory[len(memory) // 2 :])]
    print(f"memory of the main process: {half[0]} MB at most in its first half, {half[1]} MB in its second", flush=True)
    test.hold(half[1] <= half[0] + 100, f"memory grew from {half[0]} to {half[1]} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=12, help="runs that are killed, and workers of the last one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the library is made, and stays; a temporary one by default")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as made:
        faults = soak(asked.folder or Path(made), asked.articles, asked.kills, asked.seed)
    for fault in faults:
        print(f"FAULT: {fault}")
    print("All is well." if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
