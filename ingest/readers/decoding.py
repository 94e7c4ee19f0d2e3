"""Bytes of a text file -> characters, whatever the encoding."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOSTLY_LATIN = 0.2
"""A text in a Latin script has fewer bytes over 127 than this; Greek or Cyrillic has far more."""


def decode(data: bytes) -> tuple[str, str]:
    """The text, and a warning that is empty where nothing had to be guessed. NULs are dropped."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            return text.replace("\0", ""), ""
    if encoding := _unmarked_utf16(data):
        return data.decode(encoding, "replace").replace("\0", ""), ""
    data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guess(data)


def _unmarked_utf16(data: bytes) -> str:
    """Western text in UTF-16 has a NUL in nearly every other byte."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.6 * half else ""


def _guess(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    good = sum(ord(c) > 127 for c in damaged) - bad
    if good > bad:  # sequences that are valid UTF-8 hardly ever come about by chance
        return damaged, f"Damaged characters in the file, shown as \ufffd: {bad}."
    high = sum(byte > 127 for byte in data)
    if high <= _MOSTLY_LATIN * len(data):
        # On short English texts with a few curly quotes, charset-normalizer answers cp1250, mac_roman or
        # big5; Windows-1252 is what such files nearly always are.
        return data.decode("cp1252", "replace"), ""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return data.decode("cp1252", "replace"), "The encoding of the file could not be told."
    return str(best), f"The encoding of the file was guessed: {best.encoding}."
