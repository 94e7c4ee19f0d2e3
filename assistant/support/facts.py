"""What can be checked word for word: amounts, time limits, dates, telephone numbers, law, bodies, quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.support.wording import Wording, alternation

_CONTACT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net)\b", re.IGNORECASE
)
_PHONE = re.compile(r"(?:\+44[\s(]?|\b0)\d[\d\s()-]{5,}\d\b|\b(?:999|101|111|112)\b|\b116[\s-]?\d{3}\b")
_SECTION = re.compile(
    r"\b(?P<what>sections?|s|ss|sched(?:ule)?|regulations?|reg|articles?|art)\b\.?\s?(?P<which>\d+\w*)",
    re.IGNORECASE,
)
_ACT = re.compile(r"\b((?:[A-Z][\w'’]+,?\s+(?:(?:and|of|etc\.?|the|in|for)\s+)*)+Act)(?:\s+(\d{4}))?")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|(?<!\w)‘([^’]+(?:’\w[^’]*)*)’(?!\w)")
_OPEN_QUOTE = re.compile(r"[“”\"]")
_NAME = re.compile(r"(?<=[\w,;:)] )(?:[A-Z][\w&’'-]*\w)")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`days` says of which kind the days are ("working"); `bound` whether at most or at least so much; `side`
    is "before" where it is counted back from something."""

    amount: str
    unit: str
    days: str = ""
    bound: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All in forms that can be compared with those of another text. `day_kinds` are those of all days that
    are mentioned, counted or not; "" where it is not said of which kind they are."""

    phones: frozenset[str]
    contacts: frozenset[str]
    laws: frozenset[str]
    dates: frozenset[str]
    quantities: tuple[Quantity, ...]
    numbers: frozenset[str]
    day_kinds: frozenset[str]
    bodies: tuple[str, ...]
    names: frozenset[str]
    quotes: tuple[str, ...]

    @property
    def amounts(self) -> frozenset[str]:
        """Every number, with a unit or without."""
        return self.numbers | {quantity.amount for quantity in self.quantities}


class FactFinder:
    """Reads facts by the lists of a `Wording`."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        lists = wording.lists
        self._units = {form: unit for unit, forms in lists["units"].items() for form in forms}
        self._kinds = {form: kind for kind, forms in lists["day_kinds"].items() for form in forms}
        self._bounds = {form: bound for bound, forms in lists["bounds"].items() for form in forms}
        self._bodies = {form: row[0] for row in lists["bodies"] for form in row}

    def facts_of(self, text: str) -> Facts:
        """Each kind is taken out before the next is looked for, so that no digit counts twice."""
        quotes = tuple(next(filter(None, match)) for match in _QUOTED.findall(text))
        names = frozenset(
            name.casefold().removesuffix("'s").removesuffix("’s") for name in _NAME.findall(text)
        )
        contacts, text = _taken(_CONTACT, text, lambda match: match[0].casefold().rstrip(".,;)"))
        phones, text = _taken(_PHONE, text, lambda match: re.sub(r"\D", "", match[0]))
        acts, text = _taken(
            _ACT, text, lambda match: " ".join(match[1].casefold().split()) + (match[2] or "")
        )
        laws, text = _taken(_SECTION, text, lambda match: f"{match['what'][0]}{match['which']}".casefold())
        dates, text = _taken(self._date, text, lambda match: _date_form(match[0]))
        text = self._wording.canonical(text)
        bodies = tuple(self._bodies[" ".join(match[0].split())] for match in self._body.finditer(text))
        quantities = tuple(self._quantity_of(match) for match in self._quantity.finditer(text))
        kinds = frozenset(self._kinds.get(match["kind"] or "", "") for match in self._day.finditer(text))
        numbers = frozenset(_NUMBER.findall(self._quantity.sub(" ", text)))
        return Facts(phones, contacts, acts | laws, dates, quantities, numbers, kinds, bodies, names, quotes)

    def _quantity_of(self, match: re.Match[str]) -> Quantity:
        if match["pounds"]:
            return Quantity(match["pounds"], "pound")
        if match["count"]:
            return Quantity(match["count"], "", bound=self._bounds[" ".join(match["limit"].split())])
        amount = "1" if match["amount"] in {"a", "an", "one"} else match["amount"]
        kind = self._kinds.get(match["kind"] or "", "")
        bound = self._bounds.get(" ".join((match["bound"] or "").split()), "")
        return Quantity(
            amount, self._units[" ".join(match["unit"].split())], kind, bound, match["side"] or ""
        )

    @cached_property
    def _quantity(self) -> re.Pattern[str]:
        return re.compile(
            rf"£\s?(?P<pounds>\d+(?:[.,]\d+)*)"
            rf"|(?:\b(?P<bound>{alternation(self._bounds)})\s+(?:(?:the|next|first|every|once|twice)\s+)*)?"
            rf"\b(?P<amount>\d+(?:\.\d+)?|an?|one)[\s-]*(?:(?P<kind>{alternation(self._kinds)})[\s-]+)?"
            rf"(?P<unit>{alternation(self._units)})(?!\w)(?:\s+(?P<side>before))?"
            rf"|\b(?P<limit>{alternation(self._bounds)})\s+(?P<count>\d+)\b"
        )

    @cached_property
    def _day(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:(?P<kind>{alternation(self._kinds)})\s+)?days?\b")

    @cached_property
    def _body(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{alternation(self._bodies)})(?!\w)")

    @cached_property
    def _date(self) -> re.Pattern[str]:
        month = alternation(word.capitalize() for word in self._wording.lists["months"].split())
        return re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{month})(?:\s+\d{{4}})?\b|\b(?:{month})\s+\d{{4}}\b"
            r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
        )


def has_odd_quote(text: str) -> bool:
    """Whether a quotation mark is left open, so that nobody can tell where the quote ends."""
    return bool(_OPEN_QUOTE.search(_QUOTED.sub(" ", text)))


def _taken(
    pattern: re.Pattern[str], text: str, form: Callable[[re.Match[str]], str]
) -> tuple[frozenset[str], str]:
    return frozenset(form(match) for match in pattern.finditer(text)), pattern.sub(" ", text)


def _date_form(date: str) -> str:
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b", " ", date)
    return " ".join(words.casefold().split())
