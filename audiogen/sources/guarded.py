"""The HTTP client for untrusted addresses: limits time and size, and refuses addresses of private networks.

Addresses may come from strangers, and servers may be hostile. So the time for a page runs from the request to the last
byte, however slowly that comes. Each connection's actual IP address is checked, because a host name may resolve to any
address and may change. Compressed content is decompressed in small pieces.
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

#: Public addresses that are internal services of cloud providers: Azure's.
_SERVICES = frozenset({IPv4Address("168.63.129.16")})
#: Networks of IPv6 that lead to the IPv4 address in their last 32 bits (RFC 6052, 8215, 4291 and 7915).
_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
#: The first half of an ISATAP interface identifier (RFC 5214), before the IPv4 address.
_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
#: Maximum number of bytes that one decompression step returns.
_PIECE = 1 << 16
#: Maximum number of content encodings of a page.
_LAYERS = 3
#: The accepted content encodings.
ENCODINGS = "gzip, deflate"


class PrivateAddressError(Exception):
    """An address leads into a private network."""


class TooLargeError(Exception):
    """A response is larger than allowed, compressed or decompressed."""


class PackedError(Exception):
    """A response has an unsupported content encoding, or is damaged."""


# To whom.


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet; False for an invalid one.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1")]
    [True, False, False, False, False]
    """
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_public, [number, *_inner(number)]))


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    """Return whether a parsed IP address is global, not multicast, and not a cloud provider's service."""
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
    """The deadline of the current thread's request."""

    until: float | None = None

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Set a deadline in *seconds* for the block; a shorter outer one stays."""
        before = self.until
        ending = time.monotonic() + seconds
        self.until = ending if before is None else min(before, ending)
        try:
            yield
        finally:
            self.until = before

    def put_off(self, seconds: float) -> None:
        """Move the deadline by *seconds*, which were spent waiting."""
        if self.until is not None:
            self.until += seconds

    def left(self, timeout: float | None, error: type[Exception]) -> float | None:
        """Return the timeout of the next step: *timeout*, or the time until the deadline if that is less.

        Raises:
            error: The deadline has passed.
        """
        if self.until is None:
            return timeout
        left = self.until - time.monotonic()
        if left <= 0:
            raise error("it took too long")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A network stream with the clock's deadline in each step."""

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
    """A network backend of httpcore that connects only to public addresses, unless private ones are allowed."""

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
        """Connect to a host by an IP address that was checked.

        Connecting by name could reach another address, if the name resolves differently meanwhile.
        """
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
        """Return the IP addresses of a host.

        Raises:
            PrivateAddressError: One of them is private, and private ones are not allowed.
            httpcore.ConnectError: The host has none.
            httpcore.ConnectTimeout: The resolver does not answer in time.
        """
        addresses = _looked_up(host, port, self._clock.left(timeout, httpcore.ConnectTimeout))
        if not self._private and (private := [address for address in addresses if not is_public(address)]):
            raise PrivateAddressError(private[0])
        return addresses

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def _looked_up(host: str, port: int, timeout: float | None) -> list[str]:
    """Return the system resolver's result for a host; a thread limits its time, because the resolver has no timeout."""
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
    """Sends requests over a `Network`; with a *proxy*, checks the host that the proxy will connect to."""

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
    """Return an HTTP client with these limits; it uses the proxies of the system or the environment."""
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
    """Yield the decompressed content of a response (Content-Encoding), in small pieces.

    Raises:
        TooLargeError: There are more than *largest* bytes in one of the layers.
        PackedError: An encoding is not gzip or deflate, there are too many, or the data is damaged.
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
    """Yield the parts; TooLargeError after *largest* bytes."""
    size = 0
    for part in parts:
        size += len(part)
        if size > largest:
            raise TooLargeError
        yield part


#: zlib's window parameters by encoding; servers send deflate with and without zlib's header.
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
    """Return zlib's window parameter for *data*: deflate comes with zlib's header or, from some servers, without."""
    if len(windows) == 1:
        return windows[0]
    wrapped = data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0
    return windows[0] if wrapped else windows[1]
