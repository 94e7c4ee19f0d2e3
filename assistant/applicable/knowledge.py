"""What the assistant knows of all live procedures and reviews together, brought in step with the register."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.evidence import Lines, lines_of
from assistant.applicable.known_signs import KnownSigns
from assistant.applicable.lexicon import Lexicon
from assistant.applicable.naming import Named, named_in
from assistant.applicable.profiles import Profile, links, profile_of
from assistant.applicable.reading import Reading
from assistant.applicable.scores import Scores
from assistant.applicable.subjects import Subject, load_examples, load_subjects
from assistant.applicable.triggers import Triggers
from corpus.documents import Document, Kind
from corpus.passages import Candidate
from corpus.procedure_register import ProcedureRegister
from corpus.procedures import ReadProcedure
from corpus.store import Store

# Documents whose passages and vectors stay in memory, some 200 kB each.
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Known:
    """`links` has shape (profiles, subjects): the library's procedures first, then those that reviews name
    and the library lacks, in the order of `named`. `reviews` are the passages of the briefings; `spoken` says
    which subjects each speaks of, shape (reviews, subjects)."""

    profiles: tuple[Profile, ...]
    links: Scores
    named: tuple[Named, ...]
    reviews: tuple[Candidate, ...]
    read: dict[str, ReadProcedure]
    lexicon: Lexicon
    triggers: Triggers
    spoken: NDArray[np.bool_]

    def likeness(self, reading: Reading) -> Scores:
        """Of the wording of each profile to what the situation tells; 0 for those that are only named."""
        told = " ".join(aspect.told for aspect in reading.aspects)
        return np.concatenate([self.lexicon.likeness(told), np.zeros(len(self.named))])

    @property
    def in_library(self) -> int:
        return len(self.profiles) - len(self.named)


class Knowledge:
    """Over one store. What it knows is made at the first look and anew where the live versions have
    changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._procedures = ProcedureRegister(store.register.engine)
        self._making = threading.Lock()
        self._made: tuple[object, Known] | None = None
        self._signs: KnownSigns | None = None
        self._kept: dict[str, list[Candidate]] = {}
        self._lines: dict[str, Lines | None] = {}
        self.subjects: tuple[Subject, ...] = load_subjects()

    @property
    def signs(self) -> KnownSigns:
        with self._making:
            if self._signs is None:
                self._signs = KnownSigns(
                    self.subjects, load_examples(), self._store.embedder, self._store.cache_dir
                )
            return self._signs

    def current(self) -> Known:
        """As the register has it now."""
        live = self._store.register.live_versions()
        with self._making:
            if self._made is None or self._made[0] != live:
                self._made = live, self._make()
            return self._made[1]

    def _make(self) -> Known:
        documents = [one for one in self._store.register.documents() if not one.withdrawn]
        read = {one.document_id: one for one in self._procedures.all_live()}
        profiles = [
            profile_of(one, self.candidates(one), read.get(one.id))
            for one in documents
            if one.kind is Kind.PROCEDURE
        ]
        reviews = [one for d in documents if d.kind is Kind.BRIEFING for one in self.candidates(d)]
        named = _unknown(list(named_in(reviews)), documents)
        others = [Profile(one.title, None, (), None, "") for one in named]
        # Apart: what a review names must not take a subject from a procedure that is there.
        linked = np.vstack([links(profiles, self.subjects), links(others, self.subjects)])
        self._kept, self._lines = {}, {}
        texts = [self._texts(profile) for profile in profiles]
        lexicon = Lexicon(texts)
        triggers = Triggers([_read_of(profile, read) for profile in profiles], texts)
        spoken = np.array([[s.mentions_in(_heard(one)) > 0 for s in self.subjects] for one in reviews])
        return Known(
            (*profiles, *others), linked, tuple(named), tuple(reviews), read, lexicon, triggers, spoken
        )

    def _texts(self, profile: Profile) -> list[str]:
        assert profile.document is not None, "every procedure of the library has a document"
        return [one.live.passage.text for one in self.passages_of(profile.document.id)]

    def passages_of(self, document_id: str) -> list[Candidate]:
        """The same by a live document's id, kept for the next situation."""
        kept = self._kept
        if document_id not in kept:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[document_id] = self.candidates(self._store.register.document(document_id))
        return kept[document_id]

    def lines_of(self, document_id: str, read: ReadProcedure | None, links: Scores) -> Lines | None:
        """The document's lines as reasons; `links` are its own, shape (subjects,)."""
        kept = self._lines
        if document_id not in kept:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            own = [subject for subject, link in zip(self.subjects, links, strict=True) if link > 0]
            kept[document_id] = lines_of(self.passages_of(document_id), read, own)
        return kept[document_id]

    def candidates(self, document: Document) -> list[Candidate]:
        """All passages of the document's current version, in reading order."""
        register = self._store.register
        passages = register.passages(register.version(document.id, document.version).id)
        found = {one.live.passage.id: one for one in register.candidates(p.id for p in passages)}
        return [found[passage.id] for passage in passages if passage.id in found]


def _read_of(profile: Profile, read: Mapping[str, ReadProcedure]) -> ReadProcedure | None:
    return read.get(profile.document.id) if profile.document else None


def _heard(review: Candidate) -> str:
    passage = review.live.passage
    return "\n".join((*passage.trail[1:], passage.text))


def _unknown(named: Sequence[Named], documents: Sequence[Document]) -> list[Named]:
    """Those that are in the library under no such name, each once."""
    titles = [one.title for one in documents if one.kind is not Kind.BRIEFING]
    kept: dict[str, Named] = {}
    for one in sorted(named, key=lambda one: -len(one.title)):
        in_library = any(one.is_called(title) for title in titles)
        # A longer run may begin with words that a shorter one lacks: "(Working with) Families who ...".
        is_part = any(longer.endswith(one.title.casefold()) for longer in kept)
        if not in_library and not is_part:
            kept[one.title.casefold()] = one
    return list(kept.values())
