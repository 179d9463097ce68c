"""Tests of change: planned, carried out, studied, decided, some of them shared."""

import datetime as dt

from benchmarks.year.steps import COHORT, Steps, Year, ask, command
from shared.contracts.recruitment.change_test_commands import (
    ActOnChangeTest,
    CarryOutChangeTest,
    PlanChangeTest,
    RecordSharingWish,
    StudyChangeTest,
)

DECISIONS = ("ADOPT", "ADAPT", "ABANDON")


class Trials:
    """A round of tests, one of each home."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self.tests: dict[int, str] = {}
        self.acted_on = dt.date.max

    def plan(self, day: dt.date) -> Steps:
        """Each home plans one."""
        here = self._year.present(day)
        made = yield from ask(
            command(
                PlanChangeTest, cohort=COHORT, participant=one, topic="FALLS", aim="Fewer falls between ten and six",
                prediction="Half as many falls in the corridor by the end of the month", planned_on=day,
            )
            for _, one in here
        )  # fmt: skip
        self.tests = {n: answer["test"] for (n, _), answer in zip(here, made, strict=True)}

    def do(self, day: dt.date) -> Steps:
        """It is carried out."""
        yield from ask(
            command(CarryOutChangeTest, test=one, done_on=day, done="Rounds at two and at four, on one floor")
            for one in self.tests.values()
        )

    def study(self, day: dt.date) -> Steps:
        """What was learned; one in five has not come so far."""
        seen = [{"unit": "falls", "value": 3}]
        yield from ask(
            command(StudyChangeTest, test=one, studied_on=day, learned="It takes two, and a list.", values=seen)
            for n, one in self.tests.items()
            if n % 5
        )

    def act(self, day: dt.date) -> Steps:
        """What follows; adapted is tried once more."""
        self.acted_on = day
        yield from ask(
            command(
                ActOnChangeTest, test=one, decision=DECISIONS[n % 3], acted_on=day, reason="As the figures say",
                prediction="A third fewer" if DECISIONS[n % 3] == "ADAPT" else None,
            )
            for n, one in self.tests.items()
            if n % 5
        )  # fmt: skip

    def share(self, day: dt.date) -> Steps:
        """Half of those who keep the change let the network know."""
        yield from ask(
            command(RecordSharingWish, test=one, shared=True, said_by="ADMINISTRATOR", said_on=day)
            for one in self.kept().values()
        )

    def kept(self) -> dict[int, str]:
        """The tests whose change stays and that are shared, by the number of the home."""
        return {n: one for n, one in self.tests.items() if n % 5 and n % 6 == 0}
