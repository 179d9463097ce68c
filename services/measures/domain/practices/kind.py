"""Patients' evidence as a kind of facility data: the unit is the practice."""

import datetime as dt
from typing import Final

from services.measures.domain.panel.kind import Kind, Place
from services.measures.domain.practices.count import count
from services.measures.domain.practices.definitions import MEASURES
from shared.contracts import evidence
from shared.contracts.compiled_evidence import EvidenceNoted, EvidenceWithdrawn, PatientKnown, PressureTaken


def place(fact: PatientKnown | EvidenceNoted | PressureTaken | EvidenceWithdrawn) -> Place:
    """The practice, the patient, the resource: one that is amended, whatever it becomes, stays one."""
    return Place(fact.practice, fact.patient, fact.fact)


PATIENTS: Final = Kind(
    name="patients",
    unit_type="practice",
    facts={
        evidence.PatientKnown.wire_type(): PatientKnown,
        evidence.EvidenceNoted.wire_type(): EvidenceNoted,
        evidence.PressureTaken.wire_type(): PressureTaken,
        evidence.EvidenceWithdrawn.wire_type(): EvidenceWithdrawn,
    },
    place=place,
    count=count,
    measures=MEASURES,
    rules=1,
    settles=dt.timedelta(
        days=91
    ),  # eCQM of a year are handed in by 31 March, of leap years too; what comes later restates
)
