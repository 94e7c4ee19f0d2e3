"""A pack as a file of any format that offices use."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from assistant.sessions.exports.own_files import kind_of_logo
from assistant.sessions.exports.sheet import Look
from assistant.sessions.pack import Pack


class FileKind(StrEnum):
    DOCX = "docx"
    PPTX = "pptx"
    MARKDOWN = "md"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.MARKDOWN: "text/markdown; charset=utf-8",
    FileKind.PDF: "application/pdf",
}


def as_file(pack: Pack, kind: FileKind, look: Look) -> bytes:
    """Raises SettingsError for a logo or a template that cannot be used."""
    _require_logo(kind, look)
    return _WRITERS[kind](pack, look)


def require_own_files(kind: FileKind, look: Look) -> None:
    """Before a pack is made for it. Raises SettingsError for a logo or a template that cannot be used."""
    _require_logo(kind, look)
    if kind is FileKind.DOCX:
        from assistant.sessions.exports.docx_styles import open_word

        open_word(look.docx_template)
    if kind is FileKind.PPTX:
        from assistant.sessions.exports.pptx_layouts import open_with_layouts

        open_with_layouts(look.pptx_template)


def _require_logo(kind: FileKind, look: Look) -> None:
    if look.logo and kind is not FileKind.MARKDOWN:
        kind_of_logo(look.logo)


def file_name(pack: Pack, kind: FileKind) -> str:
    """Safe on every system: "learning-from-reviews-invisible-fathers-30-min.docx"."""
    words = "".join(each.lower() if each.isascii() and each.isalnum() else " " for each in pack.title)
    return f"{'-'.join(words.split())[:80] or 'session'}-{pack.request.minutes}-min.{kind.value}"


def _docx(pack: Pack, look: Look) -> bytes:
    # A quarter of a second to import, which only those wait for who want such a file; so with the others.
    if pack.is_one_page:
        from assistant.sessions.exports.docx_page import as_docx_page

        return as_docx_page(pack, look)
    from assistant.sessions.exports.docx import as_docx

    return as_docx(pack, look)


def _pptx(pack: Pack, look: Look) -> bytes:
    from assistant.sessions.exports.pptx import as_pptx

    return as_pptx(pack, look)


def _markdown(pack: Pack, look: Look) -> bytes:
    from assistant.sessions.exports.markdown import as_markdown

    return as_markdown(pack, look).encode()


def _pdf(pack: Pack, look: Look) -> bytes:
    from assistant.sessions.exports.pdf import as_pdf

    return as_pdf(pack, look)


_WRITERS: dict[FileKind, Callable[[Pack, Look], bytes]] = {
    FileKind.DOCX: _docx,
    FileKind.PPTX: _pptx,
    FileKind.MARKDOWN: _markdown,
    FileKind.PDF: _pdf,
}
