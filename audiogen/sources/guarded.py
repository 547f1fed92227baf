"""The HTTP client for untrusted addresses: limits time and size, and refuses addresses of private networks.

Who gives an address may be a stranger, and its host may answer as it likes. So the time for a page counts from the
first byte asked to the last one read, however slowly they come; the address that a connection really goes to is looked
at, since a name may stand for any and change meanwhile; and what is packed is unpacked piece by piece.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

#: Addresses of providers' own services that are none of a private network by their number: Azure's.
_SERVICES = frozenset({IPv4Address("168.63.129.16")})
#: Networks of IPv6 that lead to the IPv4 address in their last 32 bits (RFC 6052, 8215, 4291 and 7915).
_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
#: What stands before such an address in the second half of one of ISATAP (RFC 5214).
_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
#: Bytes that one step of unpacking gives at most.
_PIECE = 1 << 16
#: Times that a page may be packed.
_LAYERS = 3
#: What a server may pack with.
ENCODINGS = "gzip, deflate"


class PrivateAddressError(Exception):
    """An address leads into a private network."""


class TooLargeError(Exception):
    """What a server sent is larger than it may be, once it is unpacked."""


class PackedError(Exception):
    """What a server sent is packed in a way that is not read, or is damaged."""


# To whom.


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1")]
    [True, False, False, False, False]
    """
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_public, [number, *_inner(number)]))


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    return number.is_global and not number.is_multicast and number not in _SERVICES


def _inner(number: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address embeds."""
    if isinstance(number, IPv4Address):
        return
    if number.ipv4_mapped is not None:
        yield number.ipv4_mapped
    if number.sixtofour is not None:
        yield number.sixtofour
    if number.teredo is not None:
        yield from number.teredo
    if number.packed[8:12] in _ISATAP or any(number in network for network in _TRANSLATED):
        yield IPv4Address(number.packed[-4:])


# How long.


class Clock(threading.local):
    """How long this thread may still take for what it was asked."""

    until: float | None = None

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Let so many seconds pass at most; inside of a longer time that is the shorter one."""
        before = self.until
        ending = time.monotonic() + seconds
        self.until = ending if before is None else min(before, ending)
        try:
            yield
        finally:
            self.until = before

    def put_off(self, seconds: float) -> None:
        """Do not count seconds that were waited for politeness."""
        if self.until is not None:
            self.until += seconds

    def left(self, timeout: float | None, error: type[Exception]) -> float | None:
        """Return how long the next step may take.

        Raises:
            error: the time is over.
        """
        if self.until is None:
            return timeout
        left = self.until - time.monotonic()
        if left <= 0:
            raise error("it took too long")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection on which every step ends when the time is over."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream, self._clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._clock.left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Network(httpcore.NetworkBackend):
    """Makes connections: to public addresses alone, unless private ones are allowed."""

    def __init__(self, clock: Clock, *, private: bool) -> None:
        self._clock, self._private = clock, private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host; to the very address that was looked at, so that its name cannot mean another by then."""
        addresses = self.resolve(host, port, timeout)
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                left = self._clock.left(timeout, httpcore.ConnectTimeout)
                stream = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            peer = stream.get_extra_info("socket").getpeername()[0]
            if not self._private and not is_public(peer):
                stream.close()
                raise PrivateAddressError(peer)
            return _Stream(stream, self._clock)
        raise last

    def resolve(self, host: str, port: int, timeout: float | None = None) -> list[str]:
        """Return the addresses of a host.

        Raises:
            PrivateAddressError: one of them is of a private network, and these are not allowed.
            httpcore.ConnectError: it has none.
            httpcore.ConnectTimeout: nobody tells in time.
        """
        addresses = _looked_up(host, port, self._clock.left(timeout, httpcore.ConnectTimeout))
        if not self._private and (private := [address for address in addresses if not is_public(address)]):
            raise PrivateAddressError(private[0])
        return addresses

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def _looked_up(host: str, port: int, timeout: float | None) -> list[str]:
    """Ask the system for a host's addresses; it has no time limit of its own."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=ask, name="audiogen-lookup", daemon=True)
    thread.start()
    thread.join(timeout)
    if not found:
        raise httpcore.ConnectTimeout(f"nobody tells the address of {host}")
    if isinstance(found[0], Exception):
        raise httpcore.ConnectError(str(found[0])) from found[0]
    return list(dict.fromkeys(str(entry[4][0]) for entry in found[0]))


class _Transport(httpx.HTTPTransport):
    """Sends requests over a guarded network; with a *proxy*, checks what the proxy will be asked for."""

    def __init__(self, network: Network, proxy: str | None = None) -> None:
        super().__init__(proxy=proxy)
        self._network, self._proxied = network, proxy is not None
        # httpx hands none on; httpcore's own pools take one.
        backend = httpcore.SyncBackend() if proxy else network
        assert hasattr(self._pool, "_network_backend"), "httpcore has changed: connections would not be looked at"
        self._pool._network_backend = backend

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._proxied:
            # The proxy makes the connection: all that can be looked at is what the name stands for here, if anything.
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                self._network.resolve(request.url.host, request.url.port or 443)
        return super().handle_request(request)


def open_client(clock: Clock, *, private: bool, headers: dict[str, str], timeout: float) -> httpx.Client:
    """Open a client within the limits; it uses the proxies of the system or the environment."""
    network = Network(clock, private=private)
    return httpx.Client(
        headers=headers | {"accept-encoding": ENCODINGS},
        timeout=timeout,
        transport=_Transport(network),
        mounts=_mounts(network),
        trust_env=False,
    )


def _mounts(network: Network) -> dict[str, httpx.BaseTransport | None]:
    """Return the transports for the proxies in the environment, and for the hosts that go without one."""
    from urllib.request import getproxies

    proxies = getproxies()
    named = {scheme: proxies.get(scheme) or proxies.get("all", "") for scheme in ("http", "https")}
    mounts: dict[str, httpx.BaseTransport | None] = {
        f"{scheme}://": _Transport(network, proxy if "://" in proxy else f"http://{proxy}")
        for scheme, proxy in named.items()
        if proxy
    }
    if mounts:
        for host in filter(None, (part.strip() for part in proxies.get("no", "").split(","))):
            if host == "*":
                return {}
            for pattern in (host.lstrip("."), f"*.{host.lstrip('.')}"):
                mounts[f"all://{pattern}"] = _Transport(network)
    return mounts


# How large.


def unpacked(parts: Iterable[bytes], encoding: str, largest: int) -> Iterator[bytes]:
    """Unpack what a server packed (Content-Encoding), piece by piece.

    Raises:
        TooLargeError: it has more than *largest* bytes, packed, unpacked or between.
        PackedError: it is packed otherwise than in gzip or deflate, too often, or damaged.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    layers = [name for name in reversed(names) if name not in ("", "identity")]
    if len(layers) > _LAYERS or not all(name in _KINDS for name in layers):
        raise PackedError(encoding)
    parts = _counted(parts, largest)
    for name in layers:
        parts = _counted(_decompressed(parts, name), largest)
    yield from parts


def _counted(parts: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > largest:
            raise TooLargeError
        yield part


#: Windows of zlib by the name of the encoding; of deflate those that servers send in its name, too.
_KINDS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}


def _decompressed(parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield the decompressed content of one content encoding, in small pieces; gzip may have several members."""
    unpacker: Any = None
    waiting, is_first = b"", True
    for part in parts:
        data, waiting = waiting + part, b""
        while data:
            if unpacker is None and len(data) < 2:
                waiting = data
                break
            if unpacker is None:
                # What follows is another member of gzip, or garbage, which is ignored.
                if not is_first and not data.startswith(b"\x1f\x8b"):
                    return
                unpacker, is_first = zlib.decompressobj(_window(data, _KINDS[name])), False
            try:
                piece = unpacker.decompress(data, _PIECE)
            except zlib.error as error:
                raise PackedError(str(error)) from error
            data = unpacker.unconsumed_tail or unpacker.unused_data
            if unpacker.eof:
                unpacker = None
            if piece:
                yield piece
    if unpacker is not None:
        yield unpacker.flush()


def _window(data: bytes, windows: tuple[int, ...]) -> int:
    """Choose the window: deflate comes with zlib's two bytes, or, from some servers, without."""
    if len(windows) == 1:
        return windows[0]
    wrapped = data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0
    return windows[0] if wrapped else windows[1]
