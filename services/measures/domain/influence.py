"""How far from its own days a record can matter, by any measure."""

from typing import Final

from services.measures.domain.days import new_year, year_of
from services.measures.domain.timeline import EMERGENCY, OBSERVATION, Claim, Enrolment, Fill, Record, Setting

FOLLOW_UP_DAYS: Final = 30
HOME_HEALTH_DAYS: Final = 60
FILL_AFTER_DISCHARGE: Final = 7
_CHAINING: Final = frozenset((Setting.INPATIENT, Setting.NOTICE))


def is_chaining(claim: Claim) -> bool:
    """Whether a claim can be one of several that form a stay, or a chain of emergency visits and stays."""
    return claim.setting in _CHAINING or bool(claim.marks & (EMERGENCY | OBSERVATION))


def influence(record: Record) -> tuple[int, int]:
    """First and last day a record can matter for, by any measure; of an enrolment see the enrolled year."""
    if isinstance(record, Claim):
        if is_chaining(record):
            # A readmission counts at its index, a hospitalization at the start of home health.
            return record.first - HOME_HEALTH_DAYS, record.last + FOLLOW_UP_DAYS + 1
        if record.setting == Setting.HOME_HEALTH:
            return record.first, record.last + HOME_HEALTH_DAYS
        return record.first, max([record.last + 1, *(last for _, last in record.spans)])
    if isinstance(record, Fill):
        # It can make a discharge of the week before it an index, and so take an event from an index 30 days earlier.
        return record.filled - FILL_AFTER_DISCHARGE - FOLLOW_UP_DAYS - 1, record.filled + record.days
    if isinstance(record, Enrolment):
        # 30 days of follow-up look at it from before, the year before an admission from after.
        return new_year(record.year) - FOLLOW_UP_DAYS - 1, new_year(record.year + 2)
    year_end = new_year(year_of(record.started or record.referred) + 1) - 1
    return record.referred, max(record.ended or year_end, record.referred)
