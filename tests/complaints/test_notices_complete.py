"""Every case type knows, whenever a notice is asked for, all that the notice must say; or people must write it."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from services.complaints.domain import wording
from services.complaints.domain.letters import BY_PEOPLE, FROM_CASE
from services.complaints.domain.letters.complete import lacking
from services.complaints.domain.notices import ELEMENTS, NOTICES
from services.complaints.domain.procedure import Guard, Notice, Procedure, Step
from services.complaints.domain.procedures import PROCEDURES
from services.complaints.domain.procedures.discharge_ffs import DISCHARGE_FFS
from shared.contracts.complaints import CaseType, ProviderType, Role


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_no_notice_of_a_case_type_can_lack_what_it_must_say(procedure: Procedure) -> None:
    assert lacking(procedure) == ()


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_people_are_only_asked_for_what_people_write(procedure: Procedure) -> None:
    for step in procedure.steps.values():
        words = {need.removeprefix("words.") for need in (*step.needs, *step.takes) if need.startswith("words.")}
        assert words <= BY_PEOPLE, step.id


def test_the_letters_know_no_element_that_is_not_in_the_vocabulary() -> None:
    assert set(FROM_CASE) <= set(ELEMENTS)
    assert {kind for source in FROM_CASE.values() for kind in source.kinds} <= set(NOTICES)


def test_the_fixed_words_are_the_same_in_both_languages() -> None:
    assert wording.WORDS["en"].keys() == wording.WORDS["es"].keys()
    for key, words in wording.WORDS["en"].items():
        assert words.count("{") == wording.WORDS["es"][key].count("{"), key


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_the_reconsideration_of_a_case_type_has_words(procedure: Procedure) -> None:
    assert {f"reconsider_{procedure.reconsidered_by}", f"reconsider_{procedure.reconsidered_by}_until"} <= set(
        wording.WORDS["en"]
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_case_type_and_kind_of_provider_has_a_name(language: str) -> None:
    assert all(wording.review_name(case_type, language) for case_type in CaseType)
    assert all(wording.service_name(kind, language) for kind in ProviderType)


def changed(step: str, **changes: object) -> Procedure:
    """The hospital appeal with one step changed."""
    steps = {**DISCHARGE_FFS.steps, step: replace(DISCHARGE_FFS.steps[step], **changes)}  # type: ignore[arg-type]
    return replace(DISCHARGE_FFS, steps=MappingProxyType(steps))


MORE = (Notice("MA_IMPROPER_NOTICE_TO_CMS", (Role.CMS,)),)
SAID = (Notice("REFERRAL_SENT", (Role.BENEFICIARY,)),)
WRITES = ("words.referred_to", "words.referred_information")


def test_a_party_the_case_need_not_have_cannot_be_named() -> None:
    assert "decided: MA_IMPROPER_NOTICE_TO_CMS plan_name" in lacking(changed("decided", notices=MORE))


def test_a_fact_that_no_step_before_establishes_cannot_be_told() -> None:
    assert "decided: MA_IMPROPER_NOTICE_TO_CMS notice_delivered" in lacking(changed("decided", notices=MORE))


def test_an_answer_that_no_step_before_asks_for_cannot_be_told() -> None:
    first = (Notice("SANCTION_N1", (Role.PROVIDER,)),)
    assert "decided: SANCTION_N1 violation_basis" in lacking(changed("decided", notices=first))
    asked = changed("decided", notices=first, needs=("outcome", "answers.basis"))
    assert "decided: SANCTION_N1 violation_basis" not in lacking(asked)


def test_words_of_the_step_itself_or_of_one_on_every_way_to_it_are_enough() -> None:
    own = changed("decided", notices=SAID, needs=("outcome", *WRITES))
    assert lacking(own) == ()
    before = replace(
        own,
        steps=MappingProxyType(
            {
                **own.steps,
                "decided": replace(own.steps["decided"], needs=("outcome",)),
                "provider_notified": replace(own.steps["provider_notified"], needs=WRITES),
            }
        ),
    )
    assert lacking(before) == ()


def test_words_of_a_step_that_a_case_can_do_without_are_not_enough() -> None:
    apart = replace(
        DISCHARGE_FFS,
        steps=MappingProxyType(
            {
                **DISCHARGE_FFS.steps,
                "decided": replace(DISCHARGE_FFS.steps["decided"], notices=SAID),
                "information_received": replace(DISCHARGE_FFS.steps["information_received"], needs=WRITES),
            }
        ),
    )
    assert lacking(apart) == (
        "decided: REFERRAL_SENT referred_to",
        "decided: REFERRAL_SENT referred_information",
    )


def test_words_that_a_guard_asks_for_by_its_field_are_enough_at_filing_too() -> None:
    asks = tuple(Guard(f"NO_{n}", need, "Say it.", "42 CFR 480.137", bool) for n, need in enumerate(WRITES))
    opening = replace(DISCHARGE_FFS, opening=SAID)
    assert len(lacking(opening)) == 2
    assert lacking(replace(opening, eligible=asks)) == ()


def test_a_determination_cannot_be_told_before_it_is_made() -> None:
    early = changed("provider_notified", notices=(Notice("DECISION_LETTER", (Role.PROVIDER,)),))
    assert "provider_notified: DECISION_LETTER rationale" in lacking(early)


def test_a_date_without_a_rule_that_gives_it_cannot_be_told() -> None:
    dues = {name: rules for name, rules in DISCHARGE_FFS.dues.items() if name != "records_due"}
    assert "provider_notified: REC_REQUEST records_due" in lacking(replace(DISCHARGE_FFS, dues=dues))


def test_what_was_said_in_a_discussion_must_be_written_by_whoever_records_it() -> None:
    told = (Notice("C_FID_LETTER", (Role.PROVIDER,)),)
    held = Step(
        id="held", says="discussed", actor=DISCHARGE_FFS.steps["told"].actor, citation="", fact="discussion_held"
    )
    steps = {**DISCHARGE_FFS.steps, "decided": replace(DISCHARGE_FFS.steps["decided"], notices=told), "held": held}
    silent = replace(DISCHARGE_FFS, steps=MappingProxyType(steps), concerns=True)
    assert lacking(silent) == ("decided: C_FID_LETTER discussion_summary",)
    steps["held"] = replace(held, needs=("words.discussion_summary",))
    assert lacking(replace(silent, steps=MappingProxyType(steps))) == ()
