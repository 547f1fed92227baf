"""Counts plays: of the sound that apps fetch by byte ranges, and of what the players on audiogen's own pages report.

Listeners are distinguished for a day at most, and only in memory, by a keyed hash of network and program name. The key
is random, changes each day and at each start of the server, and is never written. Only the counts of
`audiogen.episodes.actions.plays` are written, every few minutes and when the server ends.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import math
import re
import secrets
import threading
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

from audiogen.episodes.actions.plays import PARTS, Plays, Tally, file_of_plays, plays_of, written_plays
from audiogen.episodes.library import open_library
from audiogen.episodes.storage import EPISODES
from audiogen.errors import AudiogenError
from audiogen.server.rates import network_of
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from audiogen.episodes.library import Library
    from audiogen.server.catalog import Catalog

_LOG = logging.getLogger("audiogen.server.plays")
#: Interval in seconds at which the counts are written.
_INTERVAL = 300.0
#: Maximum number of listeners of a day that are distinguished; above it, those already written are forgotten.
_MOST_LISTENERS = 50_000
#: Maximum number of separate ranges of a play; if there are more, the shortest is dropped.
_MOST_SPANS = 40
#: Maximum number of former days that are kept in memory because they could not be written.
_MOST_DAYS = 3
#: Maximum size of a player's report, in bytes.
_LARGEST_BEACON = 4096
#: Timeout for receiving a report, in seconds.
_BEACON_TIMEOUT = 30.0
#: A play by an app: it fetched one minute, or nearly all of a shorter episode (the rule of the IAB's podcast
#: guidelines).
_APP_SECONDS, _NEARLY_ALL = 60.0, 0.95
#: Bytes at the start of an MP3 that hold the size of its tags.
TAG_HEAD = 10
#: Minimum number of seconds that make a play in one of audiogen's players.
_PLAYER_SECONDS = 3.0
#: Share of the bytes, or of the seconds, from which an episode was played to its end: apps need not fetch what follows
#: the sound in a file, and few people hear the last words.
_FETCHED_WHOLE, _HEARD_WHOLE = 0.98, 0.9
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


@dataclass(slots=True)
class Spans:
    """Ranges of an episode, as shares of its length from 0 to 1; ranges that touch are merged."""

    known: list[tuple[float, float]] = field(default_factory=list)

    def add(self, start: float, end: float) -> None:
        """Add a range, limited to the episode."""
        start, end = max(0.0, start), min(1.0, end)
        if not start < end:
            return
        apart = [span for span in self.known if span[1] < start or span[0] > end]
        touched = [span for span in self.known if span not in apart]
        low, high = min([start, *(span[0] for span in touched)]), max([end, *(span[1] for span in touched)])
        self.known = sorted([*apart, (low, high)])
        if len(self.known) > _MOST_SPANS:
            self.known.remove(min(self.known, key=lambda span: span[1] - span[0]))

    @property
    def total(self) -> float:
        """The share of the episode that is covered."""
        return sum(end - start for start, end in self.known)

    def parts(self) -> tuple[int, ...]:
        """Return for each twentieth of the episode 1 if at least half of it is covered, else 0."""
        return tuple(int(self._within(part / PARTS, (part + 1) / PARTS) >= 0.5 / PARTS) for part in range(PARTS))

    def _within(self, low: float, high: float) -> float:
        """Return how much of a range is covered."""
        return sum(max(0.0, min(end, high) - max(start, low)) for start, end in self.known)


@dataclass(slots=True)
class Listener:
    """One client's play of one episode on one day."""

    fetched: Spans = field(default_factory=Spans)
    heard: Spans = field(default_factory=Spans)
    #: The part of this play that is already in the library's counts.
    apps: Tally = field(default_factory=Tally)
    player: Tally = field(default_factory=Tally)

    def tallies(self, seconds: float) -> tuple[Tally, Tally]:
        """Return the counts of this play, as an app's and as a player's; *seconds* is the length of the episode.

        What audiogen's own player fetches is counted only by its reports. A removed episode has no new counts.
        """
        if not seconds:
            return self.apps, self.player
        if self.heard.known:
            return Tally(), _tally(self.heard, seconds, _PLAYER_SECONDS, _HEARD_WHOLE)
        return _tally(self.fetched, seconds, _APP_SECONDS, _FETCHED_WHOLE), Tally()


def _tally(spans: Spans, seconds: float, min_seconds: float, whole: float) -> Tally:
    """Return the counts of a play: none below *min_seconds* seconds, complete above the share *whole*."""
    if spans.total * seconds < min(min_seconds, _NEARLY_ALL * seconds) or not spans.known:
        return Tally()
    return Tally(1, int(spans.total >= whole), spans.parts())


@dataclass(slots=True)
class DayCounts:
    """The listeners of one day, distinguished by a hash with a secret key."""

    #: YYYY-MM-DD, in UTC.
    name: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    #: Listeners by slug, and then by the hash.
    listeners: dict[str, dict[bytes, Listener]] = field(default_factory=dict)
    #: Slugs whose counts have changed since they were written.
    changed: set[str] = field(default_factory=set)
    number: int = 0

    def listener(self, who: str, slug: str) -> Listener | None:
        """Return the listener of an episode whose address hashes like *who*; None if there are too many listeners."""
        name = hashlib.blake2b(who.encode("utf-8", "replace"), key=self.key, digest_size=12).digest()
        known = self.listeners.setdefault(slug, {})
        if name not in known:
            if self.number >= 2 * _MOST_LISTENERS:
                return None
            known[name] = Listener()
            self.number += 1
        return known[name]

    def unwritten(self, slug: str, seconds: float) -> list[tuple[Listener, Tally, Tally]]:
        """Return the listeners of an episode who are not fully counted yet, each with their current counts."""
        known = [(listener, *listener.tallies(seconds)) for listener in self.listeners.get(slug, {}).values()]
        return [entry for entry in known if entry[1:] != (entry[0].apps, entry[0].player)]


class PlayCounter:
    """Counts plays in memory, and writes the counts into the library. Threads may share it."""

    def __init__(
        self,
        catalog: Catalog,
        interval: float = _INTERVAL,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        home: Library | None = None,
    ) -> None:
        """Create a counter for a catalog's library; *home* is that library if it is not just a folder."""
        self._catalog, self._interval, self._clock = catalog, interval, clock
        self._home = home or open_library(catalog.root)
        self._lock, self._saving = threading.Lock(), threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audiogen-plays", daemon=True)
        #: The counts of today are last; former days are forgotten once they are written.
        self._days = [DayCounts(self._today())]
        #: Plays since the start that are written, and the highest total that was ever returned.
        self._written = self._highest_total = 0
        #: Bytes of tags before the sound, by file and size.
        self._heads: dict[tuple[str, int], int] = {}

    def start(self) -> None:
        """Start to write the counts."""
        self._thread.start()

    def close(self) -> None:
        """Write the counts, and stop."""
        self._closed.set()
        self._thread.join()

    def record_fetched(self, who: str, file: str, slug: str, start: int, end: int, size: int) -> None:
        """Record that a client was sent the bytes from *start* to *end* of a sound *file* of *size* bytes."""
        head = self._heads.get((file, size), 0)
        length = max(1, size - head)
        self._note(who, slug, "fetched", [((start - head) / length, (end - head) / length)])

    def record_heard(self, who: str, slug: str, stretches: Iterable[tuple[float, float]]) -> bool:
        """Record the ranges, in seconds, that a player reports as heard; return whether the episode exists."""
        seconds = self._seconds(slug)
        if not seconds:
            return False
        self._note(who, slug, "heard", [(start / seconds, end / seconds) for start, end in stretches])
        return True

    def plays(self, slug: str) -> Plays:
        """Return how often an episode was played, up to now.

        Raises:
            AudiogenError: the library's counts cannot be read.
        """
        seconds = self._seconds(slug)
        with self._saving:
            plays = plays_of(self._home, slug)
            with self._lock:
                for day in self._days:
                    plays = _with_more(plays, day.unwritten(slug, seconds), day.name)
        return plays

    def total(self) -> int:
        """Return the number of plays since the start; it never decreases."""
        with self._saving:
            days = list(self._days)
            seconds = {slug: self._seconds(slug) for day in days for slug in tuple(day.changed)}
            with self._lock:
                unwritten = sum(
                    (apps - listener.apps).plays + (player - listener.player).plays
                    for day in days
                    for slug in day.changed
                    for listener, apps, player in day.unwritten(slug, seconds.get(slug, 0.0))
                )
            self._highest_total = max(self._highest_total, self._written + unwritten)
        return self._highest_total

    def save(self) -> None:
        """Write new counts into the library; if that fails, they are kept for some days and tried again."""
        with self._saving:
            for day in list(self._days):
                self._save_day(day)
            with self._lock:
                if self._days[-1].name != self._today() or self._days[-1].number > _MOST_LISTENERS:
                    self._days.append(DayCounts(self._today()))
                self._days = [day for day in self._days[:-1] if day.changed][-_MOST_DAYS:] + self._days[-1:]

    def _run(self) -> None:
        """Write the counts periodically until the counter is closed."""
        while not self._closed.wait(self._interval):
            self.save()
        self.save()

    def _today(self) -> str:
        """Return the date in UTC, YYYY-MM-DD."""
        return self._clock().strftime("%Y-%m-%d")

    def _note(self, who: str, slug: str, kind: str, shares: list[tuple[float, float]]) -> None:
        """Add ranges that a listener played of an episode to the counts of today."""
        with self._lock:
            if self._days[-1].name != self._today():
                self._days.append(DayCounts(self._today()))
            day = self._days[-1]
            listener = day.listener(who, slug)
            if listener is None:
                return
            spans: Spans = getattr(listener, kind)
            for start, end in shares:
                spans.add(start, end)
            day.changed.add(slug)

    def _save_day(self, day: DayCounts) -> None:
        """Write the changed plays of a day; those that cannot be written stay for the next time."""
        with self._lock:
            changed = sorted(day.changed)
            day.changed.clear()
        for slug in changed:
            try:
                self._save(day, slug)
            except (AudiogenError, OSError) as error:
                _LOG.warning("The plays of %s were not written (%s).", slug, error)
                with self._lock:
                    day.changed.add(slug)

    def _save(self, day: DayCounts, slug: str) -> None:
        """Add the plays of an episode that are not written yet to its file."""
        seconds = self._seconds(slug)
        with self._lock:
            unwritten = day.unwritten(slug, seconds)
        if not unwritten:
            return
        with self._home.state_lock():
            plays = _with_more(plays_of(self._home, slug), unwritten, day.name)
            self._home.storage.write(file_of_plays(slug), written_plays(plays))
        with self._lock:
            for listener, apps, player in unwritten:
                self._written += (apps - listener.apps).plays + (player - listener.player).plays
                listener.apps, listener.player = apps, player

    def _seconds(self, slug: str) -> float:
        """Return the length of a public episode; 0 for any other."""
        contents = self._catalog.contents()
        row = contents.by_slug.get(slug)
        return row.seconds if row is not None and row.state in ("to listen", "listened") else 0.0

    async def measure_tags(self, file: str, size: int) -> None:
        """Determine the size of a sound file's tags, unless it is known."""
        if (file, size) in self._heads:
            return
        if len(self._heads) >= _MOST_LISTENERS:
            self._heads.clear()
        with suppress(AudiogenError):
            beginning = await run_in_threadpool(self._home.storage.read_part, f"{EPISODES}/{file}", 0, TAG_HEAD)
            self._heads[file, size] = min(tag_size(beginning), size // 2)


def _with_more(plays: Plays, unwritten: list[tuple[Listener, Tally, Tally]], day: str) -> Plays:
    """Return the plays with the unwritten counts of listeners."""
    for listener, apps, player in unwritten:
        plays = plays.with_more(apps - listener.apps, player - listener.player, day)
    return plays


def tag_size(beginning: bytes) -> int:
    """Return the size of the ID3 tags before the sound of an MP3, by its first ten bytes."""
    if len(beginning) < TAG_HEAD or beginning[:3] != b"ID3":
        return 0
    return TAG_HEAD + (beginning[6] << 21 | beginning[7] << 14 | beginning[8] << 7 | beginning[9])


class Counted:
    """A response with sound that counts the bytes sent."""

    def __init__(self, counter: PlayCounter, sound: Response, file: str) -> None:
        """Wrap the response *sound* with the sound file *file*."""
        self._counter, self._sound, self._file = counter, sound, file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response; if the client disconnects, only the sent part is counted."""
        start = size = -1
        sent = 0

        async def sending(message: Message) -> None:
            nonlocal start, size, sent
            await send(message)
            if message["type"] == "http.response.start":
                start, size = _sent_part(message)
                if who and start >= 0:
                    # Done here: if the client disconnects, this task is cancelled and cannot wait for anything any
                    # more.
                    await self._counter.measure_tags(self._file, size)
            else:
                sent += len(message.get("body", b""))

        who = "" if is_web_player(scope) else client_of(scope)
        try:
            await self._sound(scope, receive, sending)
        finally:
            if who and sent and start >= 0:
                slug = self._file.partition(".")[0]
                self._counter.record_fetched(who, self._file, slug, start, start + sent, size)


def _sent_part(message: Message) -> tuple[int, int]:
    """Return the first byte that a response sends, and the size of the file; -1 if it sends several parts."""
    headers = {name.lower(): value.decode("latin-1") for name, value in message["headers"]}
    if message["status"] == 200:
        return 0, int(headers.get(b"content-length", "0"))
    match = _RANGE.fullmatch(headers.get(b"content-range", ""))
    return (int(match[1]), int(match[2])) if match and message["status"] == 206 else (-1, -1)


def is_web_player(scope: Scope) -> bool:
    """Return whether a page of this server fetches; its player reports what was heard.

    Browsers send the site of the page over HTTPS, and the page's address if it is of the same server.
    """
    headers = Headers(scope=scope)
    referrer = split_address(headers.get("referer", "")).netloc.lower()
    return headers.get("sec-fetch-site") == "same-origin" or referrer == headers.get("host", "").lower() != ""


def client_of(scope: Scope) -> str:
    """Return the key that distinguishes a client; "" if the request is not a listener's."""
    program = Headers(scope=scope).get("user-agent", "")
    client = scope.get("client")
    return f"{network_of(client[0])}\n{program}" if client and not is_crawler(program) else ""


def is_crawler(program: str) -> bool:
    """Return whether the name of a program is a crawler's; also true without a name.

    >>> is_crawler("AntennaPod/3.4.0"), is_crawler("Mozilla/5.0 (compatible; examplebot/2.1)"), is_crawler("")
    (False, True, True)
    """
    words, beginnings = _crawlers()
    name = program.lower().strip()
    return not name or name.startswith(beginnings) or any(word in name for word in words)


@cache
def _crawlers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return words, and beginnings, of the names of crawlers."""
    data = tomllib.loads(resources.files("audiogen.server").joinpath("crawlers.toml").read_text(encoding="utf-8"))
    return tuple(data["words"]), tuple(data["beginnings"])


async def take_beacon(counter: PlayCounter | None, request: Request) -> Response:
    """Record what a player reports as heard: a JSON list of ranges [start, end], in seconds."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Response("Another site sent this.", 403)
    body = b""
    try:
        async with asyncio.timeout(_BEACON_TIMEOUT):
            async for part in request.stream():
                body += part
                if len(body) > _LARGEST_BEACON:
                    return Response("That is too much.", 413)
    except TimeoutError:
        return Response("The rest of it did not come.", 408, {"Connection": "close"})
    stretches = parse_beacon(body)
    if stretches is None:
        return Response("That is no list of stretches.", 422)
    who = client_of(request.scope)
    if counter is not None and who:
        slug = request.path_params["slug"]
        if not await run_in_threadpool(counter.record_heard, who, slug, stretches):
            return Response("There is no such episode.", 404)
    return Response(status_code=204)


def parse_beacon(body: bytes) -> list[tuple[float, float]] | None:
    """Return the ranges in a player's report; None if it is invalid.

    >>> parse_beacon(b"[[0, 12.5], [60, 61]]"), parse_beacon(b"[[0]]")
    ([(0.0, 12.5), (60.0, 61.0)], None)
    """
    try:
        data = json.loads(body)
        stretches = [(float(start), float(end)) for start, end in data]
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    good = all(math.isfinite(start) and math.isfinite(end) for start, end in stretches)
    return stretches[: 2 * _MOST_SPANS] if good else None
