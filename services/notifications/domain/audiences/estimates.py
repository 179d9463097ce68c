"""How large an audience is before anything is sent: by part, channel and language, and who is left out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.notifications.domain.audiences.reach import LeftOut, only_staff
from shared.contracts.notifications.terms import Channel, Part


@dataclass(frozen=True, slots=True)
class Alike:
    """So many contacts that are alike: meant by these parts, written to in this way or left out."""

    parts: frozenset[Part]
    channel: Channel | None
    language: str
    left_out: LeftOut | None
    count: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """``total`` are meant; of them ``reached`` are written to, counted in the groups, the others are left out.

    Somebody meant by two parts counts in both of them and once in all other figures. ``only_staff`` are those of
    ``reached`` who are meant in no part but those of the QIO's own people.
    """

    total: int
    reached: int
    by_part: Mapping[str, int]
    by_channel: Mapping[str, int]
    by_language: Mapping[str, int]
    left_out: Mapping[str, int]
    only_staff: int


def estimate(groups: Iterable[Alike]) -> Estimate:
    """The figures of an audience."""
    parts, channels, languages, out = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    total = reached = staff = 0
    for one in groups:
        total += one.count
        if one.left_out is not None:
            out[one.left_out.value] += one.count
            continue
        reached += one.count
        for part in one.parts:
            parts[part.value] += one.count
        if one.channel is not None:
            channels[one.channel.value] += one.count
        languages[one.language] += one.count
        if only_staff(one.parts):
            staff += one.count
    return Estimate(total, reached, *_sorted(parts, channels), *_sorted(languages, out), staff)


def _sorted(one: Counter[str], other: Counter[str]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    return dict(sorted(one.items())), dict(sorted(other.items()))
