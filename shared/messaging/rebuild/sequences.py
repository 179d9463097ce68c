"""Which events of each key stand: every number of its sequence once, none missing, in order."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final, Generic, TypeVar

T = TypeVar("T")

Stream = tuple[str, str]
"""A topic and a key in it."""

_FIRST: Final = 1
_low = itemgetter(0)


def parse(sequence: str | None) -> tuple[int, int]:
    """Epoch and number of an event, each at least 1; raises ValueError for what is no sequence."""
    epoch, _, number = (sequence or "").partition(":")
    found = int(epoch), int(number)
    if min(found) < _FIRST:
        raise ValueError("a sequence counts from 1")
    return found


class Sequences:
    """The numbers seen of every stream, by epoch; the order and repetition in which they are seen do not matter.

    The epoch rises when a schema is restored from a backup or rebuilt, and the numbers go on from what it held. Where
    a backup was older than what had been said, a number comes again in a higher epoch: that one stands, and with it
    whatever came before it, while the same and later numbers of lower epochs are of a past that was given up.
    """

    def __init__(self) -> None:
        self._seen: dict[Stream, dict[int, list[tuple[int, int]]]] = {}
        self.epoch = 0

    def see(self, stream: Stream, epoch: int, number: int) -> None:
        """Note one event."""
        self.epoch = max(self.epoch, epoch)
        _add(self._seen.setdefault(stream, {}).setdefault(epoch, []), number)

    def stands(self, stream: Stream, epoch: int, number: int) -> bool:
        """Whether an event that was seen counts: no higher epoch began at or before its number."""
        return epoch == max(one for one, spans in self._seen[stream].items() if spans[0][0] <= number)

    def latest(self, stream: Stream, epoch: int, number: int) -> bool:
        """Whether an event that was seen is the last of its stream, as the numbers go and not the places."""
        epochs = self._seen[stream]
        return (epoch, number) == (max(epochs), epochs[max(epochs)][-1][1])

    def missing(self, topics: Iterable[str]) -> Mapping[Stream, int]:
        """The first number that is missing of each stream of these topics that has a gap, from 1 on."""
        wanted = frozenset(topics)
        gaps = {stream: _gap(epochs) for stream, epochs in self._seen.items() if stream[0] in wanted}
        return {stream: gap for stream, gap in gaps.items() if gap is not None}

    def last(self) -> Mapping[Stream, int]:
        """The number after which each stream goes on: the last of its highest epoch."""
        return {stream: epochs[max(epochs)][-1][1] for stream, epochs in self._seen.items()}


class InOrder(Generic[T]):
    """Gives out what stands of each stream in the order of its sequence, each number once.

    A sender that repeats after a failure may put a number behind a later one; that waits here for its turn.
    """

    def __init__(self, sequences: Sequences) -> None:
        self._sequences = sequences
        self._next: dict[Stream, int] = {}
        self._waiting: dict[Stream, dict[int, T]] = {}

    def take(self, stream: Stream, epoch: int, number: int, value: T) -> list[T]:
        """What is next, this one or several or none; a repeated or given up one is passed over."""
        turn = self._next.get(stream, _FIRST)
        if number < turn or not self._sequences.stands(stream, epoch, number):
            return []
        waiting = self._waiting.setdefault(stream, {})
        waiting[number] = value
        ready = []
        while turn in waiting:
            ready.append(waiting.pop(turn))
            turn += 1
        self._next[stream] = turn
        if not waiting:
            del self._waiting[stream]
        return ready


def _add(spans: list[tuple[int, int]], number: int) -> None:
    """Put a number into closed spans that are apart and in order."""
    at = bisect_right(spans, number, key=_low)
    if at and spans[at - 1][1] >= number:
        return
    low = high = number
    if at < len(spans) and spans[at][0] == number + 1:
        high = spans.pop(at)[1]
    if at and spans[at - 1][1] == number - 1:
        low = spans.pop(at - 1)[0]
        at -= 1
    spans.insert(at, (low, high))


def _gap(epochs: Mapping[int, list[tuple[int, int]]]) -> int | None:
    standing: list[tuple[int, int]] = []
    cut = math.inf
    for _, spans in sorted(epochs.items(), reverse=True):
        standing = [(low, high) for low, high in spans if low < cut] + standing
        cut = min(cut, spans[0][0])
    wanted = _FIRST
    for low, high in standing:
        if low > wanted:
            return wanted
        wanted = high + 1
    return None
