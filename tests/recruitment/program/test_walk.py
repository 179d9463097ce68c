"""Whatever is asked in whatever order, the records can be made again from what was said, and stay consistent."""

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.program.kinds import DELIVERABLE, NETWORK, OBJECTIVE, QIO_CONTRACT
from services.recruitment.domain.program.state import (
    ContractStage,
    Deliverable,
    DeliverableStage,
    Objective,
    ObjectiveStage,
    QioContract,
    QioNetwork,
)
from services.recruitment.domain.program.timeline import Status, as_of, status
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.program import asking
from tests.recruitment.program.test_networks import end, take_back

_DAYS = [f"201{year}-{month:02}-15" for year in range(4, 10) for month in (1, 5, 9)]
days = st.sampled_from(_DAYS)
names = st.sampled_from(["report-1", "report-2"])
states = st.lists(st.sampled_from(["IL", "CO", "OH", "ZZ"]), max_size=2, unique=True)
numbers = st.sampled_from([asking.NUMBER, "NEXT-1"])


def _change(day: str, last: str | None, joins: list[str], leaves: list[str], due: str, name: str) -> Command:
    moved = [{"deliverable": name, "due_on": due}] if due > "2016" else []
    return asking.change(effective_on=day, ends_on=last, add_states=joins, drop_states=leaves, due_dates=moved)


COMMANDS = st.one_of(
    st.builds(lambda number, day: asking.award(contract=number, starts_on=day), numbers, days),
    st.builds(
        lambda day: asking.award(contract="NEXT-1", starts_on=day, replaces=asking.NUMBER, reason="merger"), days
    ),
    st.builds(_change, days, st.none() | days, states, states, days, names),
    st.builds(lambda day: asking.close(ended_on=day), days),
    st.builds(lambda name, day: asking.require(deliverable=name, due_on=day), names, days),
    st.builds(asking.submit, days, names),
    st.builds(asking.accept, days, names),
    st.builds(lambda day, name: asking.give_back(day, deliverable=name), days, names),
    st.builds(asking.waive, days, names),
    st.builds(lambda year: asking.objective(year=year), st.integers(1, 6)),
    st.builds(asking.assess, days),
    st.builds(asking.drop, days),
    st.builds(
        lambda qio, day: asking.network(qio=qio, starts_on=day),
        st.sampled_from(["A", "A Network"]),
        st.sampled_from(["2019-09-01", "2020-01-01", "2022-01-01"]),
    ),
    st.builds(end, st.sampled_from(["2020-06-30", "2023-01-01"])),
    st.builds(take_back, st.sampled_from(["2020-01-01", "2022-01-01"])),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(COMMANDS, max_size=25))
def test_any_walk_can_be_made_again_from_its_events(commands: list[Command]) -> None:
    at = Desk(asking.NOW)
    at.ask(asking.award())
    at.ask(asking.require())
    for command in commands:
        at.ask(command)
    assert at.again() == at.records
    for key, record in at.records.items():
        if isinstance(record, QioContract):
            _contract_holds(record)
        elif isinstance(record, Deliverable):
            _deliverable_holds(record)
        elif isinstance(record, Objective):
            assert (record.stage is ObjectiveStage.ASSESSED) == bool(record.assessments)
            assert (record.stage is ObjectiveStage.DROPPED) == (record.dropped_on is not None)
        elif isinstance(record, QioNetwork):
            _network_holds(record)
        assert key.split(":")[0] in {QIO_CONTRACT.name, DELIVERABLE.name, OBJECTIVE.name, NETWORK.name}


def _contract_holds(record: QioContract) -> None:
    assert (record.stage is ContractStage.OPEN) == (record.ending is None)
    for text in _DAYS:
        terms = as_of(record, dt.date.fromisoformat(text))
        if terms is not None:
            assert terms.ends_on <= dt.date(2019, 7, 31)
            assert terms.tasks
            assert 2 <= len(terms.states) <= 6


def _deliverable_holds(record: Deliverable) -> None:
    assert (record.stage is DeliverableStage.WAIVED) == (record.waiver is not None)
    *earlier, last = record.submissions or (None,)
    assert all(one is not None and one.returned_on is not None for one in earlier)
    stood = status(record, dt.date(2020, 1, 1))
    if record.stage is DeliverableStage.WAIVED:
        assert stood is Status.WAIVED
    elif record.stage in (DeliverableStage.SUBMITTED, DeliverableStage.ACCEPTED):
        assert stood in (Status.MET, Status.MET_LATE)
        assert last is not None
        assert (record.stage is DeliverableStage.ACCEPTED) == (last.accepted_on is not None)
    else:
        assert stood in (Status.DUE, Status.OVERDUE)


def _network_holds(record: QioNetwork) -> None:
    spells = sorted((one for one in record.spells if one.withdrawn is None), key=lambda one: one.starts_on)
    for before, after in pairwise(spells):
        assert before.ends_on < after.starts_on
