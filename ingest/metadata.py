"""What a document is: its title, kind and review dates, as stated or as recognised from its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.documents import Kind
from ingest import dates
from ingest.blocks import Block, BlockKind, Reading

_FIRST_BLOCKS = 30
_LAST_BLOCKS = 20
_LONGEST_TITLE = 200
_NO_TITLE = "Document"

_SAYS_BRIEFING = r"briefings?\b|inspection reports?\b|lessons learn\w+"
_SAYS_GUIDANCE = r"statutory guidance|\bguidance\b|\badvice for\b|national framework|code of practice"
_SAYS_PROCEDURE = r"\bprocedures?\b|\bmanual\b|\bpolic(?:y|ies)\b|\bprotocols?\b"
_SAYS_REVIEW = (
    r"practice review|serious case review|\blcspr\b|\bscr\b|lead inspector|inspection dates|"
    r"\binspection of .{3,60} services"
)
_IN_TITLE = (
    (_SAYS_BRIEFING, Kind.BRIEFING),
    (_SAYS_PROCEDURE, Kind.PROCEDURE),
    (_SAYS_GUIDANCE, Kind.GUIDANCE),
    (_SAYS_REVIEW, Kind.BRIEFING),
)
_IN_TEXT = (
    (rf"(?:learning|minute|this) briefing|{_SAYS_REVIEW}|inspection report", Kind.BRIEFING),
    (r"statutory guidance|\badvice for\b|national framework|this guidance", Kind.GUIDANCE),
    (r"procedures? manual|th(?:is|ese) (?:procedures?|manual|policy|protocol|chapter)\b", Kind.PROCEDURE),
)
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|html?|txt|md|rtf|odt|indd)$|^microsoft word|^untitled|^document\d*$", re.IGNORECASE
)
_UNKNOWN_KIND = (
    "The kind of this document could not be told from its words, so it is treated as guidance. To set it, "
    "write 'kind: procedure', 'kind: guidance' or 'kind: briefing' at its head, or "
    "name the kind when adding it."
)


@dataclass(frozen=True, slots=True)
class Facts:
    title: str
    kind: Kind
    last_reviewed: date | None
    next_review: date | None
    warnings: tuple[str, ...]
    effective_from: date | None = None


def facts_of(reading: Reading, name: str, kind: Kind | None = None) -> Facts:
    """Title, kind and dates: what was given first, then what the file states, then what its words show."""
    blocks = [block for block in reading.blocks if block.text.strip()]
    stated = {key.lower().replace(" ", "_").replace("-", "_"): v for key, v in reading.metadata.items()}
    title = _title(stated, blocks, name)
    warnings: list[str] = []
    edges = _edges(blocks)
    return Facts(
        title=title,
        kind=kind or _stated_kind(stated, warnings) or _recognised_kind(title, name, blocks, warnings),
        last_reviewed=_stated_date(stated, ("last_reviewed", "reviewed", "published"), warnings)
        or dates.last_reviewed(edges),
        next_review=_stated_date(stated, ("next_review", "review_date", "review_due"), warnings)
        or dates.next_review(edges),
        effective_from=_stated_date(stated, ("effective_from", "effective", "in_force_from"), warnings)
        or dates.effective_from(edges),
        warnings=tuple(warnings),
    )


def _title(stated: Mapping[str, str], blocks: Sequence[Block], name: str) -> str:
    given = stated.get("title", "").strip()
    if given and not _is_file_name(given):
        return given
    headings = [block for block in blocks if block.kind is BlockKind.HEADING and block.text.strip()]
    if headings:
        top = min(block.level for block in headings)
        return next(block.text for block in headings if block.level == top).strip()[:_LONGEST_TITLE]
    return title_from_name(name)


def _is_file_name(title: str) -> bool:
    """Word processors leave such titles: 'Microsoft Word - draft 3.docx', 'untitled'."""
    return bool(_FILE_NAME.search(title))


def title_from_name(name: str) -> str:
    """'2.1-making-a-referral.md' -> '2.1 making a referral', first letter raised."""
    stem = re.sub(r"\.(docx?|pdf|html?|txt|md|markdown)$", "", PurePath(name).name, flags=re.IGNORECASE)
    words = re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", stem).strip()
    if not re.search(r"\w", words):
        return _NO_TITLE
    return re.sub(r"[a-z]", lambda letter: letter.group().upper(), words, count=1)[:_LONGEST_TITLE]


def _stated_kind(stated: Mapping[str, str], warnings: list[str]) -> Kind | None:
    given = stated.get("kind", "").strip().lower()
    if not given:
        return None
    if given in tuple(Kind):
        return Kind(given)
    warnings.append(
        f"The head of this document names the kind '{given}'. Write 'procedure', 'guidance' or 'briefing'."
    )
    return None


def _recognised_kind(title: str, name: str, blocks: Sequence[Block], warnings: list[str]) -> Kind:
    for words in (title, title_from_name(name)):
        for pattern, kind in _IN_TITLE:
            if re.search(pattern, words, re.IGNORECASE):
                return kind
    head = "\n".join(block.text for block in blocks[:_FIRST_BLOCKS])[:6000]
    hits = ((re.search(pattern, head, re.IGNORECASE), kind) for pattern, kind in _IN_TEXT)
    found = sorted((hit.start(), kind) for hit, kind in hits if hit)
    if found:
        return found[0][1]
    warnings.append(_UNKNOWN_KIND)
    return Kind.GUIDANCE


def _edges(blocks: Sequence[Block]) -> str:
    """The words of the first and last page, or of about as many blocks; review dates stand there."""
    last = blocks[-1].page if blocks else None
    first_page = [b for b in blocks[: 3 * _FIRST_BLOCKS] if b.page == 1] if last else []
    last_page = [b for b in blocks[-3 * _LAST_BLOCKS :] if b.page == last] if last else []
    near = [*(first_page or blocks[:_FIRST_BLOCKS]), *(last_page or blocks[-_LAST_BLOCKS:])]
    return "\n".join(block.text[:2000] for block in near)


def _stated_date(stated: Mapping[str, str], keys: Sequence[str], warnings: list[str]) -> date | None:
    given = next((stated[key] for key in keys if stated.get(key, "").strip()), None)
    if given is None:
        return None
    day = dates.read_date(given)
    if day is None:
        warnings.append(f"The date '{given}' was not understood. Write it like 12 March 2025 or 2025-03-12.")
    return day
