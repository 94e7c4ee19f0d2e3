"""Word documents made in the test, part by part."""

from __future__ import annotations

import io
import zipfile

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_URI = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(
    body: str,
    parts: dict[str, str] | None = None,
    *,
    extra: dict[str, bytes] | None = None,
    uri: str = W_URI,
    prolog: str = "",
    background: str = "",
) -> bytes:
    """A .docx whose body is this markup; `parts` are styles, settings, numbering, comments, footnotes or
    endnotes."""
    parts = parts or {}
    made = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": f'{prolog}<w:document xmlns:w="{uri}">{background}<w:body>{body}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": _relationships({part: f"{part}.xml" for part in parts}),
    }
    for part, content in parts.items():
        made[f"word/{part}.xml"] = f'<w:{part} xmlns:w="{W_URI}">{content}</w:{part}>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _relationships(targets: dict[str, str]) -> str:
    made = (
        f'<Relationship Type="{_DOC_RELS}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{"".join(made)}</Relationships>'


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, depth: int, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(depth: int, form: str, pattern: str, rest: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/>{rest}</w:lvl>'
    )


def numbering(*levels: str, overrides: str = "") -> str:
    """Lists 1 and 2 of one definition; `overrides` are those of list 2."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


def style(style_id: str, name: str, rest: str = "", based_on: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{rest}</w:style>'
    )


def styled(text: str, style_id: str) -> str:
    return p(text, f'<w:pStyle w:val="{style_id}"/>')


def row(*cells: str, properties: str = "") -> str:
    made = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tc(text: str, properties: str = "", inside: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
