"""What the head of a beneficiary takes from a chunk."""

import msgspec

from services.measures.domain.evidence import Evidence, gather
from services.measures.domain.influence import influence, is_chaining
from services.measures.domain.notices import expires
from services.measures.domain.timeline import CareService, Chunk, Claim, Fill, Setting, Spans
from services.measures.domain.values import ValueSets


class Summary(msgspec.Struct, frozen=True, gc=False):
    """A year as days.

    ``lead`` and ``tail`` bound the days its records can matter for, ``first`` and ``reach`` those of the claims that
    form stays and chains of visits; 0 where there is nothing. ``wake`` is the day on which a notice stops to count.
    """

    first: int = 0
    reach: int = 0
    lead: int = 0
    tail: int = 0
    death: int = 0
    birth: int = 0
    coverage: Spans = ()
    evidence: Evidence = ()
    wake: int = 0


def summarize(chunk: Chunk, death: int, values: ValueSets, today: int) -> Summary:
    """The head's view of a chunk; ``death`` is the person's."""
    enrolment = chunk.enrolment
    first = reach = lead = tail = wake = 0
    died = enrolment.death if enrolment is not None else 0
    records: list[Claim | Fill | CareService] = [*chunk.claims, *chunk.fills, *chunk.services]
    for record in records:
        if record.cancelled:
            continue
        begin, end = influence(record)
        if begin < lead or not lead:
            lead = begin
        tail = max(tail, end)
        if isinstance(record, Claim):
            if is_chaining(record):
                if record.first < first or not first:
                    first = record.first
                reach = max(reach, record.last)
            if record.setting == Setting.NOTICE and expires(record) > today:
                wake = min(wake or expires(record), expires(record))
            elif record.setting == Setting.INPATIENT and record.status == "20":
                died = min(died or record.last, record.last)
    birth, coverage = (enrolment.birth, enrolment.spans) if enrolment is not None else (0, ())
    return Summary(first, reach, lead, tail, died, birth, coverage, gather(chunk.claims, death, values), wake)
