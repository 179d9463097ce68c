"""Expedited reconsideration of Original Medicare by the QIC, as the QIO's case follows it (42 CFR 405.1204)."""

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Notice, Stage, Step
from services.complaints.domain.procedures.expedited import CLOSED, DETERMINED, NOTIFIED
from services.complaints.domain.rules.reconsideration import REQUEST
from shared.contracts.complaints import Role

AT_QIC = "AT_QIC"
STATES = {AT_QIC: Stage.DECIDED}
COMMANDS = {
    "reconsider": ("reconsideration_requested",),
    "withdraw": ("withdrawn", "reconsideration_withdrawn"),
}
DISSATISFIED = frozenset({REQUEST})
LAPSES = {REQUEST: "closed"}

_LATE = "The time for an expedited reconsideration is over; a standard claims appeal remains."

STEPS = (
    Step(
        id="reconsideration_requested",
        says="reconsidered",
        actor=Actor.PARTY,
        citation="42 CFR 405.1204(b)",
        fact="reconsideration_requested",
        guards=(
            guards.in_time(REQUEST, _LATE, "42 CFR 405.1204(b)(4)", for_cause=False),
            guards.asked_by(*guards.PATIENT, citation="42 CFR 405.1204(a)"),
            guards.reconsiderable(REQUEST, "42 CFR 405.1204(a)"),
        ),
        needs=("party",),
        level=1,
    ),
    Step(
        id="qic_notified_qio",
        says="recorded as announced by the QIC",
        actor=Actor.QIC,
        citation="42 CFR 405.1204(c)(1)",
        fact="qic_notified_qio",
        notices=(Notice("QIC_FILE", (Role.QIC,), ("QR-FILE",)),),
        level=1,
    ),
    Step(
        id="qic_file_sent",
        says="recorded as sent to the QIC",
        actor=Actor.RECORDS,
        citation="42 CFR 405.1204(d)(1)",
        fact="qic_file_sent",
        level=1,
    ),
    Step(
        id="qic_records_received",
        says="given further records for the QIC",
        actor=Actor.RECORDS,
        citation="42 CFR 405.1204(c)(3)",
        fact="reconsideration_records_received",
        level=1,
    ),
    Step(
        id="file_copy_requested",
        says="asked for a copy of the file",
        actor=Actor.PARTY,
        citation="42 CFR 405.1204(d)(2)",
        fact="file_copy_requested",
        level=1,
    ),
    Step(
        id="qic_decided",
        says="recorded as decided by the QIC",
        actor=Actor.QIC,
        citation="42 CFR 405.1204(c)(3)",
        fact="reconsideration_told",
        needs=("answers.qic_outcome",),
        level=1,
    ),
    Step(
        id="reconsideration_withdrawn",
        says="withdrawn from reconsideration",
        actor=Actor.PARTY,
        citation="42 CFR 405.1204(b)",
        level=1,
        note="the determination stands",
    ),
)
ROWS: tuple[tuple[str | tuple[str, ...], str, str | None], ...] = (
    ((DETERMINED, NOTIFIED), "reconsideration_requested", AT_QIC),
    (AT_QIC, "qic_notified_qio", None),
    (AT_QIC, "qic_file_sent", None),
    (AT_QIC, "qic_records_received", None),
    (AT_QIC, "file_copy_requested", None),
    (AT_QIC, "letter_left", None),
    (AT_QIC, "told", None),
    (AT_QIC, "qic_decided", CLOSED),
    (AT_QIC, "reconsideration_withdrawn", CLOSED),
)
