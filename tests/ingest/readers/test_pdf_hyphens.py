from __future__ import annotations

import pytest

from ingest.readers.pdf_hyphens import Hyphens


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a multi-", "agency plan"], "a multi-agency plan"),
        (["a Section 47-", "type enquiry"], "a Section 47-type enquiry"),
        (["an edge-of-", "care panel"], "an edge-of-care panel"),
        (["Anglo-", "Saxon"], "Anglo-Saxon"),
        (["pages 4 -", "6"], "pages 4 - 6"),
        (["one", "two"], "one two"),
    ],
)
def test_hyphens_that_belong_to_the_word_stay(lines: list[str], joined: str) -> None:
    assert Hyphens(lines).join(lines) == joined


def test_the_document_decides_by_how_it_writes_the_word_elsewhere() -> None:
    hyphens = Hyphens(["The safeguarding lead and the follow-up", "visit"])
    assert hyphens.join(["safe-", "guarding"]) == "safeguarding"
    assert hyphens.join(["follow-", "up"]) == "follow-up"


def test_two_words_that_both_stand_alone_keep_their_hyphen() -> None:
    assert Hyphens(["the child is the centre", "centred on"]).join(["child-", "centred"]) == "child-centred"


def test_a_document_hyphenated_by_machine_loses_hyphens_that_nothing_speaks_for() -> None:
    broken = ["the con-", "ference is arran-", "ged by the commit-", "tee which deli-", "berates"]
    assert Hyphens(broken).join(broken) == "the conference is arranged by the committee which deliberates"
