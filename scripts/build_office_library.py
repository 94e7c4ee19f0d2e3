"""Makes the chapters of the sample library that are office files, from their Markdown sources.

Run it from the root of the project after a source has changed: python -m scripts.build_office_library
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts.office_chapter import Chapter, chapter_of
from scripts.office_pdf import pdf_file
from scripts.office_word import word_file

LIBRARY = Path(__file__).resolve().parents[1] / "corpus" / "library"
_MAKERS: Mapping[str, Callable[[Chapter], bytes]] = {".docx": word_file, ".pdf": pdf_file}
_SUFFIXES = {"1.2": ".pdf", "2.1": ".docx", "3.2": ".docx", "4.6": ".pdf", "5.2": ".pdf", "6.2": ".docx"}
"""What each chapter that has a source becomes."""


def office_files() -> Iterator[tuple[Path, Path]]:
    """Each source with the office file that is made of it."""
    for source in sorted((LIBRARY / "sources").glob("*.md")):
        suffix = _SUFFIXES[source.name.partition("-")[0]]
        yield source, LIBRARY / "procedures" / f"{source.stem}{suffix}"


def built(source: Path, suffix: str) -> bytes:
    """The bytes of the office file, which depend on the source alone."""
    return _MAKERS[suffix](chapter_of(source))


def main() -> None:
    for source, target in office_files():
        target.write_bytes(built(source, target.suffix))
        print(target.relative_to(LIBRARY))


if __name__ == "__main__":
    main()
