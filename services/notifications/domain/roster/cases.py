"""Cases: nothing but the region of the QIO that has each."""

import datetime as dt
from typing import Final

from shared.contracts.complaints import CaseOpened, CaseReopened, CaseTransferred
from shared.records.kinds import Kind, Record


class Case(Record):
    """Which QIO has the case now, by its region."""

    id: str
    region: str


def _case(before: Case | None, event: CaseOpened | CaseReopened | CaseTransferred, at: dt.datetime) -> Case:
    del before, at
    region = event.to_region if isinstance(event, CaseTransferred) else event.region
    return Case(id=str(event.case_id), region=region)


CASE: Final = Kind(
    name="roster-case",
    state=Case,
    events=(CaseOpened, CaseReopened, CaseTransferred),
    id_of=lambda event: str(event.case_id),
    evolve=_case,
    topic=None,
)
