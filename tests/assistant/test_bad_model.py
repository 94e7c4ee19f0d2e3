"""A real small model invents freely: nothing of it reaches the reader, who is answered all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answers import AnswerStatus
from assistant.assembly import Assistant
from corpus.settings import ChatSettings, RetrievalSettings, Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from scripts.bad_model import NAME, ModelAbsent, served
from scripts.measure_bad_model import inventions
from tests import services
from tests.assistant.generating import FILES
from tests.stand_ins import WordsEmbedder

QUESTIONS = (
    "When must the core group meet?",
    "How often should the key worker visit the family?",
    "Whom must the health visitor tell about each visit?",
    "What is the telephone number of the duty line?",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    try:
        with served() as url:
            yield url
    except ModelAbsent as absent:
        services.absent(str(absent))


@pytest.fixture(scope="module")
def assistant(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("manual")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    chat = ChatSettings(
        model=f"openai:{NAME}",
        base_url=address,
        api_key=SecretStr("none"),
        timeout_seconds=60,
        chunk_seconds=60,
        max_tokens=120,
        passages=3,
        min_share=0,
    )
    retrieval = RetrievalSettings(min_confidence=0)
    settings = Settings(data_dir=folder.parent / "bad-model", chat=chat, retrieval=retrieval)
    with Store(settings, "test", WordsEmbedder()) as store:
        IngestPipeline(store, settings.ingest).run([folder])
        yield Assistant(store, settings)


def test_no_invention_of_a_real_model_reaches_the_reader(assistant: Assistant) -> None:
    written = 0
    for question in QUESTIONS:
        answer = assistant.ask(question)
        assert answer.status is AnswerStatus.ANSWERED
        written += sum(answer.dropped.values())
        quotes = {citation.number: citation.quote for citation in answer.citations}
        for sentence in answer.sentences:
            cited = "\n".join(quotes[number] for number in sentence.citations)
            assert inventions(sentence.text, cited) == []
            if answer.model is None:
                assert sentence.text == cited
    assert written > len(QUESTIONS), "the model was not asked, or invented nothing"
