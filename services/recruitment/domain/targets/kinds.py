"""How targets of recruitment change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.targets.state import RecruitmentTarget, Version, target_id
from shared.contracts.recruitment.targeting import TARGETS, RecruitmentTargetSet
from shared.records.kinds import Kind


def _set(before: RecruitmentTarget | None, event: RecruitmentTargetSet, at: dt.datetime) -> RecruitmentTarget:
    version = Version(**event.model_dump(exclude={"task", "collaborative", "area"}), at=at)
    return RecruitmentTarget(
        task=event.task,
        collaborative=event.collaborative,
        area=event.area,
        versions=(*(before.versions if before else ()), version),
    )


RECRUITMENT_TARGET: Final = Kind(
    name="recruitment-target",
    state=RecruitmentTarget,
    events=(RecruitmentTargetSet,),
    id_of=lambda event: target_id(event.task, event.collaborative, event.area),
    evolve=_set,
    topic=TARGETS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (RECRUITMENT_TARGET,)
