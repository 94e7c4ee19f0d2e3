"""The assistant put together over one store."""

from __future__ import annotations

from assistant.answers import Answer, AnswerStatus, Replies
from assistant.conversations import Conversations
from assistant.enquiry import Enquiry, Turn
from assistant.pipeline import AnswerPipeline
from assistant.retriever import HybridRetriever
from assistant.steps.compose import Compose
from assistant.steps.interpret import Interpret
from assistant.steps.retrieve import Retrieve
from assistant.steps.screen import Screen
from assistant.steps.verify import Verify
from corpus.settings import Settings
from corpus.store import Store

_KEPT = {AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED, AnswerStatus.NOT_IN_CORPUS}


class Assistant:
    """Answers questions; with a conversation's id, in the light of the ones before."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.retriever = HybridRetriever(store=store, settings=settings.retrieval)
        self.replies = Replies(settings.answers)
        self._conversations = Conversations()
        self._pipeline = AnswerPipeline(
            [
                Screen(store.publishes),
                Interpret(),
                Retrieve(self.retriever, settings.retrieval),
                Compose(settings.answers),
                Verify(store.register),
            ],
            self.replies,
        )

    def ask(self, question: str, conversation_id: str | None = None) -> Answer:
        """Never raises for a fault of the store: the answer's status tells."""
        turns = self._conversations.turns(conversation_id) if conversation_id else ()
        answer = self._pipeline.answer(Enquiry(question, turns))
        if conversation_id and answer.status in _KEPT:
            self._conversations.add(conversation_id, Turn(answer.question))
        return answer
