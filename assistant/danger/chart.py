"""Which words, classes of words and phrases stand where in one text.

Sets of places are kept as whole numbers, a bit a place: a rule is then tried at every place of the text at
once (Baeza-Yates and Gonnet 1992, "A new approach to text searching").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

STOP, COMMA, START, END, QUESTION = ".", ",", "^", "$", "?"
NAME, NUMBER, YEAR, ING = "<name>", "<number>", "<year>", "<ing>"
GIVEN = frozenset({QUESTION, STOP, COMMA, START, END, NAME, NUMBER, YEAR, ING})
"""Symbols that no rule defines: punctuation, and what is seen from the letters or digits of a word."""

Readings = tuple[str, ...]
Places = int


class Chart:
    """`spans[symbol][length]` holds the places at which so many words are that symbol."""

    def __init__(self, words: Sequence[Readings], classes: Mapping[str, Iterable[str]]) -> None:
        self.size = len(words)
        self.spans: dict[str, dict[int, Places]] = {}
        self._found: dict[str, list[tuple[int, int]]] = {}
        for place, readings in enumerate(words):
            for reading in readings:
                self.add(reading, 1 << place, 1)
                for symbol in classes.get(reading, ()):
                    self.add(symbol, 1 << place, 1)
            if readings[0] in (STOP, COMMA):
                self.add(END, 1 << place, 0)
            if readings[0] == STOP:
                self.add(START, 1 << place + 1, 0)
        self.add(START, 1, 0)
        self.add(END, 1 << self.size, 0)
        self.stops = self.starts(STOP)

    def add(self, symbol: str, places: Places, length: int) -> bool:
        """Whether the symbol is new to the chart."""
        lengths = self.spans.get(symbol)
        if lengths is None:
            self.spans[symbol] = {length: places}
            return True
        lengths[length] = lengths.get(length, 0) | places
        return False

    def starts(self, symbol: str) -> Places:
        starts = 0
        for places in self.spans.get(symbol, {}).values():
            starts |= places
        return starts

    def ends(self, symbol: str) -> Places:
        ends = 0
        for length, places in self.spans.get(symbol, {}).items():
            ends |= places << length
        return ends

    def found(self, symbol: str) -> list[tuple[int, int]]:
        """First word and the word after the last, in the order of the text; of each place the shortest.

        To be asked only when nothing more is added under that symbol.
        """
        if symbol not in self._found:
            shortest: dict[int, int] = {}
            for length in sorted(self.spans.get(symbol, ())):
                for place in each(self.spans[symbol][length]):
                    shortest.setdefault(place, place + length)
            self._found[symbol] = sorted(shortest.items())
        return self._found[symbol]


def each(places: Places) -> Iterator[int]:
    """The places one by one."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
