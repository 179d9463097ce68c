"""What terminations of SNF, home health, CORF and hospice services share: the NOMNC, its validity, its facts."""

import datetime as dt

from services.complaints.domain.case_clock import Circumstance, Fact
from services.complaints.domain.clock import Hour, Span, Unit
from services.complaints.domain.rule import Certainty, Kind, Rule, Term
from services.complaints.domain.rules import delay, reconsideration
from services.complaints.domain.rules.common import is_not, is_so
from shared.contracts.complaints import Obligor

FACTS = (
    Fact("admitted", "the services began"),
    Fact("next_to_last_visit", "the next-to-last time services are furnished", planned=True),
    Fact("notice_received", "the NOMNC was received (or refused) by the patient"),
    Fact("coverage_end", "the end of coverage stated on the notice (a local date)", planned=True),
    Fact("request_received", "the QIO received the request"),
    Fact("provider_notified", "the QIO notified the provider (MA: and the plan) of the request"),
    Fact("detailed_notice_sent", "the detailed explanation of non-coverage was sent to the patient"),
    Fact("information_complete", "the information needed for the decision was received"),
    Fact("copy_requested", "the patient asked for a copy of what went to the QIO"),
    reconsideration.PATIENT_TOLD,
    Fact("letters_sent", "the written notices left"),
    Fact("valid_notice_received", "a new, valid notice was received after an invalid one"),
    Fact("valid_notice_end", "the end of coverage stated on the valid notice (a local date)", planned=True),
    delay.FACT,
)
SHORT = Circumstance("short", "the services are expected to last less than 2 days")
VISITS = Circumstance("visits", "services are not residential, with more than 2 days between visits")
INVALID = Circumstance("invalid", "the QIO found the notice invalid for another reason than its time")
CIRCUMSTANCES = (SHORT, VISITS, INVALID)
ORDER = (
    ("notice_received", "valid_notice_received"),
    ("notice_received", "request_received", "provider_notified"),
    ("request_received", "patient_told"),
    # A patient who cannot be reached is written to first.
    ("request_received", "letters_sent"),
)

LATER_OF_BOTH = (
    "the regulation says noon of the day after the notice, the notice's form noon of the day before coverage ends: "
    "the later of both"
)
# The end that a valid new notice states is the last day covered.
BY_THE_NEW_NOTICE = Term(starts=("valid_notice_end",), span=Span(Unit.CALENDAR_DAYS, 1, Hour.START))
# The form's rule, read beside the regulation's.
BY_THE_FORM = Term(starts=("coverage_end",), span=Span(unit=Unit.CALENDAR_DAYS, count=1, hour=Hour.NOON, before=True))


def notice_rules(prefix: str, citation: str, since: dt.date) -> tuple[Rule, ...]:
    """By when the NOMNC must be in the patient's hands; a late one is not valid."""
    return (
        Rule(
            id=f"{prefix}-NOTICE",
            effective_from=since,
            citation=citation,
            owed="deliver the notice of non-coverage",
            obligor=Obligor.PROVIDER,
            starts=("coverage_end",),
            count=2,
            before=True,
            when=(is_not("short"), is_not("visits")),
            met_by="notice_received",
            if_late="the notice is not valid: a new one is needed",
        ),
        Rule(
            id=f"{prefix}-NOTICE-SHORT",
            effective_from=since,
            citation=citation,
            owed="deliver the notice of non-coverage at admission, as the services last less than 2 days",
            obligor=Obligor.PROVIDER,
            certainty=Certainty.DESIGN,
            starts=("admitted",),
            unit=Unit.SAME_DAY,
            count=0,
            when=(is_so("short"),),
            met_by="notice_received",
            if_late="the notice is not valid: a new one is needed",
            note='"at the time of admission" is measured as the same local day',
        ),
        Rule(
            id=f"{prefix}-NOTICE-VISITS",
            effective_from=since,
            citation=citation,
            owed="deliver the notice of non-coverage no later than the next-to-last visit",
            obligor=Obligor.PROVIDER,
            certainty=Certainty.DESIGN,
            starts=("next_to_last_visit",),
            unit=Unit.SAME_DAY,
            count=0,
            when=(is_so("visits"),),
            met_by="notice_received",
            if_late="the notice is not valid: a new one is needed",
            note="measured as the local day of that visit",
        ),
    )


def notice_ids(prefix: str) -> tuple[str, ...]:
    """The rules a valid notice kept."""
    return tuple(f"{prefix}-NOTICE{suffix}" for suffix in ("", "-SHORT", "-VISITS"))


def filing_rule(prefix: str, **values: object) -> Rule:
    """The window to ask in: by the regulation or by the form, whichever is later."""
    return Rule(
        id=f"{prefix}-FILING",
        owed="ask for the expedited determination",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        certainty=Certainty.UNCERTAIN,
        starts=("notice_received",),
        count=1,
        hour=Hour.NOON,
        or_later=BY_THE_FORM,
        outage_relief=True,
        met_by="request_received",
        **values,  # type: ignore[arg-type]
    )
