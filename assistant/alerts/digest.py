"""News in two lines: what changed, and whether a binding verb, a time limit or a contact did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.alerts.effects import Effect, effects_of
from assistant.alerts.interest import Interest, Scope
from assistant.alerts.news import News, Sort

_MOST_TITLES = 3
_MOST_EFFECTS = 3


@dataclass(frozen=True, slots=True)
class Digest:
    """`what` is the first line, `effect` the second; `subject` is that of an e-mail."""

    subject: str
    what: str
    effect: str


def digest_of(news: Sequence[News]) -> Digest:
    """Of at least one piece of news."""
    return Digest(_subject(news), _what(news), _effect(news))


def interest_in_words(interest: Interest, title: str = "") -> str:
    """Such as "chapter 2.7"; a document is called by its `title`, where that is known."""
    target = title if interest.scope is Scope.DOCUMENT and title else interest.target
    return str(words()["interest"][interest.scope.value]).format(target=target)


def label(kind: str) -> str:
    """A change's kind in a word."""
    labels: dict[str, str] = words()["labels"]
    return labels.get(kind, labels["other"])


@cache
def words() -> dict[str, Any]:
    """What alerts say."""
    text = files("assistant.alerts").joinpath("wording.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _subject(news: Sequence[News]) -> str:
    said = words()["subject"]
    titles = list(dict.fromkeys(each.title for each in news))
    if len(titles) > 1:
        return str(said["many"]).format(n=len(titles))
    sorts = {each.sort.value for each in news}
    key = sorts.pop() if len(sorts) == 1 else Sort.CHANGED.value
    return " ".join(str(said[key]).format(title=titles[0]).split())


def _what(news: Sequence[News]) -> str:
    kinds = Counter(change.kind.value for each in news for change in each.changes)
    forms = words()["kinds"]
    parts = [_counted(forms.get(kind, forms["other"]), count) for kind, count in sorted(kinds.items())]
    for sort in (Sort.NEW, Sort.WITHDRAWN):
        if count := sum(each.sort is sort for each in news):
            parts.append(_counted(words()["documents"][sort.value], count))
    titles = list(dict.fromkeys(each.title for each in news))
    return str(words()["in_documents"]).format(what=_listed(parts), where=_listed(titles, _MOST_TITLES))


def _effect(news: Iterable[News]) -> str:
    silent = set(words()["without_effect"])
    changes = (change for each in news for change in each.changes)
    effects = effects_of(c for c in changes if silent.isdisjoint(heading.casefold() for heading in c.trail))
    by_name = {"verbs": effects.verbs, "limits": effects.limits, "contacts": effects.contacts}
    said = words()["effects"]
    if not any(by_name.values()):
        return str(said["nothing"])
    touched = [
        str(said[name]["some"]).format(list=_listed([_put(each) for each in found], _MOST_EFFECTS, "; "))
        for name, found in by_name.items()
        if found
    ]
    untouched = [said["unchanged_names"][name] for name, found in by_name.items() if not found]
    if untouched:
        touched.append(str(said["unchanged"]).format(list=_listed(untouched)).rstrip("."))
    return ". ".join(touched) + "."


def _put(effect: Effect) -> str:
    said = words()["effects"]
    gone, come = _listed(effect.gone), _listed(effect.come)
    key = "became" if gone and come else "gone" if gone else "come"
    return str(said[key]).format(gone=gone, come=come, place=effect.anchor)


def _counted(forms: Mapping[str, str], count: int) -> str:
    return forms["one"] if count == 1 else forms["many"].format(n=count)


def _listed(parts: Sequence[str], most: int | None = None, separator: str = ", ") -> str:
    shown = list(parts if most is None or len(parts) <= most else parts[:most])
    if len(shown) < len(parts):
        return separator.join(shown) + " " + str(words()["more"]).format(n=len(parts) - len(shown))
    if separator != ", " or len(shown) < 2:
        return separator.join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
