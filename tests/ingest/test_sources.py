"""Folders are walked for what an office saves documents as; files that are named are always taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import IngestError, UnreadableFile
from ingest.sources import SourceFile, find_files, is_absent, is_under


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.md",
        "a.PDF",
        "deep/er/c.docx",
        "d.doc",
        ".hidden.md",
        ".git/config.txt",
        "~$open.docx",
        "picture.png",
        "none",
    ):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path / "files"


def names(*roots: Path) -> list[str]:
    return [file.name for file in find_files(roots)]


def test_a_folder_is_walked_in_path_order_without_what_is_hidden_or_no_document(folder: Path) -> None:
    assert names(folder) == ["a.PDF", "b.md", "d.doc", "c.docx"]


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    assert names(folder / "none", folder / ".hidden.md") == [".hidden.md", "none"]


def test_each_file_is_taken_once(folder: Path) -> None:
    assert names(folder / "deep", folder / "deep" / "er" / "c.docx", folder / "deep" / ".." / "deep") == [
        "c.docx"
    ]


def test_a_source_is_the_absolute_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    (found,) = find_files([Path("b.md")])

    assert found.source == str(folder / "b.md")


def test_a_root_that_is_not_there_is_an_error(folder: Path) -> None:
    with pytest.raises(IngestError, match=r"There is no file or folder .*nowhere\. Check the spelling"):
        find_files([folder, folder / "nowhere"])


def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 2_000_001)

    with pytest.raises(UnreadableFile, match=r"2 MB, the limit is 1 MB.*ASSISTANT_INGEST__MAX_FILE_MB"):
        SourceFile(large).read(1)
    assert len(SourceFile(large).read(3)) == 2_000_001


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened: No such file"):
        SourceFile(tmp_path / "gone.txt").read(1)


def test_what_lies_under_a_root_is_told_by_folder_not_by_spelling(tmp_path: Path) -> None:
    roots = [tmp_path / "files" / ".." / "files", tmp_path / "one.md"]

    assert is_under(str(tmp_path / "files" / "deep" / "a.md"), roots)
    assert is_under(str(tmp_path / "one.md"), roots)
    assert not is_under(str(tmp_path / "files-old" / "a.md"), roots)
    assert not is_under(str(tmp_path / "two.md"), roots)


def test_an_earlier_version_belongs_to_the_file_it_was(tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    for name in ("earlier/neglect@2025-03-10.md", "earlier/neglect@2024-03-10.md", "neglect.md"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    files = find_files([tmp_path])
    assert [file.name for file in files] == ["neglect@2024-03-10.md", "neglect@2025-03-10.md", "neglect.md"]
    assert {file.source for file in files} == {str((tmp_path / "neglect.md").resolve())}
    assert [file.is_earlier for file in files] == [True, True, False]


def test_a_name_that_is_no_text_is_refused_and_told_by_its_bytes(tmp_path: Path) -> None:
    for name in (b"caf\xe9.md", b"files\xff/inside.md", b"z.md"):
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")

    *bad, good = find_files([tmp_path])

    for file, name in zip(bad, (r"caf\xe9.md", r"files\xff"), strict=True):
        assert name in file.label
        with pytest.raises(UnreadableFile) as refusal:
            file.read(1)
        assert refusal.value.message == f"The name {name} holds bytes that are no text."
    assert good.read(1) == b"words"


def test_a_path_that_is_too_long_to_be_looked_at_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="cannot be looked at: File name too long"):
        find_files([tmp_path / ("x" * 300)])


def test_a_folder_that_cannot_be_looked_into_is_refused_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, look = tmp_path / "closed", os.scandir
    for path in (closed / "inside.md", tmp_path / "open" / "seen.md"):
        path.parent.mkdir()
        path.write_text("words")

    def scandir(at: os.PathLike[str]) -> object:
        if Path(at) == closed:
            raise PermissionError(13, "Permission denied", str(at))
        return look(at)

    monkeypatch.setattr(os, "scandir", scandir)
    refused, seen = find_files([tmp_path])

    assert seen.name == "seen.md"
    assert refused.path == closed
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        refused.read(1)


def test_a_file_that_may_not_be_looked_at_is_not_known_to_be_gone(tmp_path: Path) -> None:
    assert is_absent(str(tmp_path / "gone.md"))
    assert not is_absent(str(tmp_path / ("x" * 300)))
