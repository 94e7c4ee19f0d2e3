"""Over TLS the certificate is held against the name, though the connection goes to an address."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.settings import WebSettings
from ingest.web.fetching import Failed, Fetcher
from tests.ingest.web.site import HOST, Site, chapter, resolver_of, running

OTHER = "other.example.org"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of the site's name, signed by itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "site.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    with running(certificate) as site:
        site.pages["/"] = chapter("Referral")
        yield site


def fetch(site: Site, host: str, trusted: Path | None) -> bytes:
    context = ssl.create_default_context(cafile=str(trusted)) if trusted else None
    web = WebSettings(private_hosts=(HOST, OTHER), page_seconds=5)
    fetcher = Fetcher(web, 100_000, resolver_of(other_example_org=["127.0.0.1"]), certificates=context)
    try:
        url = f"https://{host}:{site.port}/"
        return fetcher.get(url, lambda _: None, lambda *_: True).body or b""
    finally:
        fetcher.close()


def test_a_trusted_certificate_of_the_name_is_good(secure: Site, certificate: Path) -> None:
    assert b"<h1>Referral</h1>" in fetch(secure, HOST, certificate)


def test_a_certificate_of_another_name_is_refused(secure: Site, certificate: Path) -> None:
    with pytest.raises(Failed, match="does not answer as it should"):
        fetch(secure, OTHER, certificate)
    assert not secure.asked


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Site) -> None:
    with pytest.raises(Failed, match="does not answer as it should"):
        fetch(secure, HOST, None)
    assert not secure.asked
