"""Each key message in short, phrased by a chat model: said where it passes the checks that answers pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answers import Answer, Sentence
from assistant.claims import Claim, Flaw, claims_of
from assistant.drafting import Draft
from assistant.enquiry import Enquiry
from assistant.models import ChatModel, ModelFault
from assistant.prompting import phrase_prompt
from assistant.sessions.pack import Item, Pack, Part, PartName, Phrasing, Voice
from assistant.sessions.quoted import QuotedWords, overlap
from assistant.sessions.sayings import sayings
from assistant.steps.verify import Verify
from assistant.support.checker import SupportChecker
from assistant.support.clauses import sentences_of
from assistant.support.sources import Source
from assistant.support.verdict import Reason
from corpus.passages import Citation
from corpus.store import Store

_MOST_WORDS = 30


class Needless(StrEnum):
    """Why a sentence that may well be true says nothing in short."""

    COPIED = "copied"
    LONG = "too long"


@dataclass(frozen=True, slots=True)
class Message:
    """The quotes of one key message, its heading first."""

    quotes: tuple[Item, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of the citations."""
        return tuple(dict.fromkeys(number for item in self.quotes for number in item.citations))

    def needless(self, text: str) -> Needless | None:
        """What is wrong with such a sentence beside these quotes, true or not."""
        if any(_words(text) == _words(item.quote) for item in self.quotes):
            return Needless.COPIED
        if len(text.split()) > _MOST_WORDS or len(sentences_of(text)) > 1:
            return Needless.LONG
        return None

    def in_short(self, text: str, numbers: tuple[int, ...]) -> Item:
        """The sentence as it stands below the quotes. Its key leaves theirs as they are without it."""
        key, label = f"{self.quotes[0].key}-short", sayings()["labels"]["in_short"]
        return Item(key, Voice.PHRASED, text=text, label=label, citations=numbers, depth=1)


class Phraser:
    """Asks the model once for a whole pack. Whatever the model does, the pack stands."""

    def __init__(self, model: ChatModel, store: Store) -> None:
        self._model = model
        self._register = store.register
        self._embedder = store.embedder
        self._checker = SupportChecker(store.embedder)
        self._verifying = Verify(store.register)

    def __call__(self, pack: Pack) -> Pack:
        """With what was kept below the quotes of each message, and with what came of asking."""
        named = {f"P{number}": message for number, message in enumerate(messages_of(pack), start=1)}
        if not named:
            return pack
        by_number = {each.number: each for each in pack.citations}
        quoted = {name: [by_number[number] for number in message.numbers] for name, message in named.items()}
        offered = self._offered(quoted)
        draft = Draft(Enquiry(pack.title), offered, self._checker, self._verifying, fewest=1)
        for _ in range(len(named) - len(offered)):
            draft.drop(Reason.INSTRUCTION)
        kept = self._written(named, offered, draft) if offered else {}
        prompt = phrase_prompt().version
        answer = draft.answer(self._model.name, prompt)
        said = {
            named[name].quotes[-1].key: named[name].in_short(
                sentence.text, _rests_on(sentence, answer, quoted[name])
            )
            for name, sentence in kept.items()
        }
        phrasing = Phrasing(self._model.name, prompt, len(named), len(kept), answer.dropped)
        return replace(pack, parts=tuple(_with(part, said) for part in pack.parts), phrasing=phrasing)

    def _offered(self, quoted: Mapping[str, Sequence[Citation]]) -> dict[str, Source]:
        """The quotes that the model is shown: none that try to instruct it."""
        words = QuotedWords(self._register, self._embedder)
        sources = {name: words.source(citations) for name, citations in quoted.items()}
        return {name: each for name, each in sources.items() if not self._checker.is_instruction(each.text)}

    def _written(
        self, named: Mapping[str, Message], offered: Mapping[str, Source], draft: Draft
    ) -> dict[str, Sentence]:
        """The sentences that passed, by the names of their messages; the draft counts the others."""
        kept: dict[str, Sentence] = {}
        messages = phrase_prompt().about({name: source.text for name, source in offered.items()})
        try:
            with closing(self._model.stream(messages)) as pieces:
                for written in claims_of(pieces):
                    _take(written, named, kept, draft)
                    if len(kept) == len(offered):
                        break
        except ModelFault as fault:
            draft.drop(fault.fault)
        return kept


def messages_of(pack: Pack) -> list[Message]:
    """Those of the learning. What changed stands in its own words alone, and one page has no room."""
    part = pack.part(PartName.MESSAGES)
    if part is None or pack.request.change or pack.is_one_page:
        return []
    found: list[list[Item]] = []
    for item in part.items:
        if item.voice is Voice.QUOTE and not item.depth:
            found.append([item])
        elif item.voice is Voice.QUOTE and found and not item.label:
            # With a label it is the learning of another review.
            found[-1].append(item)
    return [Message(tuple(quotes)) for quotes in found]


def _take(
    written: Claim | Flaw, named: Mapping[str, Message], kept: dict[str, Sentence], draft: Draft
) -> None:
    fault = written if isinstance(written, Flaw) else _fault(written, named, kept)
    if fault is not None:
        draft.drop(fault)
    elif isinstance(written, Claim):
        before = len(draft.sentences)
        draft.take(written)
        if len(draft.sentences) > before:
            kept[written.sources[0]] = draft.sentences[-1]


def _fault(claim: Claim, named: Mapping[str, Message], kept: Mapping[str, Sentence]) -> StrEnum | None:
    """What is wrong with it even if it is true; what it rests on is for the draft to check."""
    names = set(claim.sources)
    if len(names) > 1:
        return Reason.MIXED
    if names & kept.keys():
        return Flaw.REPEAT
    faults = (named[name].needless(claim.text) for name in names & named.keys())
    return next(filter(None, faults), None)


def _with(part: Part, said: Mapping[str, Item]) -> Part:
    """The part with each sentence below the item whose key it has here."""
    if part.name is not PartName.MESSAGES:
        return part
    items = (each for item in part.items for each in (item, said.get(item.key)) if each is not None)
    return replace(part, items=tuple(items))


def _rests_on(sentence: Sentence, answer: Answer, quoted: Sequence[Citation]) -> tuple[int, ...]:
    """The numbers, in the pack, of the quotes that hold what the sentence was verified against."""
    places = [each for each in answer.citations if each.number in sentence.citations]
    return tuple(each.number for each in quoted if any(overlap(each, place) for place in places))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
