"""Webhooks: a signed POST, as standardwebhooks.com has it, to no private address unless that is allowed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from assistant.alerts.delivery import NotDelivered, Refused
from corpus.errors import SettingsError
from corpus.settings import AlertSettings

_SHORTEST_SECRET = 24
_GONE = 410
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """What the receiver works out anew: over id, time and body, so that none can be changed or replayed."""
    signed = f"{id_}.{timestamp}.".encode() + body
    made = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


class WebhookPoster:
    """Raises SettingsError where there is no secret to sign with."""

    def __init__(self, settings: AlertSettings, resolve: Resolve = resolve) -> None:
        self._secret = settings.webhook_secret.get_secret_value()
        if len(self._secret) < _SHORTEST_SECRET:
            raise SettingsError(
                f"Webhooks need a secret of at least {_SHORTEST_SECRET} characters.",
                "Set ASSISTANT_ALERTS__WEBHOOK_SECRET.",
            )
        self._allow_private = settings.webhook_private
        self._timeout = settings.timeout_seconds
        self._resolve = resolve

    def send(self, address: str, id_: str, body: bytes, at: datetime) -> None:
        """Returns once the receiver said 2xx. Raises NotDelivered or Refused."""
        url = httpx.URL(address)
        target = self._checked(address)
        timestamp = int(at.timestamp())
        headers = {
            "Host": url.netloc.decode(),
            "Content-Type": "application/json",
            "User-Agent": "safeguarding-assistant",
            "webhook-id": id_,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._secret, id_, timestamp, body),
        }
        try:
            # To the address that was checked: the name could lead elsewhere a moment later. No redirects, and
            # no proxy of the environment, for the same reason.
            with (
                httpx.Client(timeout=self._timeout, follow_redirects=False, trust_env=False) as client,
                client.stream(
                    "POST",
                    url.copy_with(host=target),
                    content=body,
                    headers=headers,
                    extensions={"sni_hostname": url.host},
                ) as response,
            ):
                status = response.status_code
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NotDelivered(f"The webhook cannot be reached: {type(error).__name__}.") from None
        if status == _GONE:
            raise Refused("The webhook is gone (410).")
        if not 200 <= status < 300:
            raise NotDelivered(f"The webhook answered {status}.")

    def _checked(self, address: str) -> str:
        """One address of the host, all of which are allowed."""
        parts = urlsplit(address)
        if parts.scheme != "https" and not self._allow_private:
            raise Refused("A webhook must be an https address.")
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = self._resolve(host, port)
        except OSError:
            raise NotDelivered("The webhook's host cannot be found.") from None
        if not found:
            raise NotDelivered("The webhook's host has no address.")
        if not self._allow_private and not all(map(is_public, found)):
            raise NotDelivered("The webhook's host has a private address, and the settings allow none.")
        return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast
