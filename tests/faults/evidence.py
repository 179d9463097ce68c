"""What must hold after any fault, read from topics, databases and the mailbox."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aiokafka import ConsumerRecord

from services.complaints.auditing.chain import broken_at
from shared.contracts import complaints, measures, notifications, recruitment
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.measures import MeasureUpdated
from shared.contracts.notifications import NoticeDelivered, NoticeQueued, NoticeRequested
from shared.contracts.notifications.notices import NoticeOverdue
from shared.runtime.supervisor import SERVICES
from tests.faults.workload import Round
from tests.support.platform import Trial, distinct, header

REPLIES: Final = (recruitment.REPLIES.name, complaints.REPLIES.name)
# Results and figures are compared by their values; a notice that is late because of the fault is rightly said to be so.
_OF_THE_MOMENT: Final = (MeasureUpdated.wire_type(), FacilityMeasured.wire_type(), NoticeOverdue.wire_type())
_LETTERS: Final = "SELECT (SELECT count(*) FROM dead_letter) + (SELECT count(*) FROM parked_key)"
_CELLS: Final = """
    SELECT measure, unit, period, numerator, denominator FROM cell
    WHERE unit_type = 'community' AND unit = ANY($1::text[])
"""
_CASES: Final = "SELECT case_id FROM case_file"

# Everything of a service's state that does not depend on the moment, counted. States, regions, the nation and hospitals
# are the same for every round: their rows come with the first, and only what is in them grows.
_STATE: Final = {
    "recruitment": """
        SELECT 'records ' || kind AS what, count(*) AS n FROM record GROUP BY 1
        UNION ALL SELECT 'engagements ' || (state ->> 'collaborative') || (state ->> 'stage'), count(*)
                  FROM record WHERE kind = 'engagement' GROUP BY 1
        UNION ALL SELECT 'steps', sum(jsonb_array_length(state -> 'steps')) FROM record WHERE kind = 'engagement'
        UNION ALL SELECT 'community versions', sum((state ->> 'version')::int) FROM record WHERE kind = 'community'
        UNION ALL SELECT 'areas', sum(jsonb_array_length(state -> 'areas')) FROM record WHERE kind = 'community'
        UNION ALL SELECT 'answers ' || type, count(*) FROM command_reply GROUP BY 1
    """,
    "measures": """
        SELECT 'claims' AS what, sum(claims) AS n FROM beneficiary
        UNION ALL SELECT 'enrolments', sum(enrolments) FROM beneficiary
        UNION ALL SELECT 'community versions', sum(version) FROM community
        UNION ALL SELECT 'published versions', sum(published) FROM community
        UNION ALL SELECT 'deltas waiting', count(*) FROM delta
        UNION ALL SELECT 'other care', sum(care) FROM beneficiary
        UNION ALL SELECT 'quarters due', count(*) FROM due
        UNION ALL SELECT 'rollups ' || unit_type, count(*) FROM rollup
            WHERE unit_type = ANY('{area,community}') GROUP BY 1
        UNION ALL SELECT 'numerators ' || measure || unit_type || period, sum(numerator) FROM cell GROUP BY 1
        UNION ALL SELECT 'denominators ' || measure || unit_type || period, sum(denominator) FROM cell GROUP BY 1
        UNION ALL SELECT 'figures ' || kind || measure || period, sum(numerator) FROM panel_figure GROUP BY 1
        UNION ALL SELECT 'figures due', count(*) FROM activity_due
    """,
    "complaints": """
        SELECT 'cases ' || state AS what, count(*) AS n FROM case_file GROUP BY 1
        UNION ALL SELECT 'parties', count(*) FROM party
        UNION ALL SELECT 'clocks ' || rule_id || status || warned, count(*) FROM deadline GROUP BY 1
        UNION ALL SELECT 'audited ' || action, count(*) FROM audit GROUP BY 1
        UNION ALL SELECT 'answers ' || type, count(*) FROM command_reply GROUP BY 1
    """,
    "notifications": """
        SELECT 'notices ' || type || recipient_role || channel || state AS what, count(*) AS n FROM notice GROUP BY 1
    """,
}


@dataclass
class Findings:
    """What a fault did. ``double`` counts effects beyond the first; ``broken`` says in words what else is wrong."""

    lost: int = 0
    double: int = 0
    dead_letters: int = 0
    repeated_mails: int = 0
    broken: list[str] = field(default_factory=list)


async def look(trial: Trial) -> Findings:
    """Audit the losses, and count double effects in streams, answers, notices and mails."""
    audited = await trial.audit()
    records = await trial.records()
    found = Findings(lost=audited.lost, broken=[*audited.notes])
    if audited.waiting:
        found.broken.append(f"{audited.waiting} messages still wait")
    found.dead_letters = sum([await trial.value(service, _LETTERS) for service in SERVICES])
    streams(records, found)
    answers(records, found)
    _notices(records, found)
    _mails(trial, records, found)
    async with trial.database("complaints") as conn:
        for row in await conn.fetch(_CASES):
            if await broken_at(conn, row["case_id"]) is not None:
                found.broken.append("the audit chain of a case is broken")
    return found


def streams(records: Sequence[ConsumerRecord], found: Findings) -> None:
    """Per topic and key: one event per sequence, no gap, in order; a repetition says the same under the same id."""
    numbers: dict[tuple[str, bytes], list[str]] = defaultdict(list)
    first = distinct(records)
    for record in records:
        original = first.get(header(record, "ce_id"))
        if original is not None and (original.value, original.key) != (record.value, record.key):
            found.broken.append(f"an event of {record.topic} came again with another content")
    for record in first.values():
        if header(record, "ce_sequence"):
            numbers[record.topic, record.key].append(header(record, "ce_sequence"))
    for (topic, _), sequences in numbers.items():
        found.double += len(sequences) - len(set(sequences))
        if list(dict.fromkeys(sequences)) != [f"1:{number}" for number in range(1, len(set(sequences)) + 1)]:
            found.broken.append(f"a stream of {topic} has a gap or is out of order")


def answers(records: Sequence[ConsumerRecord], found: Findings) -> None:
    """Each command is answered, and however often, always the same."""
    answers: dict[bytes, set[bytes]] = defaultdict(set)
    for record in records:
        if record.topic in REPLIES:
            answers[record.key].add(record.value)
    found.double += sum(len(values) - 1 for values in answers.values())
    asked = {header(record, "ce_id") for record in records if record.topic.endswith(".commands.v1")}
    unanswered = {command for command in asked if command} - {key.decode() for key in answers}
    if unanswered:
        found.broken.append(f"{len(unanswered)} commands were never answered")


def _notices(records: Sequence[ConsumerRecord], found: Findings) -> None:
    """Each notice asked for is queued once and delivered once; a call is a task of staff and ends there."""
    said: Counter[tuple[str, bytes]] = Counter()
    for record in distinct(records).values():
        if record.topic in (notifications.REQUESTS.name, notifications.NOTICES.name):
            said[header(record, "ce_type"), record.key] += 1
    asked = {key for kind, key in said if kind == NoticeRequested.wire_type()}
    for model, wanted in ((NoticeQueued, asked), (NoticeDelivered, asked - _calls(records))):
        counts = {key: said[model.wire_type(), key] for key in wanted}
        found.double += sum(count - 1 for count in counts.values() if count > 1)
        if not all(counts.values()):
            found.broken.append(f"{list(counts.values()).count(0)} notices have no {model.__name__}")


def _calls(records: Sequence[ConsumerRecord]) -> set[bytes]:
    """Notices that staff tell by telephone."""
    queued = [record for record in records if header(record, "ce_type") == NoticeQueued.wire_type()]
    return {record.key for record in queued if NoticeQueued.model_validate_json(record.value).channel == "call"}


def _mails(trial: Trial, records: Sequence[ConsumerRecord], found: Findings) -> None:
    """Each notice has its one Message-ID in the mailbox."""
    came = Counter(str(mail["message_id"]) for mail in trial.mails())
    requested = {record.key for record in records if record.topic == notifications.REQUESTS.name}
    asked = {key.decode() for key in requested - _calls(records)}
    arrived = {message.strip("<>").partition("@")[0] for message in came}
    if asked != arrived:
        found.broken.append(
            f"{len(asked - arrived)} notices were not mailed, {len(arrived - asked)} were not asked for"
        )
    found.repeated_mails = came.total() - len(came)


async def state(trial: Trial) -> Counter[str]:
    """All services' state in numbers, and the events ever said by type but those of the moment."""
    counted: Counter[str] = Counter()
    answers = await asyncio.gather(*(trial.rows(service, query) for service, query in _STATE.items()))
    for service, rows in zip(_STATE, answers, strict=True):
        counted.update({f"{service}: {row['what']}": int(row["n"] or 0) for row in rows})
    for record in distinct(await trial.records()).values():
        kind = header(record, "ce_type")
        if record.topic not in REPLIES and kind not in _OF_THE_MOMENT:
            counted[f"{record.topic}: {kind}"] += 1
    return counted


async def wrong_results(trial: Trial, work: Sequence[Round]) -> list[str]:
    """Communities and quarters whose stored or last published counts are not those recomputed by hand."""
    expected = {key: counts for one in work for key, counts in one.expected().items()}
    wanted = {
        (measure, unit, period): (counts[number], counts[2])
        for (unit, period), counts in expected.items()
        for number, measure in enumerate(("hospitalizations", "rehospitalizations-30d"))
    }
    stored = {
        (row["measure"], row["unit"], row["period"]): (row["numerator"], row["denominator"])
        for row in await trial.rows("measures", _CELLS, [one.community for one in work])
    }
    said = {}
    for record in await trial.records(measures.RESULTS.name):
        result = MeasureUpdated.model_validate_json(record.value)
        if result.unit_type == "community":
            said[result.measure, result.unit, result.period] = (result.numerator, result.denominator)
    return [
        f"{key}: expected {counts}, stored {stored.get(key)}, said {said.get(key)}"
        for key, counts in wanted.items()
        if stored.get(key) != counts or said.get(key) != counts
    ]
