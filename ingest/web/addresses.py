"""Which addresses may be fetched: of the same site, of a public network, and no trap that never ends."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from corpus.errors import IngestError

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port -> the IP addresses that the host's name stands for. Raises OSError."""

_LONGEST = 1_000
_MOST_SEGMENTS = 15
_MOST_REPEATS = 3
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|phpsessid|jsessionid|sessionid|sid", re.IGNORECASE)
_SESSION_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(IngestError):
    """An address that must not be fetched, with the reason."""


def resolve(host: str, port: int) -> list[str]:
    """By the machine's own resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def pinned(host: str, port: int, resolver: Resolver, allowed: Collection[str] = ()) -> str:
    """The one IP address to connect to. Raises Forbidden where any that the name stands for is not public.

    The caller connects to the address that was looked at, so that a name which is given another address a
    moment later gains nothing. `allowed` are host names that may lie in a private network.
    """
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise Forbidden(f"The name {host} is not known.", "Check the spelling of the address.") from error
    if not addresses:
        raise Forbidden(f"The name {host} is not known.", "Check the spelling of the address.")
    if host not in allowed and not all(map(is_public, addresses)):
        raise Forbidden(
            f"{host} lies in a private network.",
            "If it is a manual of your own network, name it in ASSISTANT_WEB__PRIVATE_HOSTS.",
        )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach this IP address, hidden forms of IPv4 looked through."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden is None and ip in _NAT64:
            hidden = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return ip.is_global and not ip.is_multicast


def normalised(url: str, base: str = "") -> str | None:
    """The address in the one form that names its page; None for what is no web address or is too long.

    Fragments, default ports, session ids and tracking parameters go.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.username or parts.password:
        return None
    place = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS[parts.scheme]:
        place = f"{place}:{port}"
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    )
    path = _SESSION_PATH.sub("", parts.path) or "/"
    found = urlunsplit((parts.scheme, place, path.replace(" ", "%20"), query, ""))
    return found if len(found) <= _LONGEST else None


def site_of(url: str) -> tuple[str, int]:
    """Host and port; http and https of one host are one site."""
    parts = urlsplit(url)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    return parts.hostname or "", 443 if port == 80 else port


def is_trap(url: str) -> bool:
    """Whether the path repeats itself or grows as paths do that a site makes up for ever."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return len(segments) > _MOST_SEGMENTS or max(Counter(segments).values(), default=0) > _MOST_REPEATS


def page_of(url: str) -> str:
    """The address without its query: pages that differ in nothing else are often one list in every order."""
    return url.partition("?")[0]
