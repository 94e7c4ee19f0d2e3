"""The assistant put together over one store."""

from __future__ import annotations

from assistant.answers import Answer, Replies
from assistant.archive import Archive
from assistant.conversations import IS_TURN, Conversations, key_of, turn_of
from assistant.danger import Recogniser
from assistant.enquiry import Enquiry, Release, Turn
from assistant.name_model import name_scores
from assistant.pipeline import AnswerPipeline, Step
from assistant.records import Records
from assistant.retriever import HybridRetriever
from assistant.steps.compose import Compose
from assistant.steps.interpret import Interpret
from assistant.steps.recount import Recount
from assistant.steps.remark import Remark
from assistant.steps.retrieve import Retrieve
from assistant.steps.screen import Screen
from assistant.steps.verify import Verify
from corpus.settings import Settings
from corpus.store import Store


class Assistant:
    """Answers questions; with a conversation's id, in the light of the ones before.

    Where `records` are given, every answer that `ask` gives is kept there.
    """

    def __init__(self, store: Store, settings: Settings, records: Records | None = None) -> None:
        self.retriever = HybridRetriever(store=store, settings=settings.retrieval)
        self.replies = Replies(settings.answers)
        self._records = records
        archive = Archive(store.register.engine)
        self.conversations = Conversations(archive.turns) if records else Conversations()
        verify = Verify(store.register)
        self._pipeline = AnswerPipeline(
            [
                Screen(
                    store.publishes,
                    name_scores(settings.screen),
                    Recogniser(store.embedder),
                    answers_below=True,
                ),
                Interpret(self.replies),
                Recount(store.register, settings.answers),
                Retrieve(self.retriever, settings.retrieval),
                _composing(store, settings, verify),
                Remark(self.replies, settings.answers),
                verify,
            ],
            self.replies,
        )

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        release: Release | None = None,
        *,
        turns: tuple[Turn, ...] = (),
        is_safe: bool = False,
        is_first: bool = False,
    ) -> Answer:
        """Never raises for a fault of the store: the answer's status tells.

        A chat model's sentences are handed to `release` as they are verified. The answer is what stands:
        where too few of them passed, it holds quotes instead. `turns`, screened, are those before of somebody
        who keeps the conversation and has no id for it. `is_safe`: whoever asks says, after the signpost,
        that nobody is in danger now. `is_first`: the conversation's id was made just now, and has no turns.
        """
        if conversation_id and not is_first:
            turns = self.conversations.turns(conversation_id)
        answer = self.answer(question, turns, release, is_safe=is_safe)
        if self._records is not None:
            answer = self._records.keep(answer, conversation_id)
        is_recorded = answer.id is not None and key_of(conversation_id) is not None
        if conversation_id and answer.status in IS_TURN and not is_recorded:
            self.conversations.add(conversation_id, turn_of(answer))
        return answer

    def answer(
        self,
        question: str,
        turns: tuple[Turn, ...] = (),
        release: Release | None = None,
        *,
        is_safe: bool = False,
    ) -> Answer:
        """An answer that is neither recorded nor remembered."""
        return self._pipeline.answer(Enquiry(question, turns, is_safe, release=release))


def _composing(store: Store, settings: Settings, verify: Verify) -> Step:
    """Quotes alone, or a chat model where the settings name one. Raises SettingsError."""
    quotes = Compose(settings.answers)
    if not settings.chat.model:
        return quotes
    # Half a second to import, which nobody should wait for who has no chat model.
    from assistant.models import open_chat_model
    from assistant.steps.generate import Generate
    from assistant.support.checker import SupportChecker

    model, checker = open_chat_model(settings.chat), SupportChecker(store.embedder)
    find, most = store.register.candidates, settings.answers.max_sentences
    return Generate(model, checker, find, quotes, verify, settings.chat, most)
