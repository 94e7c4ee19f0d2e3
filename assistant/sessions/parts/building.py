"""What every part is made with, and how its items are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.reports.stale import Outdated
from assistant.sessions.choosing import chosen
from assistant.sessions.citations import PackCitations
from assistant.sessions.detail import DetailFilter
from assistant.sessions.finder import Finder
from assistant.sessions.material import Learning
from assistant.sessions.pack import Item, Part, PartName, SessionRequest, Voice
from assistant.sessions.rules import Rule
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Words
from assistant.sessions.subject import Subject
from assistant.sessions.timing import Amounts
from assistant.sessions.titles import short_title


@dataclass(frozen=True, slots=True)
class Making:
    """One pack in the making. `rules` are what the procedures ask on its learning; `replaced` knows which
    guidance and bodies are no more."""

    request: SessionRequest
    subject: Subject
    amounts: Amounts
    finder: Finder
    citations: PackCitations
    detail: DetailFilter
    rules: tuple[Rule, ...]
    replaced: Outdated
    signpost: str
    today: date

    @property
    def of_each(self) -> int:
        """How many points for discussion and recommendations of each review; where a procedure is what it is
        about, one."""
        return 1 if self.subject.rules else self.amounts.of_each


@dataclass(slots=True)
class Lines:
    """Writes down the items of one part; each quote is cited as it is written."""

    part: str
    citations: PackCitations
    replaced: Outdated
    items: list[Item] = field(default_factory=list)

    def quote(self, words: Words, label: str = "", depth: int = 0) -> None:
        """A document's own words; where they name what was replaced since, with what is in its place."""
        said: str = sayings()["labels"]["replaced"]
        now = [said.format(now=each) for each in in_place_of(words, self.replaced)]
        label = " · ".join(filter(None, [label, *now]))
        cited = self.citations.cite([words])
        self._add(Voice.QUOTE, quote=words.text, label=label, depth=depth, citations=cited)

    def formed(
        self,
        text: str,
        words: Words | Sequence[Words],
        label: str = "",
        depth: int = 0,
        *,
        shown: bool = True,
    ) -> None:
        """Our words on what these words say; they stand before it unless `shown` is false."""
        spans = [words] if isinstance(words, Words) else list(words)
        quote = "\n".join(each.text for each in spans) if shown else ""
        cited = self.citations.cite(spans)
        self._add(Voice.FORMED, quote=quote, text=text, label=label, depth=depth, citations=cited)

    def question(self, text: str, key: Words, sentence: Words, label: str) -> None:
        """A quiz question formed from a sentence, with a span of it as the key."""
        [answer] = self.citations.cite([key])
        cited = self.citations.cite([sentence])
        self._add(
            Voice.FORMED, text=text, label=label, citations=cited, answer=key.text, answer_citation=answer
        )

    def fixed(self, text: str, label: str = "", depth: int = 0) -> None:
        """How to run the session; states nothing."""
        self._add(Voice.FIXED, text=text, label=label, depth=depth)

    def _add(self, voice: Voice, **fields: object) -> None:
        key = f"{self.part}-{len(self.items) + 1}"
        self.items.append(Item(key=key, voice=voice, **fields))  # type: ignore[arg-type]


def lines(making: Making, name: str) -> Lines:
    return Lines(name, making.citations, making.replaced)


def part(
    making: Making, name: PartName, body: Lines, notes: Lines | None = None, title: str = ""
) -> Part | None:
    """The part with the facilitator's note first; None where it has nothing to show."""
    if not body.items:
        return None
    noted = lines(making, f"{name.value}-note")
    said = sayings()["facilitator"].get(title or name.value)
    if said:
        noted.fixed(said)
    for item in notes.items if notes else ():
        noted.items.append(item)
    heading = sayings()["parts"][title or name.value]
    return Part(name, heading, 0, tuple(body.items), tuple(noted.items))


def supports(making: Making, point: Learning, count: int) -> list[Words]:
    """What bears out a point of learning, at most `count`: nothing that names guidance which was replaced."""
    sentences = [each for each in making.detail(point.sentences) if not in_place_of(each, making.replaced)]
    return chosen(sentences, count, point.heading.text)


def in_place_of(words: Words, replaced: Outdated) -> list[str]:
    """What is now in the place of the guidance and bodies that it names."""
    found = (each.now for sentence in words.sentences() for each in replaced.found_in(sentence.text))
    return list(dict.fromkeys(found))


def point_label(making: Making, point: Learning) -> str:
    """ "Learning 3", with its review where there are several."""
    label: str = sayings()["labels"]["learning"].format(number=point.number)
    if making.subject.is_one_review:
        return label
    return f"{short_title(point.source.title)} · {label.lower()}"


def rule_label(rule: Rule) -> str:
    """The verb and where it stands: "must · Neglect 4.2.7, The child's day"."""
    return f"{rule.modality.value} · {_place_of(rule, headed=True)}"


def formed_from(rule: Rule, *, headed: bool = False) -> str:
    """ "Formed from Neglect 4.2.7": of a question. With its heading where the rule itself is not shown."""
    said: str = sayings()["labels"]["formed_rule"]
    return said.format(place=_place_of(rule, headed=headed))


def _place_of(rule: Rule, *, headed: bool) -> str:
    place = f"{rule.source.title} {rule.paragraph}".strip()
    return f"{place}, {rule.heading}" if headed and rule.heading else place
