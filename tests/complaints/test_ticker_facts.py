"""What the ticker writes for speed is byte for byte what the event's model would give."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.deadlines import SOFT_LIMITS, Deadline, Status
from services.complaints.ticking import facts as ticker_facts
from shared.contracts.complaints import DeadlineApproaching, DeadlineFact, DeadlineMissed, Obligor, WindowLapsed

INSTANTS = st.datetimes(min_value=dt.datetime(1990, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - zone is beside
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
DEADLINES = st.builds(
    Deadline,
    id=st.uuids(),
    rule_id=TEXT,
    rule_version=st.integers(1, 2**31 - 1),
    citation=TEXT,
    obligor=st.sampled_from(Obligor),
    window=st.booleans(),
    trigger=TEXT,
    trigger_at=INSTANTS,
    due_at=INSTANTS,
    zone=TEXT,
)


@given(case_id=st.uuids(), deadline=DEADLINES, percent=st.none() | st.sampled_from(SOFT_LIMITS), lapsed=st.booleans())
def test_the_bytes_of_a_fact_are_those_of_its_model(
    case_id: UUID, deadline: Deadline, percent: Any, lapsed: bool
) -> None:
    kind: type[DeadlineFact] = DeadlineApproaching if percent else WindowLapsed if lapsed else DeadlineMissed
    values = {name: getattr(deadline, name) for name in DeadlineFact.model_fields if hasattr(deadline, name)}
    more = {"percent": percent} if percent else {}
    event = kind.model_validate({**values, **more, "case_id": case_id, "deadline_id": deadline.id})
    written = ticker_facts.fact(kind, case_id, deadline, percent)
    assert written.payload == event.model_dump_json().encode()
    assert (written.type, written.key) == (event.wire_type(), str(case_id))


@pytest.mark.parametrize(
    ("status", "window", "percent", "expected"),
    [
        (Status.PENDING, False, None, None),
        (Status.PENDING, False, 75, DeadlineApproaching),
        (Status.MISSED, False, None, DeadlineMissed),
        (Status.MISSED, True, None, WindowLapsed),
    ],
)
def test_each_turn_of_a_clock_has_its_fact(status: Status, window: bool, percent: Any, expected: Any) -> None:
    at = dt.datetime(2026, 7, 5, tzinfo=dt.UTC)
    deadline = Deadline(
        id=UUID(int=1), rule_id="r", rule_version=1, citation="c", obligor=Obligor.QIO, window=window, trigger="t",
        trigger_at=at, due_at=at, zone="UTC", status=status,
    )  # fmt: skip
    assert ticker_facts.kind(deadline, percent) is expected
