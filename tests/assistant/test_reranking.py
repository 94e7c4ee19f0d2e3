"""Any LangChain document compressor can take a second look; here a LangChain cross-encoder does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from langchain_core.callbacks import Callbacks
from langchain_core.cross_encoders import BaseCrossEncoder
from langchain_core.documents import Document
from langchain_core.documents.compressor import BaseDocumentCompressor
from pydantic import ConfigDict

from assistant.reranking import Reranker, load_compressor
from corpus.errors import SettingsError
from tests.assistant.making import found


class SharedWords(BaseCrossEncoder):
    """How many words of the question a text has."""

    def score(self, text_pairs: list[tuple[str, str]]) -> list[float]:
        return [float(len(set(q.lower().split()) & set(t.lower().split()))) for q, t in text_pairs]


class CrossEncoderReranker(BaseDocumentCompressor):
    """As LangChain's own of that name: pairs scored by a cross-encoder, the best `top_n` kept."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    model: BaseCrossEncoder
    top_n: int = 2

    def compress_documents(
        self,
        documents: Sequence[Document],
        query: str,
        callbacks: Callbacks | None = None,  # noqa: ARG002 (LangChain's signature)
    ) -> Sequence[Document]:
        values = self.model.score([(query, document.page_content) for document in documents])
        ranked = sorted(zip(documents, values, strict=True), key=lambda pair: -pair[1])
        return [document for document, _ in ranked[: self.top_n]]


def make_reranker() -> BaseDocumentCompressor:
    return CrossEncoderReranker(model=SharedWords())


def make_trouble() -> BaseDocumentCompressor:
    raise RuntimeError("The model is not in the cache.\nLook for it.")


def make_nothing() -> str:
    return "nothing"


FOUND = [
    found("A plan is kept.", score=3.0, start=0),
    found("Parents are told of it.", score=2.9, start=50),
    found("The chair sends the minutes to parents", score=2.8, start=100),
]


def test_what_the_cross_encoder_prefers_comes_first() -> None:
    values = Reranker(make_reranker(), weight=1.0, depth=3).rescored(
        FOUND, "who sends the minutes to parents"
    )
    assert values.argmax() == 2


def test_its_weight_decides_how_much_it_counts() -> None:
    values = Reranker(make_reranker(), weight=0.01, depth=3).rescored(
        FOUND, "who sends the minutes to parents"
    )
    assert values.argmax() == 0


def test_what_lies_deeper_keeps_its_score() -> None:
    values = Reranker(make_reranker(), weight=1.0, depth=2).rescored(FOUND, "parents told")
    assert values[2] == FOUND[2].score


class Failing(BaseDocumentCompressor):
    """As one whose server is gone."""

    def compress_documents(
        self,
        documents: Sequence[Document],  # noqa: ARG002 (LangChain's signature)
        query: str,
        callbacks: Callbacks | None = None,  # noqa: ARG002
    ) -> Sequence[Document]:
        raise ConnectionError(f"No answer to {query}")


def test_one_that_fails_keeps_nobody_from_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    values = Reranker(Failing(), weight=1.0, depth=3).rescored(FOUND, "who tells Tobias")
    assert list(values) == [passage.score for passage in FOUND]
    assert "ConnectionError" in caplog.text
    assert "Tobias" not in caplog.text


def test_it_is_made_by_the_function_that_the_setting_names() -> None:
    assert isinstance(load_compressor(f"{__name__}:make_reranker"), BaseDocumentCompressor)


@pytest.mark.parametrize("name", ["nowhere:make", f"{__name__}:absent", f"{__name__}:make_nothing", "", "x"])
def test_a_setting_that_names_no_compressor_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        load_compressor(name)


def test_a_function_that_fails_is_told_in_one_line() -> None:
    with pytest.raises(SettingsError, match=r"cannot be made: The model is not in the cache\. ASSISTANT_"):
        load_compressor(f"{__name__}:make_trouble")
