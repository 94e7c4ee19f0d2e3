"""What the doors open onto: the store and the assistant, or the little that works without them."""

from __future__ import annotations

import logging
import threading

from api.lanes import Lane
from api.telemetry import Telemetry
from assistant.answers import Answer, AnswerStatus, Replies
from assistant.applicable.finder import Finder, unavailable
from assistant.applicable.results import Findings
from assistant.assembly import Assistant
from assistant.case_data import IsPublished
from assistant.danger import Recogniser
from assistant.enquiry import Enquiry, Release, Turn
from assistant.name_model import name_scores
from assistant.pipeline import AnswerPipeline
from assistant.records import Records
from assistant.retention import Retention
from assistant.steps.screen import Screen
from assistant.suggestions import Suggestions
from corpus.embedding import Embedder
from corpus.errors import AssistantError, NotKept, SettingsError, StoreError
from corpus.procedures import Role
from corpus.settings import Settings
from corpus.store import Store
from ingest.library import Library

log = logging.getLogger(__name__)

_WARM_UP = "When must a referral be made?"
# As many threads as a server usually has, and fewer where the work keeps a processor busy for long.
_ASKING, _MAKING = 40, 2


class Service:
    """Opened at start. Without a store, danger is still signposted and any other question is `unavailable`;
    each look at its readiness then tries to open the store again.

    A `store` that is given belongs to the giver and is not closed.
    """

    def __init__(
        self, settings: Settings, store: Store | None = None, embedder: Embedder | None = None
    ) -> None:
        self._embedder = embedder
        self.settings = settings
        self.replies = Replies(settings.answers)
        self.telemetry = Telemetry()
        self.asking, self.making = Lane(_ASKING), Lane(_MAKING)
        self._opening = threading.Lock()
        self._owned: Store | None = None
        self._store: Store | None = None
        self._assistant: Assistant | None = None
        self._finder: Finder | None = None
        self._library: Library | None = None
        self._suggestions: Suggestions | None = None
        self.records: Records | None = None
        self.fault: AssistantError | None = None
        """Why there is no store, where that is known."""
        if store is not None:
            self._use(store)
        self._without_store = AnswerPipeline([self._screen(lambda _: False), _Unavailable()], self.replies)

    def open(self) -> None:
        """Open the store and ask once, so that nobody waits for models to load. Does not raise; does nothing
        where the settings are wrong, for they are not read again, or where another thread is at it.

        To make an index anew takes minutes; who looks at the readiness meanwhile must not fill all threads.
        """
        if not self._opening.acquire(blocking=False):
            return
        try:
            if self._store is None and not isinstance(self.fault, SettingsError):
                self._open_own()
        finally:
            self._opening.release()
        if self._assistant is not None:
            self._assistant.answer(_WARM_UP)

    def prepare(self) -> None:
        """Learn what the finder of procedures knows, which takes a minute where this machine has not done it
        before, so that nobody waits for it. Does not raise."""
        if self._finder is None:
            return
        try:
            _ = self._finder.knowledge.signs
        except AssistantError as error:
            log.error("What situations are read by cannot be made: %s", error)  # noqa: TRY400

    def close(self) -> None:
        """Let others at the store."""
        if self.records is not None:
            self.records.close()
        if self._owned is not None:
            self._owned.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a store to answer from."""
        return self._store is not None

    @property
    def store(self) -> Store:
        """Raises StoreError where it could not be opened."""
        if self._store is None:
            raise StoreError("The store is not open.", "The log says why.")
        return self._store

    @property
    def library(self) -> Library:
        """Raises StoreError where the store could not be opened."""
        if self._library is None:
            raise StoreError("The store is not open.", "The log says why.")
        return self._library

    @property
    def assistant(self) -> Assistant:
        """Raises StoreError where the store could not be opened."""
        if self._assistant is None:
            raise StoreError("The store is not open.", "The log says why.")
        return self._assistant

    @property
    def suggestions(self) -> Suggestions:
        """Raises StoreError where the store could not be opened."""
        if self._suggestions is None:
            raise StoreError("The store is not open.", "The log says why.")
        return self._suggestions

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
        """Always an answer, whatever is broken; see `Assistant.ask`."""
        if self._assistant is None:
            answer = self._without_store.answer(Enquiry(question, is_safe=is_safe))
        else:
            answer = self._assistant.ask(
                question, conversation_id, release, turns=turns, is_safe=is_safe, is_first=is_first
            )
        self.telemetry.count(answer)
        return answer

    def find_procedures(self, situation: str, role: Role | None = None) -> Findings:
        """Always findings, whatever is broken; see `Finder.find`."""
        if self._finder is None:
            return unavailable(situation, self.replies)
        try:
            return self._finder.find(situation, role)
        except AssistantError as error:
            log.error("The procedures cannot be looked through: %s", error)  # noqa: TRY400
            return unavailable(situation, self.replies)

    @property
    def retention(self) -> Retention:
        """Raises StoreError where the store could not be opened."""
        return Retention(self.store.register.engine, self.settings.records)

    def forget(self, conversation_id: str) -> None:
        """Remove a conversation from records and memory. Raises NotKept where nothing of it is left."""
        was_remembered = self.assistant.conversations.forget(conversation_id)
        try:
            self.retention.erase_conversation(conversation_id)
        except NotKept:
            if not was_remembered:
                raise

    def screen(self, text: str, *, is_theme: bool = False) -> Enquiry | Answer:
        """The text as it may be searched for, or the answer that stands in the way.

        A theme is screened by the rules alone: the recogniser knows accounts of what happens, and takes a few
        bare words such as "invisible fathers" for one.
        """
        recognises = Recogniser(self.store.embedder) if self._store and not is_theme else None
        return self._screen(lambda words: self.store.publishes(words), recognises)(Enquiry(text))

    def counts(self) -> tuple[int, int]:
        """Live documents and passages, once register, indexes and model have each answered.

        Tries to open a store that is not. Raises StoreError where any of them does not answer.
        """
        if self._store is None:
            self.open()
        store = self.store
        try:
            documents = sum(not document.withdrawn for document in store.register.documents())
            store.indexes.vectors.search(store.embedder.embed([_WARM_UP])[0], 1)
            store.indexes.keywords.search(_WARM_UP, 1)
            return documents, store.register.live_count()
        except AssistantError:
            raise
        except Exception as error:
            raise StoreError(f"The store does not answer: {type(error).__name__}.") from error

    def _screen(self, is_published: IsPublished, recognises: Recogniser | None = None) -> Screen:
        return Screen(is_published, name_scores(self.settings.screen), recognises)

    def _open_own(self) -> None:
        try:
            self._owned = self._opened()
            self.fault = None
        except AssistantError as error:
            self.fault = error
            log.error("No question can be answered: %s", error)  # noqa: TRY400 (the message says it all)
        except Exception:
            # Whatever an index or a driver raises, danger must still be signposted.
            log.exception("The store cannot be opened.")

    def _opened(self) -> Store:
        """A store of our own, in use; let go of where it cannot be used. Raises AssistantError."""
        store = Store(self.settings, "serve", self._embedder)
        try:
            self._use(store)
        except BaseException:
            store.close()
            raise
        return store

    def _use(self, store: Store) -> None:
        """Raises SettingsError, and is then as it was: a chat model or a reranker may not be there."""
        records = Records(store.register.engine) if self.settings.records.keep else None
        try:
            assistant = Assistant(store, self.settings, records)
            finder = Finder(store, self.replies, name_scores(self.settings.screen))
        except BaseException:
            if records is not None:
                records.close()
            raise
        self.records, self._assistant, self._finder = records, assistant, finder
        self._library = Library(store, self.settings.ingest)
        self._suggestions = Suggestions(store.register)
        self._store = store


class _Unavailable:
    name = "store"

    def __call__(self, enquiry: Enquiry) -> Answer:
        return Answer(AnswerStatus.UNAVAILABLE, enquiry.text)
