"""The report to the OIG with all it must contain, and the notices that leave with it (42 CFR 1004.70, 1004.80)."""

import re

from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Step
from services.complaints.domain.procedures.sanction_steps import SUBJECT
from shared.contracts.complaints import Role

_COUNT = re.compile(r"\d{1,7}", re.ASCII)
_DOLLARS = re.compile(r"\$(?=[\d,.]*[1-9])(\d{1,3}(,\d{3})+|\d{1,9})(\.\d{2})?", re.ASCII)
# 1004.80(b), (c): what nobody but people can tell, and no step before has asked for.
_CONTENT = (
    "words.services_involved",
    "words.failures",
    "words.enclosures",
    "words.correspondence",
    "words.response_analysis",
    "words.plan_results",
    "words.admissions_reviewed",
    "words.professional_qualifications",
    "words.recommendation",
    "words.alternative_services",
    "words.counties",
)


def _shaped(element: str, shape: re.Pattern[str], code: str, text: str, citation: str) -> Guard:
    """The words, if they are given, have this shape."""

    def holds(look: Look) -> bool:
        said = look.act.words.get(element)
        return said is None or shape.fullmatch(said.strip()) is not None

    return Guard(code, f"words.{element}", text, citation, holds)


ADMISSIONS = _shaped(
    "admissions_reviewed",
    _COUNT,
    "NOT_A_NUMBER",
    "The admissions reviewed are a number, in digits.",
    "42 CFR 1004.80(b)(9)",
)
PENALTY = _shaped(
    "penalty_amount",
    _DOLLARS,
    "NOT_AN_AMOUNT",
    "The penalty recommended is an amount in dollars, as $5,000.",
    "42 CFR 1004.80(c)(2)",
)


def _reported(step: str, sanction: str, exclusion: str, guards: tuple[Guard, ...], terms: str) -> Step:
    return Step(
        id=step,
        says=f"reported to the OIG for {sanction}",
        actor=Actor.STAFF,
        citation="42 CFR 1004.70, 1004.80(b), (c)",
        fact="final_notice_dated",
        guards=guards,
        notices=(
            Notice("SANCTION_REPORT", (Role.OIG,)),
            Notice("SANCTION_FINAL", SUBJECT),
            Notice("BOARD_NOTICE", (Role.BOARD,)),
        ),
        needs=(*_CONTENT, terms),
        takes=("words.entity_head", "facts.final_notice_dated"),
        sets=(exclusion,),
        note="everything sent to the OIG goes to the person at the same time",
    )


STEPS = (
    _reported("exclusion_recommended", "exclusion", "exclusion", (ADMISSIONS,), "words.exclusion_period"),
    _reported("penalty_recommended", "a money penalty", "-exclusion", (ADMISSIONS, PENALTY), "words.penalty_amount"),
)
