"""Where documents come from: files named one by one, folders walked, and what was handed in or fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import IngestError, UnreadableFile
from corpus.file_names import is_text, kept, shown
from ingest.readers import REFUSED, SUFFIXES

_TAKEN = SUFFIXES | REFUSED.keys()
_HIDDEN = (".", "~$")
_EARLIER_FOLDER = "earlier"
_EARLIER_NAME = re.compile(r"(?P<stem>.+)@(?P<date>\d{4}-\d\d-\d\d)$")


UPLOADED = "upload:"
"""What the source of a document that was handed in begins with."""
_NO_FILE = (UPLOADED, "http://", "https://")


class Item(Protocol):
    """One file's worth of bytes that may become a version of a document. `source` is the document's lasting
    name, `name` the file's as it is kept, `title` a better one than the file's own words give, if there is
    one."""

    @property
    def source(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def label(self) -> str:
        """What a report calls it."""
        ...

    @property
    def is_earlier(self) -> bool: ...
    def read(self, max_mb: int) -> bytes:
        """Raises UnreadableFile."""
        ...


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was uploaded or fetched, and lies in `path`."""

    source: str
    name: str
    path: Path
    title: str | None = None
    is_earlier: bool = False

    @property
    def label(self) -> str:
        return self.source

    def read(self, max_mb: int) -> bytes:
        """The bytes; see SourceFile."""
        return _read(self.path, max_mb)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be taken in.

    `earlier/4.1-neglect@2025-03-10.md` is how `4.1-neglect.md` was on that day: an earlier version of
    the same document.
    """

    path: Path

    @property
    def source(self) -> str:
        """The document's lasting name: the absolute path of the file that holds its newest version."""
        earlier = self._earlier
        if earlier is None:
            return str(self.path)
        return str(self.path.parent.parent / f"{earlier['stem']}{self.path.suffix}")

    @property
    def is_earlier(self) -> bool:
        return self._earlier is not None

    @property
    def order(self) -> tuple[str, bool, str]:
        """Sorts the versions of a document from the earliest to the newest."""
        return self.source, not self.is_earlier, self.path.name

    @property
    def _earlier(self) -> re.Match[str] | None:
        if self.path.parent.name != _EARLIER_FOLDER:
            return None
        return _EARLIER_NAME.match(self.path.stem)

    @property
    def name(self) -> str:
        return kept(self.path.name)

    @property
    def title(self) -> str | None:
        return None

    @property
    def label(self) -> str:
        return shown(self.path)

    def read(self, max_mb: int) -> bytes:
        """The file's bytes. Raises UnreadableFile for one that is too large or cannot be opened, or whose
        path no register could hold."""
        for part in self.path.parts:
            if not is_text(part):
                raise UnreadableFile(
                    f"The name {shown(part)} holds bytes that are no text.",
                    "Rename it; such names often come from an old archive or another system.",
                )
        return _read(self.path, max_mb)


def _read(path: Path, max_mb: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_mb * 1_000_000:
            raise UnreadableFile(
                f"The file is {size / 1e6:.0f} MB, the limit is {max_mb} MB.",
                "Part it, or raise ASSISTANT_INGEST__MAX_FILE_MB.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"The file cannot be opened: {error.strerror}.", "Check that it is there and may be read."
        ) from error


def find_files(roots: Sequence[Path]) -> list[SourceFile]:
    """All files under the roots, each once, earlier versions before later ones.

    Raises IngestError for a root that is not there.
    A folder's walk leaves out what is hidden and what no office would save a document as (pictures,
    data); a file that was named is always in the list.
    """
    found: dict[Path, None] = {}
    for root in roots:
        require_there(root)
        for path in [root] if root.is_file() else _walk(root):
            found.setdefault(path.resolve())
    return sorted(map(SourceFile, found), key=lambda file: file.order)


def require_there(path: Path) -> None:
    """Raises IngestError for a path where nothing is, or that may not be looked at."""
    try:
        if path.exists():
            return
    except OSError as error:
        raise IngestError(
            f"{shown(path)} cannot be looked at: {error.strerror}.", "Check the path, and who may read it."
        ) from error
    raise IngestError(f"There is no file or folder {shown(path)}.", "Check the spelling of the path.")


def is_absent(source: str) -> bool:
    """Whether a file is gone; what may not be looked at is not known to be."""
    try:
        return not Path(source).exists()
    except OSError:
        return False


def is_file(source: str) -> bool:
    """Whether a source is a file of a folder, and not an upload or a web page."""
    return not source.startswith(_NO_FILE)


def is_under(source: str, roots: Sequence[Path]) -> bool:
    """Whether a source lies in one of the folders, or is one of the files."""
    return is_file(source) and any(Path(source).is_relative_to(root.resolve()) for root in roots)


def _walk(folder: Path) -> Iterator[Path]:
    """The files, and the folders that cannot be looked into: these are refused when they are read."""
    closed: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        for name in names:
            path = Path(at, name)
            if not name.startswith(_HIDDEN) and path.suffix.lower() in _TAKEN and _may_be_file(path):
                yield path
    yield from (Path(error.filename) for error in closed)


def _may_be_file(path: Path) -> bool:
    """No pipe, and no link that leads nowhere."""
    try:
        return path.is_file()
    except OSError:
        return True
