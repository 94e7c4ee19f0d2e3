"""Ask a bad chat model many questions, and count what of its inventions reaches the reader: it must be none.

`python -m scripts.measure_bad_model STORE [QUESTIONS] [--free] [--temperature T]`, on a store of the sample
library that nothing else uses. What is released is compared with the quotes that it cites by a check of its
own, which knows nothing of the one that it checks; and a sample is printed to be read.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from assistant.answers import Answer, Sentence
from assistant.assembly import Assistant
from assistant.evaluation.cases import load_cases
from corpus.settings import ChatSettings, RetrievalSettings, Settings
from corpus.store import Store
from scripts.bad_model import NAME, served

CASES = Path("tests/cases")
_SEED = 1
_SAMPLE = 30
_NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty".split()
_UNITS = "minute hour day week month year working calendar".split()
_BINDING = "must should may can could might shall need needs has have ought".split()
_DENYING = "not no never without nor neither none nobody cannot".split()
_BODIES = """
police social worker health visitor lado midwife gp court school teacher nurse manager council hospital
cafcass ofsted front door local authority doctor paediatrician partnership probation housing chair consultant
""".split()


@dataclass
class Tally:
    """What came of the questions asked so far."""

    asked: int = 0
    generated: int = 0
    quoted: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    released: list[tuple[Sentence, str]] = field(default_factory=list)
    invented: list[tuple[list[str], str, str]] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        self.asked += 1
        self.dropped.update(answer.dropped)
        self.generated += answer.model is not None
        self.quoted += answer.model is None and bool(answer.sentences)
        for sentence in answer.sentences if answer.model else ():
            cited = [c for c in answer.citations if c.number in sentence.citations]
            words = "\n".join(
                (*(c.quote for c in cited), *(" ".join((c.title, *c.heading_trail)) for c in cited))
            )
            self.released.append((sentence, words))
            found = inventions(sentence.text, words)
            if found:
                self.invented.append((found, sentence.text, words))


def inventions(said: str, quotes: str) -> list[str]:
    """Numbers, units, verbs that bind, denials and bodies that the cited words do not have."""
    mine, theirs = _words(said), _words(quotes)
    watched = (*_NUMBERS, *_UNITS, *_BINDING, *_DENYING, *_BODIES)
    found = [word for word in watched if word in mine and word not in theirs]
    found += [digits for digits in re.findall(r"\d[\d .,:/-]*", said) if digits.strip(" .,:/-") not in quotes]
    if any(word in theirs for word in _DENYING) and not any(word in mine for word in _DENYING):
        denied = re.findall(rf"\b(?:{'|'.join(_DENYING)})\s+(?:be\s+)?(\w+)", quotes.lower())
        found += [f"not {word}" for word in denied if word in mine]
    return found


def _words(text: str) -> set[str]:
    """Each word, and without a plural's s."""
    words = re.findall(r"[a-z]+", text.lower().replace("n't", " not"))
    return {*words, *(word.removesuffix("s") for word in words)}


def questions(count: int) -> list[str]:
    """As many with an answer in the library as without."""
    cases = load_cases(CASES)
    answerable = [case.question for case in cases.answerable]
    unanswerable = [case.question for case in cases.unanswerable]
    chosen = random.Random(_SEED)
    half = count // 2
    return chosen.sample(answerable, count - half) + chosen.sample(unanswerable, half)


def settings_for(store: Path, url: str, temperature: float | None) -> Settings:
    """Patient, for the model is slow; and no question is refused, so that the model is always asked."""
    chat = ChatSettings(
        model=f"openai:{NAME}",
        base_url=url,
        api_key=SecretStr("none"),
        temperature=temperature,
        timeout_seconds=240,
        chunk_seconds=120,
        max_tokens=200,
        passages=3,
        min_share=0,
    )
    return Settings(data_dir=store, chat=chat, retrieval=RetrievalSettings(min_confidence=0))


def report(tally: Tally) -> Iterator[str]:
    """What is printed."""
    yield f"questions asked: {tally.asked}"
    yield f"answers with sentences of the model: {tally.generated}, of quotes alone: {tally.quoted}"
    written = len(tally.released) + tally.dropped.total()
    yield f"sentences written: {written}, released: {len(tally.released)}"
    for reason, count in tally.dropped.most_common():
        yield f"  dropped for {reason}: {count}"
    yield f"inventions released: {len(tally.invented)}"
    for found, text, words in tally.invented:
        yield f"  {', '.join(found)}: {text}\n    {words}"
    sample = random.Random(_SEED).sample(tally.released, min(_SAMPLE, len(tally.released)))
    for sentence, words in sample:
        yield f"  released: {sentence.text}\n    cited: {words}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=int, nargs="?", default=200)
    parser.add_argument("--free", action="store_true", help="no grammar: the model's own form")
    parser.add_argument("--temperature", type=float)
    given = parser.parse_args()
    tally, started = Tally(), time.monotonic()
    with served(is_free=given.free) as url:
        settings = settings_for(given.store, url, given.temperature)
        with Store(settings, "measure") as store:
            assistant = Assistant(store, settings)
            for question in questions(given.questions):
                tally.add(assistant.ask(question))
                print(f"\r{tally.asked} asked, {time.monotonic() - started:.0f} s", end="", file=sys.stderr)
    print("\n".join(report(tally)))
    sys.exit(1 if tally.invented else 0)


if __name__ == "__main__":
    main()
