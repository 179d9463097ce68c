"""A target of recruitment as it stands, with everything it was before."""

import datetime as dt

from shared.records.kinds import Record


class Version(Record):
    """What a target asks for in a period from ``effective_on`` on, who said so and when (``at``, UTC)."""

    starts_on: dt.date
    ends_on: dt.date
    number: int | None
    share_percent: int | None
    effective_on: dt.date
    source: str
    actor: str
    at: dt.datetime


class RecruitmentTarget(Record):
    """One task, collaborative and area; ``versions`` are all that was ever set, in the order it was recorded."""

    task: str
    collaborative: str
    area: str
    versions: tuple[Version, ...]

    def periods(self) -> tuple[dt.date, ...]:
        """The first days of its periods, in order."""
        return tuple(sorted({version.starts_on for version in self.versions}))

    def latest(self, starts_on: dt.date) -> Version | None:
        """What was set last for a period, whether it counts yet or not; None for a period there is not."""
        return next((one for one in reversed(self.versions) if one.starts_on == starts_on), None)

    def in_force(self, starts_on: dt.date, on: dt.date) -> Version | None:
        """What counts for a period on a day; before the period begins, what it will begin with."""
        own = [version for version in self.versions if version.starts_on == starts_on]
        counting = [version for version in own if version.effective_on <= max(on, starts_on)]
        return counting[-1] if counting else None


def target_id(task: str, collaborative: str, area: str) -> str:
    """The id of a target."""
    return f"{task}|{collaborative}|{area}"
