"""Homes choose goals of the campaign, report their figures month by month, and reach or drop them."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.campaign.goals import SINCE
from services.recruitment.domain.campaign.registration_kind import (
    GOAL_MACHINE,
    REGISTRATION,
    REGISTRATION_MACHINE,
    GoalState,
    GoalStep,
    Pursuit,
    Registration,
    TakingStep,
)
from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.campaign_registrations import (
    CampaignGoalChosen,
    CampaignGoalClosed,
    CampaignGoalReported,
    ChooseCampaignGoal,
    CloseCampaignGoal,
    GoalEnd,
    ReportCampaignGoal,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

_STEPS: Final = {GoalEnd.REACHED: GoalStep.REACH, GoalEnd.DROPPED: GoalStep.DROP}


def _keys(command: ChooseCampaignGoal | ReportCampaignGoal | CloseCampaignGoal, ids: Ids) -> Iterable[str]:
    del ids
    return REGISTRATION.key(command.registration), PARTICIPANT.key(command.registration)


def _working(found: Registration) -> Against | None:
    impossible = REGISTRATION_MACHINE.reason_against(found.taking, TakingStep.WORK_ON_GOAL, "registration")
    return Against((impossible,)) if impossible else None


def choose(command: ChooseCampaignGoal, held: Held, asked: Asked) -> Decided | Against:
    """Choose a goal, or one that ended again."""
    found = held.get(REGISTRATION, command.registration)
    if found is None:
        return unknown("registration")
    if refusal := _working(found):
        return refusal
    before = found.goals.get(command.goal)
    made = {"registration": found.id, "goal": command.goal.value}
    if before is not None and _same(before, command):
        return Decided({**made, "changed": False})
    if before and (impossible := GOAL_MACHINE.reason_against(before.state, GoalStep.CHOOSE_AGAIN, "goal")):
        return Against((impossible,))
    day, field = command.chosen_on, "chosen_on"
    reasons = [
        *too_early(day, found.registered_on, field, "the home registered"),
        *(too_early(day, before.closed_on, field, "it ended before") if before and before.closed_on else ()),
        *in_future(day, asked.now, field),
    ]
    if day < SINCE:
        text = f"These goals are the campaign's since {SINCE:%Y-%m}; those before were others."
        reasons.append(Reason(code="BEFORE_GOALS", field=field, text=text))
    if gone := reason_against(held.get(PARTICIPANT, found.id), day, "registration"):
        reasons.append(gone)
    if refusal := refused(reasons):
        return refusal
    return Decided({**made, "changed": True}, (CampaignGoalChosen(**command.model_dump()),))


def _same(before: Pursuit, command: ChooseCampaignGoal) -> bool:
    told = command.model_dump(include={"measured_as", "better", "target", "chosen_on"})
    return before.state is GoalState.OPEN and before.model_dump(include=set(told)) == told


def report(command: ReportCampaignGoal, held: Held, asked: Asked) -> Decided | Against:
    """Report or correct the figure of a month."""
    found = held.get(REGISTRATION, command.registration)
    pursuit = found.goals.get(command.goal) if found else None
    if found is None or pursuit is None:
        return _nothing(found)
    if refusal := _working(found) or _impossible(pursuit, GoalStep.REPORT):
        return refusal
    before = pursuit.months.get(command.month)
    same = before is not None and (before.value, before.reported_by) == (command.value, command.reported_by)
    if refusal := refused(_against_reporting(command, pursuit, asked, corrects=before is not None and not same)):
        return refusal
    revision = (before.revision if before else 0) + (not same)
    event = CampaignGoalReported(**command.model_dump(), revision=revision)
    made = {"goal": command.goal.value, "month": command.month, "revision": revision, "changed": not same}
    return Decided(made, () if same else (event,))


def _nothing(found: Registration | None) -> Against:
    if found is None:
        return unknown("registration")
    return against("GOAL_UNKNOWN", "goal", "The home has not chosen this goal.")


def _impossible(pursuit: Pursuit, step: GoalStep) -> Against | None:
    impossible = GOAL_MACHINE.reason_against(pursuit.state, step, "goal")
    return Against((impossible,)) if impossible else None


def _against_reporting(
    command: ReportCampaignGoal, pursuit: Pursuit, asked: Asked, *, corrects: bool
) -> Iterator[Reason]:
    # What was before the goal was chosen is what it is compared with; a year back is as far as that goes.
    first = f"{pursuit.chosen_on.year - 1}-{pursuit.chosen_on.month:02}"
    if command.month < first:
        text = f"{command.month} is more than a year before the goal was chosen ({pursuit.chosen_on})."
        yield Reason(code="OUT_OF_ORDER", field="month", text=text)
    if command.month > today_anywhere(asked.now).isoformat()[:7]:
        yield Reason(code="IN_THE_FUTURE", field="month", text=f"{command.month} is in the future.")
    if corrects and command.because is None:
        text = f"{command.month} is reported already; say why to correct it."
        yield Reason(code="MISSING", field="because", text=text)


def close(command: CloseCampaignGoal, held: Held, asked: Asked) -> Decided | Against:
    """End a goal."""
    found = held.get(REGISTRATION, command.registration)
    pursuit = found.goals.get(command.goal) if found else None
    if found is None or pursuit is None:
        return _nothing(found)
    if refusal := _working(found) or _impossible(pursuit, _STEPS[command.how]):
        return refusal
    reasons = [
        *too_early(command.closed_on, pursuit.chosen_on, "closed_on", "it was chosen"),
        *in_future(command.closed_on, asked.now, "closed_on"),
    ]
    if command.how is GoalEnd.DROPPED and command.reason is None:
        reasons.append(Reason(code="MISSING", field="reason", text="Say why the goal is dropped."))
    if refusal := refused(reasons):
        return refusal
    made = {"registration": found.id, "goal": command.goal.value, "how": command.how.value}
    return Decided(made, (CampaignGoalClosed(**command.model_dump()),))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ChooseCampaignGoal, _keys, choose),
    Rule(ReportCampaignGoal, _keys, report),
    Rule(CloseCampaignGoal, _keys, close),
)
