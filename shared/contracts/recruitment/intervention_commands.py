"""What recruitment is asked about interventions of coalitions."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.recruitment.coalition_terms import Stratum
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.intervention_terms import (
    Comparison,
    Count,
    EndReason,
    InterventionType,
    Measures,
    Settings,
    StatedResult,
)
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import Month, Title, WorkId


class StartIntervention(Command):
    """Start an intervention of a coalition over the areas its community has now.

    ``kind_text`` says what OTHER is. ``dose_unit`` is what is counted as dose ("home visits"), and stays;
    ``planned_dose`` how many of them a month are planned. Refused without a coalition at work on the day, in the
    future, under an ended statement of work, or compared with communities that are not defined.
    """

    TYPE: ClassVar[str] = "recruitment.StartIntervention"

    coalition: CommunityId
    name: Title
    kind: InterventionType
    kind_text: Said | None = None
    stratum: Stratum = "all"
    settings: Settings
    measures: Measures
    started_on: dt.date
    dose_unit: str = Field(min_length=1, max_length=60)
    planned_dose: Count | None = None
    comparison: Comparison = Comparison.BEFORE_AND_AFTER
    comparison_communities: tuple[CommunityId, ...] = Field(default=(), max_length=50)


class ChangeIntervention(Command):
    """Change an intervention that goes on; what is left out stays. ``what`` says in words what is different."""

    TYPE: ClassVar[str] = "recruitment.ChangeIntervention"

    intervention: WorkId
    changed_on: dt.date
    what: Said
    name: Title | None = None
    stratum: Stratum | None = None
    settings: Settings | None = None
    measures: Measures | None = None
    planned_dose: Count | None = None


class RecordDose(Command):
    """Record how many units were delivered in a month.

    A month that is recorded already is corrected: that needs ``because``. The same number again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.RecordDose"

    intervention: WorkId
    month: Month
    units: Count
    because: Said | None = None


class RecordReach(Command):
    """Record how many beneficiaries were reached in a month, in how many of the areas and facilities.

    Counts without identity. From 1 to 10 beneficiaries only "fewer than 11" is kept and told (CMS cell size
    suppression). A month that is recorded already is corrected: that needs ``because``.
    """

    TYPE: ClassVar[str] = "recruitment.RecordReach"

    intervention: WorkId
    month: Month
    beneficiaries: Count
    areas: Count
    facilities: Count
    because: Said | None = None


class PauseIntervention(Command):
    """Pause an intervention from a day on."""

    TYPE: ClassVar[str] = "recruitment.PauseIntervention"

    intervention: WorkId
    paused_on: dt.date
    reason: Said


class ResumeIntervention(Command):
    """Resume a paused intervention from a day on."""

    TYPE: ClassVar[str] = "recruitment.ResumeIntervention"

    intervention: WorkId
    resumed_on: dt.date


class EndIntervention(Command):
    """End an intervention, with the reason and what the coalition says came of it; possible after its coalition."""

    TYPE: ClassVar[str] = "recruitment.EndIntervention"

    intervention: WorkId
    ended_on: dt.date
    reason: EndReason
    result: StatedResult
    statement: Said | None = None


class CorrectIntervention(Command):
    """Correct the day it started, or the day it ended where it has; nothing recorded may fall outside."""

    TYPE: ClassVar[str] = "recruitment.CorrectIntervention"

    intervention: WorkId
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    because: Said


ASKED: tuple[type[Command], ...] = (
    StartIntervention,
    ChangeIntervention,
    RecordDose,
    RecordReach,
    PauseIntervention,
    ResumeIntervention,
    EndIntervention,
    CorrectIntervention,
)
