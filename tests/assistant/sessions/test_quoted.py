"""What of a pack's quotes a sentence may rest on: each line with all that governs it, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.sessions.citations import PackCitations
from assistant.sessions.quoted import QuotedWords
from assistant.sessions.sources import Shelf
from assistant.support.checker import SupportChecker
from assistant.support.sources import Source
from assistant.support.verdict import Reason
from corpus.errors import NotFound
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.assistant.sessions.small import DOCUMENT, REVIEW, small_store
from tests.stand_ins import WordsEmbedder

LEAD, ITEM = "Staff must not:", "promise a child that a secret will be kept"
LISTED = f"{LEAD}\n\n- {ITEM};\n- ask a child leading questions about the night."
TIRED, ASKED = "A tired child is telling us something", "No adult asked K about the night."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings, store, library = small_store(tmp_path_factory.mktemp("quoted"))
    _write(library, REVIEW.replace(ASKED, f"{ASKED}\n\n{LISTED}"))
    IngestPipeline(store, settings.ingest).run([library])
    yield store
    store.close()


def _write(library: Path, review: str) -> None:
    (library / "child-k.md").write_text(review, encoding="utf-8")


def source(store: Store, *quotes: str) -> Source:
    read = Shelf(store.register).source(DOCUMENT)
    starts = [read.version.text.index(quote) for quote in quotes]
    citations = PackCitations()
    citations.cite(read.words(start, start + len(quote)) for start, quote in zip(starts, quotes, strict=True))
    return QuotedWords(store.register, store.embedder).source(citations.all)


def faults(store: Store, said: str, *quotes: str) -> tuple[Reason, ...]:
    return SupportChecker(WordsEmbedder()).check(said, [source(store, *quotes)]).reasons


def test_a_heading_is_a_line_and_the_words_around_a_quote_are_not(store: Store) -> None:
    found = source(store, TIRED, ASKED)

    assert [line.text for line in found.lines] == [TIRED, ASKED]
    assert found.text == f"{TIRED}\n{ASKED}"
    assert faults(store, "The review says that no adult asked K about the night.", TIRED, ASKED) == ()
    assert faults(store, "Tiredness was recorded four times in 3 weeks.", TIRED, ASKED)


def test_an_item_without_what_leads_in_to_it_bears_nothing(store: Store) -> None:
    assert source(store, ITEM).lines == ()
    assert faults(store, "Staff promise a child that a secret will be kept.", ITEM) == (
        Reason.MISSING_SOURCE,
    )


def test_items_of_a_list_that_is_quoted_whole_are_read_with_its_lead_in(store: Store) -> None:
    whole = store.register.version(DOCUMENT).text
    quote = whole[whole.index(LEAD) : whole.index("the night.", whole.index(LEAD)) + len("the night.")]

    assert Reason.NEGATION in faults(store, "Staff must promise a child that a secret will be kept.", quote)
    assert {line.lead for line in source(store, quote).lines if ITEM in line.text} == {LEAD}


def test_words_of_the_title_are_no_words_of_the_quote(store: Store) -> None:
    assert faults(store, "No adult asked K about the night and the tenancy.", TIRED, ASKED)


def test_quotes_of_a_document_that_was_withdrawn_are_not_found(tmp_path: Path) -> None:
    settings, store, library = small_store(tmp_path)
    read = Shelf(store.register).source(DOCUMENT)
    citations = PackCitations()
    citations.cite([read.words(0, 10)])
    (library / "child-k.md").unlink()
    IngestPipeline(store, settings.ingest).run([library])

    with pytest.raises(NotFound):
        QuotedWords(store.register, store.embedder).source(citations.all)
    store.close()
