"""A session of the year from its plan to its evaluations, and the action period after it."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

from benchmarks.year import exports
from benchmarks.year.steps import COHORT, NETWORK, OFFICE, HandOut, Steps, Year, ask, command, in_vain
from services.recruitment.cli.webinar_file import Around
from shared.contracts.recruitment.action_period_commands import (
    CloseActionPeriod,
    ExcuseFromAssignment,
    ReportAssignment,
    StartActionPeriod,
)
from shared.contracts.recruitment.session_commands import (
    CloseRegistration,
    EvaluateSession,
    HoldSession,
    OpenRegistration,
    PlanSession,
    RecordAttendance,
    RegisterForSession,
)

_AGENDA: Final = (
    "Welcome, and what the last month brought",
    "A home tells: huddles after each fall, what was hard at night, and what families said",
    "Small groups: your next small test of change",
    "What is due, questions",
)
_QUESTIONS: Final = ("WAS_USEFUL", "WAS_CLEAR", "LEARNED_FROM_PEERS", "WILL_TRY_SOMETHING", "WORTH_THE_TIME")


class Month:
    """One session; ``number`` from 0, every fourth can be come to in person as well."""

    def __init__(self, year: Year, number: int, day: dt.date, folder: Path) -> None:
        self._year, self.number, self.day, self._folder = year, number, day, folder
        self.starts_at = dt.datetime.combine(day, dt.time(13), exports.ZONE).astimezone(dt.UTC)
        self.ends_at = self.starts_at + dt.timedelta(hours=2)
        self.meets = number % 4 == 0
        self.layout = exports.NAMES[number % len(exports.NAMES)]
        self.session = self.period = ""

    def plan(self) -> Steps:
        """Plan it and open registration."""
        kind = "OUTCOMES_CONGRESS" if self.number == 11 else "LEARNING_SESSION" if self.meets else "WEBINAR"
        made = yield from ask([command(
            PlanSession, network=NETWORK, cohorts=[COHORT], kind=kind, title=f"Session {self.number + 1}: fewer falls",
            agenda=_AGENDA[: 2 + self.number % 3], mode="BOTH" if self.meets else "ONLINE", zone="America/New_York",
            starts_at=self.starts_at, ends_at=self.ends_at, place="Mechanics Hall, Worcester" if self.meets else None,
            join_url=f"https://network.example/s/{self.number + 1}", **OFFICE,
        )])  # fmt: skip
        self.session = made[0]["session"]
        self._year.sessions.append(self.session)
        yield from ask([command(OpenRegistration, session=self.session)])

    def register(self) -> Steps:
        """Seven of eight homes register, and one that is not in the cohort."""
        homes = [(n, one) for n, one in self._year.present(self.day) if (n + self.number) % 8]
        homes.append((0, self._year.guest))
        yield from ask(
            command(
                RegisterForSession, session=self.session, participant=one, people=1 + n % 3,
                mode="IN_PERSON" if self._in_person(n) else "ONLINE",
            )
            for n, one in homes
        )  # fmt: skip

    def _in_person(self, number: int) -> bool:
        return self.meets and number % 3 == 1

    def hand_out(self) -> Steps:
        """Make the pack on the day before."""
        yield HandOut(self.session, self.day - dt.timedelta(days=1))

    def begin(self) -> Steps:
        """Nobody has attended what is not held."""
        first = self._year.homes[0]
        yield from in_vain(self._year, [self._attended(first, 1, 60)])

    def hold(self) -> Steps:
        """Hold it; who was online is read from the webinar's export, who was in the hall is noted by staff."""
        yield from ask([command(CloseRegistration, session=self.session), command(HoldSession, session=self.session)])
        there = [(n, one) for n, one in self._year.present(self.day) if (n + self.number) % 5]
        online = [*((n, one) for n, one in there if not self._in_person(n)), (len(self._year.homes), self._year.guest)]
        people = list(exports.guests(online, self.starts_at))
        found = self._year.came.setdefault(self.session, {})
        for one in people:
            many, minutes = found.get(one.participant, (0, 0))
            found[one.participant] = (many + 1, minutes + one.minutes)
        export, book = exports.write(self._folder, self.layout, people)
        around = Around(self.starts_at, self.ends_at, exports.ZONE)
        commands = exports.attendance(self.session, export, book, around)
        yield from ask(commands)
        again = yield from ask(commands)
        assert not any(one["changed"] for one in again), "an import repeated changes nothing"
        hall = [one for n, one in there if self._in_person(n)]
        found.update(dict.fromkeys(hall, (2, 240)))
        yield from ask(self._attended(one, 2, 240) for one in hall)

    def _attended(self, participant: str, people: int, minutes: int) -> RecordAttendance:
        mode = "IN_PERSON" if self.meets else "ONLINE"
        given = {"session": self.session, "participant": participant, "people": people, "minutes": minutes}
        return command(RecordAttendance, **given, mode=mode)

    def evaluate(self) -> Steps:
        """A third of those who came evaluate it, one home in ten without a name."""
        came = sorted(self._year.came[self.session])[::3]
        yield from ask(
            command(
                EvaluateSession, session=self.session, participant=None if n % 10 == 0 else one,
                answers={question: 1 + (n + place) % 5 for place, question in enumerate(_QUESTIONS)},
            )
            for n, one in enumerate(came)
        )  # fmt: skip

    def start(self, last: dt.date) -> Steps:
        """The action period until the day before the next session."""
        tasks: tuple[dict[str, Any], ...] = (
            {"title": "Huddles", "report": "How many huddles after falls", "unit": "huddles", "due_on": self.after(12)},
            {"title": "Small test", "report": "What you tried and what you saw", "due_on": self.after(20)},
        )
        made = yield from ask([command(
            StartActionPeriod, cohort=COHORT, name=f"Action period {self.number + 1}", after_session=self.session,
            starts_on=self.after(1), ends_on=last, assignments=tasks, **OFFICE,
        )])  # fmt: skip
        self.period = made[0]["period"]

    def after(self, days: int) -> dt.date:
        """A day after the session."""
        return self.day + dt.timedelta(days=days)

    def early(self) -> Steps:
        """Two of three report the first assignment before it is due; one in seventeen is excused."""
        day = self.after(8)
        here = self._year.present(day)
        yield from ask(self._report(one, 1, day, n) for n, one in here if (n + self.number) % 3)
        yield from ask(
            command(
                ExcuseFromAssignment, period=self.period, assignment=1, participant=one, reason="A survey that week"
            )
            for n, one in here
            if (n + self.number) % 3 == 0 and n % 17 == 0
        )

    def late(self) -> Steps:
        """Some report the first after it was due, before they are reminded again."""
        day = self.after(14)
        owing = [(n, one) for n, one in self._year.present(day) if (n + self.number) % 3 == 0 and n % 17]
        yield from ask(self._report(one, 1, day, n) for n, one in owing if n % 2 == 0)

    def second(self) -> Steps:
        """Three of four report the second assignment in time."""
        day = self.after(18)
        yield from ask(self._report(one, 2, day, n) for n, one in self._year.present(day) if (n + self.number) % 4 != 1)

    def _report(self, home: str, assignment: int, on: dt.date, number: int) -> ReportAssignment:
        return command(
            ReportAssignment, period=self.period, assignment=assignment, participant=home, on=on,
            summary="We held a huddle after each fall; nights are still hard.",
            value=number % 12 if assignment == 1 else None,
        )  # fmt: skip

    def close(self) -> Steps:
        """The period is over."""
        yield from ask([command(CloseActionPeriod, period=self.period)])
