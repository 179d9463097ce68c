"""What terminations of SNF, home health, CORF and hospice services share, in Original Medicare and MA."""

from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Step
from services.complaints.domain.procedures import common
from services.complaints.domain.procedures.expedited import OPEN, Row
from services.complaints.domain.reckoned import Standing
from services.complaints.domain.rules import termination
from shared.contracts.complaints import Role

IDENTITY = ("coverage_end",)
REQUIRED = ("notice_received", "coverage_end")
# A notice found invalid for whatever reason ends no coverage (405.1200(b)(5), 422.624(d)).
INVALID = {"invalid": ("notice_valid", "no")}
NEW_NOTICE_ROWS: tuple[Row, ...] = ((OPEN, "new_notice_given", None),)


def new_notice(citation: str) -> Step:
    """A valid notice after an invalid one: what the patient owes is counted from it."""
    return Step(
        id="new_notice_given",
        says="given a new notice",
        actor=Actor.RECORDS,
        citation=citation,
        guards=(_AFTER_AN_INVALID_ONE,),
        needs=("facts.valid_notice_received", "facts.valid_notice_end"),
        note="refusing to sign is receipt; a notice after the determination is another matter",
    )


def validating(prefix: str, citation: str) -> tuple[Guard, ...]:
    """A notice that came late is not valid, whatever else it says; what is wrong with one is put in words."""
    return (
        Guard(
            "NOTICE_WAS_LATE",
            "answers.notice_valid",
            "The notice came later than its rule allows: it is not valid.",
            citation,
            lambda look: look.act.answers.get("notice_valid") != "yes" or _in_time_or_new(look, prefix),
        ),
        Guard(
            "DEFECT_MISSING",
            "words.notice_defect",
            "Say in words in what the notice was improper.",
            citation,
            lambda look: look.act.answers.get("notice_valid") != "no" or "notice_defect" in look.act.words,
        ),
    )


def _late(look: Look, prefix: str) -> bool:
    return any(look.standing(rule) is Standing.LATE for rule in termination.notice_ids(prefix))


def _in_time_or_new(look: Look, prefix: str) -> bool:
    return "valid_notice_received" in look.case.course.facts or not _late(look, prefix)


_AFTER_AN_INVALID_ONE = Guard(
    "FIRST_NOTICE_VALID",
    "step",
    "The first notice was not found invalid, and was not late.",
    "42 CFR 405.1200(b)(5), 422.624(d)",
    lambda look: look.so("invalid") or _late(look, "ST") or _late(look, "MT"),
)


def deciding(prefix: str, burden: str, defer: str) -> tuple[Guard, ...]:
    """What a determination on the end of services must fit."""
    liable = (f"{prefix}-LIABILITY", f"{prefix}-LIABILITY-NEW-NOTICE")
    noticed = Guard(
        "NO_VALID_NOTICE",
        "outcome",
        "Without a valid notice no coverage ends: the termination cannot be upheld.",
        "42 CFR 405.1200(b)(5), 422.624(d)",
        lambda look: (
            look.act.outcome != common.UPHELD.id or any(look.reckoning.of(rule) is not None for rule in liable)
        ),
    )
    return (
        common.VALIDITY_AGREES,
        common.LIABILITY_DATE,
        common.liable_after("coverage_end"),
        noticed,
        *common.burden_of_proof(f"{prefix}-RECORDS", burden, defer),
    )


IMPROPER_REPORTED = Step(
    id="improper_notice_reported",
    says="reported to CMS for an improper notice",
    actor=Actor.CLOCK,
    citation="42 CFR 422.626(d)(3)",
    guards=(
        Guard(
            "NOTICE_NOT_IMPROPER",
            None,
            "The notice was not found improper, or was reported already.",
            "42 CFR 422.626(d)(3)",
            lambda look: look.answered("notice_valid") == "no" and not look.done("improper_notice_reported"),
        ),
    ),
    notices=(Notice("MA_IMPROPER_NOTICE_TO_CMS", (Role.CMS,)),),
)
IMPROPER_ROWS: tuple[Row, ...] = ((OPEN, "improper_notice_reported", None),)
