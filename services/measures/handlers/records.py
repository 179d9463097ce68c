"""Feed records as the engine keeps them: codes of ICD-10 only, days as ordinals."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from services.measures.domain.components import INPUTS
from services.measures.domain.conditions import NUMBER
from services.measures.domain.timeline import (
    EMERGENCY,
    OBSERVATION,
    OPEN,
    CareService,
    Claim,
    Enrolment,
    Fill,
    Record,
    Setting,
    Spans,
    ordinal,
)
from shared.contracts import compiled, feeds

ICD_10: Final = 10
_SETTINGS: Final = {
    "outpatient": Setting.OUTPATIENT,
    "snf": Setting.SNF,
    "home_health": Setting.HOME_HEALTH,
    "hospice": Setting.HOSPICE,
}


def inpatient(record: compiled.InpatientClaim) -> Claim:
    """An inpatient claim."""
    ten = record.icd == ICD_10
    last = record.discharge.toordinal()
    return Claim(
        bytes.fromhex(record.claim),
        record.version,
        record.action == "cancel",
        Setting.INPATIENT,
        record.admission.toordinal(),
        last,
        record.provider,
        record.status or "",
        record.frequency or "",
        record.paid,
        record.diagnoses if ten else (),
        (record.poa or "") if ten else "",
        record.procedures if ten else (),
        0,
        _spans(record.leave) if record.leave else (),
        ordinal(record.received) or last,
    )


def care(record: compiled.CareClaim) -> Claim:
    """A claim of another setting."""
    marks = (EMERGENCY if record.emergency else 0) | (OBSERVATION if record.observation else 0)
    return Claim(
        bytes.fromhex(record.claim),
        record.version,
        record.action == "cancel",
        _SETTINGS[record.setting],
        record.first.toordinal(),
        record.last.toordinal(),
        record.provider,
        record.status or "",
        record.frequency or "",
        record.paid,
        record.diagnoses if record.icd == ICD_10 else (),
        "",
        (),
        marks,
        _spans(record.nights),
        ordinal(record.received) or record.last.toordinal(),
    )


def notice(record: compiled.EncounterNotice) -> Claim:
    """An encounter notice; one that tells no discharge lasts through the day it was told, and is open."""
    told = max(record.told, record.admission).toordinal()
    return Claim(
        bytes.fromhex(record.visit),
        record.version,
        record.action == "cancel",
        Setting.NOTICE,
        record.admission.toordinal(),
        ordinal(record.discharge) or told,
        record.provider,
        record.status or "",
        "",
        None,
        record.diagnoses,
        "",
        (),
        0 if record.discharge is not None else OPEN,
        (),
        record.told.toordinal(),
    )


def fill(record: compiled.DrugFill) -> Fill:
    """A prescription fill."""
    return Fill(
        bytes.fromhex(record.fill),
        record.version,
        record.action == "cancel",
        record.filled.toordinal(),
        record.days,
        f"{record.system}:{record.code}",
    )


def service(record: compiled.CommunityService) -> CareService:
    """A long-term service."""
    return CareService(
        bytes.fromhex(record.service),
        record.version,
        record.action == "cancel",
        record.kind,
        record.referred.toordinal(),
        ordinal(record.started),
        ordinal(record.ended),
    )


def enrolment(record: compiled.EnrolmentYear) -> Enrolment:
    """A year of enrolment; conditions the platform does not know are left out."""
    conditions = {NUMBER[name] for name in record.conditions if name in NUMBER}
    return Enrolment(
        record.year,
        record.version,
        record.area,
        _spans(record.eligible),
        ordinal(record.death),
        ordinal(record.birth),
        record.dual,
        tuple((since.toordinal(), area) for since, area in sorted(record.moves)),
        tuple(sorted(conditions)),
        tuple(position for position, name in enumerate(INPUTS) if name not in record.carries),
    )


def _spans(spans: tuple[tuple[dt.date, dt.date], ...]) -> Spans:
    return tuple((first.toordinal(), last.toordinal()) for first, last in spans)


RECORD: Final[dict[str, Callable[[Any], Record]]] = {
    feeds.InpatientClaim.wire_type(): inpatient,
    feeds.EnrolmentYear.wire_type(): enrolment,
    feeds.CareClaim.wire_type(): care,
    feeds.EncounterNotice.wire_type(): notice,
    feeds.DrugFill.wire_type(): fill,
    feeds.CommunityService.wire_type(): service,
}
