"""What may happen to what, as diagrams: part of the page of recruitment."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from services.recruitment.domain.assistance.request_kind import MACHINE as ASSISTANCE
from services.recruitment.domain.assistance.request_kind import Status as AssistanceStatus
from services.recruitment.domain.assistance.resource_kind import RESOURCE_MACHINE, ResourceStatus
from services.recruitment.domain.campaign.account_kind import ACCOUNT_MACHINE, AccountStage
from services.recruitment.domain.campaign.lane_kind import LANE_MACHINE, LanePhase
from services.recruitment.domain.campaign.material_kind import MATERIAL_MACHINE, MaterialStatus
from services.recruitment.domain.campaign.registration_kind import (
    GOAL_MACHINE,
    REGISTRATION_MACHINE,
    GoalState,
    Taking,
)
from services.recruitment.domain.coalitions.equipment import ITEM_MACHINE, ItemState
from services.recruitment.domain.coalitions.state import MACHINE as COALITION
from services.recruitment.domain.coalitions.state import Standing as CoalitionStanding
from services.recruitment.domain.communities.state import MACHINE as COMMUNITY
from services.recruitment.domain.communities.state import Standing as CommunityStanding
from services.recruitment.domain.interest.machine import MACHINE as INTEREST
from services.recruitment.domain.interventions.alignment_kinds import (
    AGREEMENT_MACHINE,
    ALIGNMENT_MACHINE,
    AlignmentStatus,
)
from services.recruitment.domain.interventions.funding_kind import MACHINE as FUNDING
from services.recruitment.domain.interventions.mentoring_kind import MACHINE as MENTORING
from services.recruitment.domain.interventions.mentoring_kind import Status as MentoringStatus
from services.recruitment.domain.interventions.organising import ASSET_MACHINE, COMMITMENT_MACHINE
from services.recruitment.domain.interventions.organising_kinds import AssetStatus
from services.recruitment.domain.interventions.pledges import MACHINE as PLEDGE
from services.recruitment.domain.interventions.state import MACHINE as INTERVENTION
from services.recruitment.domain.interventions.state import Phase
from services.recruitment.domain.networks.chronic_kind import PROGRAM_MACHINE, ProgramStatus
from services.recruitment.domain.networks.contributing import CONTRIBUTION_MACHINE, ContributionStatus
from services.recruitment.domain.networks.state import COHORT_MACHINE, NETWORK_MACHINE
from services.recruitment.domain.networks.state import Phase as NetworkPhase
from services.recruitment.domain.networks.team_kind import TEAM_MACHINE, TeamPhase
from services.recruitment.domain.participants.standing import STANDINGS
from services.recruitment.domain.participants.state import Standing
from services.recruitment.domain.peers.pairing_kind import PAIRING_MACHINE, PairingStatus
from services.recruitment.domain.peers.question_kind import ANSWER_MACHINE, QUESTION_MACHINE, PostStatus
from services.recruitment.domain.people.contact_kind import MACHINE as CONTACT
from services.recruitment.domain.people.state import ContactState
from services.recruitment.domain.pipeline.stages import FIRST
from services.recruitment.domain.pipeline.stages import MACHINE as PIPELINE
from services.recruitment.domain.practices.practice_kind import PRACTICE_MACHINE, PracticePhase
from services.recruitment.domain.practices.spread_kind import ADOPTION_MACHINE, AdoptionStatus
from services.recruitment.domain.practices.testing_state import TEST_MACHINE, TestPhase
from services.recruitment.domain.program.machines import CONTRACT, DELIVERABLE, OBJECTIVE
from services.recruitment.domain.program.state import ContractStage, DeliverableStage, ObjectiveStage
from services.recruitment.domain.sessions.machine import PERIOD_MACHINE, SESSION_MACHINE, PeriodPhase
from services.recruitment.domain.sessions.machine import Phase as SessionPhase
from shared.contracts.recruitment.alignment import AgreementStatus
from shared.contracts.recruitment.funding import FundingStatus
from shared.contracts.recruitment.interest import InterestState
from shared.contracts.recruitment.organising import CommitmentStatus
from shared.contracts.recruitment.pledges import PledgeStatus
from shared.records.machine import Machine, words


@dataclass(frozen=True, slots=True)
class Shown:
    """A machine with its heading, the states it can begin in (``by`` which action), and what to know of it."""

    title: str
    machine: Machine[Any, Any]
    begins: Collection[str]
    note: str
    by: Mapping[str, str] = field(default_factory=dict)


_INTRODUCTION: Final = """
## What may happen

An arrow is what can be done in a state and where it leads; whatever has no arrow is refused, with what would be
possible.
"""
MACHINES: Final = (
    Shown(
        "Engagement",
        PIPELINE,
        tuple(dict.fromkeys(FIRST.values())),
        "One for each participant and collaborative; a participant can have several at once. Whoever withdraws, "
        "declines or is reconsidered says why. Any level of performance can commit. `qio recruit`.",
        {stage.value: ", ".join(words(one) for one, to in FIRST.items() if to is stage) for stage in FIRST.values()},
    ),
    Shown("Participant", STANDINGS, (Standing.OPEN,), "`qio facility`."),
    Shown("Interest", INTEREST, (InterestState.RECEIVED,), "`qio interest`."),
    Shown("Contract", CONTRACT, (ContractStage.OPEN,), "`qio program contract`."),
    Shown("Deliverable", DELIVERABLE, (DeliverableStage.EXPECTED,), "`qio program deliverable`."),
    Shown("Objective", OBJECTIVE, (ObjectiveStage.SET,), "`qio program objective`."),
    Shown(
        "Contact",
        CONTACT,
        (ContactState.CONCLUDED, ContactState.STEP_DUE),
        "Begins with a next step or without one. `qio program contact`.",
    ),
    Shown("Community", COMMUNITY, (CommunityStanding.DEFINED,), "`qio community define`, `dissolve`."),
    Shown("Coalition", COALITION, (CoalitionStanding.FORMED,), "`qio community coalition`."),
    Shown("Item of infrastructure", ITEM_MACHINE, (ItemState.OPEN,), "`qio community coalition infrastructure`."),
    Shown("Intervention", INTERVENTION, (Phase.RUNNING,), "`qio community intervention`."),
    Shown("Pledge", PLEDGE, (PledgeStatus.OPEN,), "`qio community pledge`."),
    Shown("Mentoring", MENTORING, (MentoringStatus.RUNNING,), "`qio community mentor`."),
    Shown("Asset", ASSET_MACHINE, (AssetStatus.ON_MAP,), "`qio community organise asset`, `retire`."),
    Shown(
        "Commitment", COMMITMENT_MACHINE, (CommitmentStatus.OPEN,), "`qio community organise commit`, `done`, `drop`."
    ),
    Shown("Application for funding", FUNDING, (FundingStatus.DRAFTED,), "`qio community funding`."),
    Shown("Alignment", ALIGNMENT_MACHINE, (AlignmentStatus.ALIGNED,), "`qio community alignment align`, `end`."),
    Shown("Agreement", AGREEMENT_MACHINE, (AgreementStatus.DRAFTED,), "`qio community alignment agree`, `step`."),
    Shown("Learning network", NETWORK_MACHINE, (NetworkPhase.RUNNING,), "`qio network establish`, `change`, `end`."),
    Shown(
        "Cohort",
        COHORT_MACHINE,
        (NetworkPhase.RUNNING,),
        "Who closes, goes on in another or withdraws leaves its cohorts and care teams as of that day, within minutes; "
        "a successor that could have joined takes the place over. `qio network cohort`.",
    ),
    Shown(
        "Care team",
        TEAM_MACHINE,
        (TeamPhase.INCOMPLETE,),
        "Complete with a pharmacist, a physician and a facility in it. `qio network team`.",
    ),
    Shown("Chronic care improvement program", PROGRAM_MACHINE, (ProgramStatus.RUNNING,), "`qio network chronic`."),
    Shown("Contribution", CONTRIBUTION_MACHINE, (ContributionStatus.USABLE,), "`qio network partner`."),
    Shown(
        "Session",
        SESSION_MACHINE,
        (SessionPhase.PLANNED,),
        "OPEN and CLOSED are of registration. `qio network session`, `qio network attendance`.",
    ),
    Shown("Action period", PERIOD_MACHINE, (PeriodPhase.RUNNING,), "`qio network assignment`."),
    Shown(
        "Test of change",
        TEST_MACHINE,
        (TestPhase.PLANNED,),
        "Plan, do, study, act; whoever adapts begins a next cycle. Shared with the network by the participant's wish "
        "alone. `qio network test`.",
    ),
    Shown(
        "Practice",
        PRACTICE_MACHINE,
        (PracticePhase.DRAFT,),
        "Published with evidence, after a review by staff who did not write it; a revision of what is published is the "
        "draft of its next version. `qio network practice`.",
    ),
    Shown(
        "Adoption of a practice",
        ADOPTION_MACHINE,
        (AdoptionStatus.TRYING,),
        "Nobody hears of a practice from somebody who began later. `qio network spread`.",
    ),
    Shown(
        "Pairing of peers",
        PAIRING_MACHINE,
        (PairingStatus.PROPOSED,),
        "Every step asks for the consent of both that is recorded for its day. It lapses, within minutes, as of the "
        "day on which one took consent back, closed or goes on in another. `qio network match`, `qio network pairing`.",
    ),
    Shown("Question", QUESTION_MACHINE, (PostStatus.SUBMITTED,), "`qio network ask`, `answer`, `moderate`."),
    Shown(
        "Answer",
        ANSWER_MACHINE,
        (PostStatus.SUBMITTED,),
        "Others see the published answers of published questions. `qio network moderate`, `mark`.",
    ),
    Shown(
        "Registration for the campaign",
        REGISTRATION_MACHINE,
        (Taking.REGISTERED,),
        "Only a home is registered again. `qio campaign register`, `withdraw`.",
    ),
    Shown(
        "Goal of the campaign",
        GOAL_MACHINE,
        (GoalState.OPEN,),
        "One for each home and goal; whoever withdraws drops its open goals. `qio campaign goal`.",
    ),
    Shown("LANE", LANE_MACHINE, (LanePhase.AT_WORK,), "One for each state. `qio campaign lane`."),
    Shown("Material of the campaign", MATERIAL_MACHINE, (MaterialStatus.IN_USE,), "`qio campaign material`."),
    Shown(
        "Request for help with an account",
        ACCOUNT_MACHINE,
        (AccountStage.RECEIVED,),
        "Text that looks as if it carried a password is refused before it is sent. `qio campaign account`.",
    ),
    Shown("Request for assistance", ASSISTANCE, (AssistanceStatus.RECEIVED,), "`qio assist`."),
    Shown("Resource", RESOURCE_MACHINE, (ResourceStatus.IN_USE,), "`qio assist resource`."),
)


def machines() -> str:
    """Every machine."""
    return _INTRODUCTION + "".join(f"\n### {one.title}\n\n{one.note}\n\n{diagram(one)}" for one in MACHINES)


def diagram(one: Shown) -> str:
    """A machine as a diagram of states; states with no way out lead to its end."""
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, action), target in one.machine.table.items():
        labels[state.value, target.value].append(words(action))
    begins = [f"  [*] --> {state}" + (f": {one.by[state]}" if state in one.by else "") for state in one.begins]
    moves = [f"  {state} --> {target}: {', '.join(actions)}" for (state, target), actions in labels.items()]
    leaving = {state for state, _ in labels}
    ends = [f"  {state} --> [*]" for state in dict.fromkeys(target for _, target in labels) if state not in leaving]
    return "\n".join(("```mermaid", "stateDiagram-v2", *begins, *moves, *ends, "```", ""))
