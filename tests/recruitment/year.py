"""A cohort's year at a desk in memory: every step by the real rules; the clock's workers without a database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.year.course import course, year_of
from benchmarks.year.homes import first_events
from benchmarks.year.steps import Ask, AskInVain, HandOut, Pass, Step, Year
from services.recruitment.domain.packs.gathered import Place
from services.recruitment.domain.packs.recorded import Records
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.peers.lapsing import lapsed
from services.recruitment.domain.peers.pairing_kind import PAIRING
from services.recruitment.domain.sessions.notices import Known
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.message import Event
from shared.contracts.recruitment.ids import Setting
from shared.messaging.handling import Accepted, Emit, Refused
from shared.records.deciding import Held
from tests.recruitment.desk import Desk
from tests.recruitment.packs.cast import every, records
from tests.recruitment.sessions.clock import at_hour

BEGINNING = dt.datetime(2014, 9, 1, 12, tzinfo=dt.UTC)


class YearAtDesk:
    """Carries the steps out, and keeps what each pack was to be made from."""

    def __init__(self, homes: int, folder: Path) -> None:
        self.year: Year = year_of(homes)
        self.folder = folder
        self.first = first_events(self.year.homes, self.year.guest)
        self.at = Desk(BEGINNING).has(*self.first)
        self.packs: list[tuple[dt.date, Records]] = []
        everybody = (*self.year.homes, self.year.guest)
        self._known = {one: Known(name=one, state="MA", setting=Setting.NURSING_HOME) for one in everybody}
        steps = course(self.year, folder)
        step = next(steps)
        while True:
            try:
                step = steps.send(self._answer(step))
            except StopIteration:
                break

    def _answer(self, step: Step) -> list[dict[str, object]]:
        match step:
            case Ask():
                return [self._accepted(self.at.ask(one)) for one in step.commands]
            case AskInVain():
                return [{"code": self.at.refused(one)[0][0]} for one in step.commands]
            case HandOut():
                self.packs.append((step.on, replace(records(self.at, step.session), places=self._places())))
            case Pass():
                self.at.now = step.now
                self._clock(step.now)
        return []

    def _places(self) -> dict[str, Place]:
        known = ("name", "city", "state", "setting")
        return {
            one.id: Place(participant=one.id, **{name: getattr(one, name) for name in known})
            for one in every(self.at, PARTICIPANT)
        }

    def _accepted(self, answer: Accepted | Refused) -> dict[str, object]:
        assert isinstance(answer, Accepted), answer
        return dict(answer.made)

    def _clock(self, now: dt.datetime) -> None:
        names = [one.id for one in every(self.at, SESSION)] + [one.id for one in every(self.at, ACTION_PERIOD)]
        for name in names:
            at_hour(self.at, name, now, self._known)
        for pairing in every(self.at, PAIRING):
            self._says(lapsed(pairing.id, now.date(), Held(self.at.records.get), "clock"))

    def _says(self, events: Sequence[Event]) -> None:
        self.at.has(*events)
        for event in events:
            kind = self.at.kinds.events[type(event)]
            assert kind.topic is not None
            self.at.said.append(Emit(kind.topic, kind.id_of(event), event))
