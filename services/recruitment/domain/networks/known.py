"""The networks that the program names, as data with their sources: what is proposed when one is established."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.program.statements import reason_against
from shared.contracts.recruitment.chronic_care import Condition
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.contracts.recruitment.learning_terms import Topic

_FORWARD: Final = "CMS, QIO Program: Moving Forward, August 2011 to July 2014"
_TIP_SHEET: Final = "QIO Program, tip sheet for community-based organisations, 2014 to 2019 statement of work"


@dataclass(frozen=True, slots=True)
class Known:
    """A network by name. ``topics`` stand in the order that it takes them up; ``tasks``, one after the other in time.

    No ``settings``: those of the collaborative, or every one. ``conditions`` are of chronic care improvement alone.
    """

    id: str
    name: str
    kind: NetworkKind
    collaborative: str | None
    tasks: tuple[str, ...]
    topics: tuple[Topic, ...]
    source: str
    settings: tuple[Setting, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def task_on(self, day: dt.date) -> str:
        """The task that it is work for on a day; where none is held that day, the last one."""
        return next((one for one in self.tasks if reason_against(one, day, "task") is None), self.tasks[-1])


KNOWN: Final = {
    row.id: row
    for row in (
        Known(
            "nnhqcc",
            "National Nursing Home Quality Care Collaborative",
            NetworkKind.COLLABORATIVE,
            "NNHQCC",
            ("nursing-homes", "C.2"),
            (
                Topic.PRESSURE_ULCERS,
                Topic.RESTRAINTS,
                Topic.FALLS,
                Topic.CAUTI,
                Topic.HOME_QUALITY,
                Topic.STAFF_STABILITY,
                Topic.CONSISTENT_ASSIGNMENT,
            ),
            f"{_FORWARD}, nursing homes; {_TIP_SHEET}, Task C.2",
        ),
        Known(
            "cusp",
            "Comprehensive Unit-Based Safety Program",
            NetworkKind.COLLABORATIVE,
            "CUSP",
            ("hospital-infections",),
            (Topic.CLABSI, Topic.CAUTI, Topic.CDI, Topic.SSI),
            f"{_FORWARD}, hospitals",
        ),
        Known(
            "pspc",
            "Patient Safety and Clinical Pharmacy Services Collaborative",
            NetworkKind.CARE_TEAMS,
            "PSPC",
            ("adverse-drug-events",),
            (Topic.ADVERSE_DRUG_EVENTS,),
            f"{_FORWARD}, adverse drug events",
        ),
        Known(
            "cardiac",
            "Learning and action network on cardiac risk",
            NetworkKind.LEARNING_AND_ACTION_NETWORK,
            "CARDIAC",
            ("practices",),
            (Topic.CARDIAC, Topic.PREVENTION, Topic.REPORTING),
            f"{_FORWARD}, practices, with Health IT Regional Extension Centers; Million Hearts",
        ),
        Known(
            "chronic-care",
            "Voluntary chronic care improvement programs",
            NetworkKind.CHRONIC_CARE_IMPROVEMENT,
            None,
            ("care-transitions", "C.3"),
            (Topic.HEART_FAILURE, Topic.CHRONIC_CONDITIONS),
            "Social Security Act §1807 (MMA 2003, Pub. L. 108-173, §721), later Medicare Health Support; the program"
            " names it among its means and no task of a statement of work, so it goes with coordination of care",
            conditions=(Condition.HEART_FAILURE, Condition.DIABETES, Condition.COPD),
        ),
        Known(
            "special-populations",
            "Regional learning and action network for special and vulnerable populations",
            NetworkKind.LEARNING_AND_ACTION_NETWORK,
            None,
            ("C.3",),
            (Topic.CARE_TRANSITIONS, Topic.READMISSIONS, Topic.CHRONIC_CONDITIONS, Topic.ADVERSE_DRUG_EVENTS),
            f"{_TIP_SHEET}, Task C.3",
        ),
    )
}
