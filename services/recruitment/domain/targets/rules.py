"""The rules of targets: what may be set for whom, and how it is amended."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.program import statements
from services.recruitment.domain.targets import areas
from services.recruitment.domain.targets.kinds import RECRUITMENT_TARGET
from services.recruitment.domain.targets.state import RecruitmentTarget, target_id
from shared.contracts.recruitment.targeting import RecruitmentTargetSet, SetRecruitmentTarget
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

_CONTENT: Final = ("ends_on", "number", "share_percent", "effective_on", "source")


def _keys(command: SetRecruitmentTarget, ids: Ids) -> Iterable[str]:
    del ids
    return (RECRUITMENT_TARGET.key(target_id(command.task, command.collaborative, command.area)),)


def set_target(command: SetRecruitmentTarget, held: Held, asked: Asked) -> Decided | Against:
    """Set the target or amend it; asking for what holds already changes nothing."""
    identifier = target_id(command.task, command.collaborative, command.area)
    before = held.get(RECRUITMENT_TARGET, identifier)
    latest = before.latest(command.starts_on) if before else None
    effective_on = command.effective_on or (latest.effective_on if latest else command.starts_on)
    against = refused(
        (*_about_what(command), *_about_period(command, effective_on), *_about_history(command, before, effective_on))
    )
    if against is not None:
        return against
    wanted = command.model_dump(exclude={"actor", "effective_on"})
    event = RecruitmentTargetSet(**wanted, effective_on=effective_on, actor=asked.actor)
    changed = latest is None or any(getattr(latest, name) != getattr(event, name) for name in _CONTENT)
    made = {"target": identifier, **event.model_dump(mode="json", exclude={"actor"}), "changed": changed}
    return Decided(made, (event,) if changed else ())


def _about_what(command: SetRecruitmentTarget) -> Iterator[Reason]:
    if (command.number is None) == (command.share_percent is None):
        text = "A target is either a number of participants or a percentage of those eligible."
        yield Reason(code="NUMBER_OR_SHARE", field="number", text=text)
    if command.collaborative not in COLLABORATIVES:
        text = f"There is no such collaborative; there are {', '.join(sorted(COLLABORATIVES))}."
        yield Reason(code="COLLABORATIVE_UNKNOWN", field="collaborative", text=text)
    if areas.states_of(command.area) is None:
        text = f"There is no such area; it is a state, {areas.NATION} or one of {', '.join(areas.known())}."
        yield Reason(code="AREA_UNKNOWN", field="area", text=text)
    outside = command.starts_on < areas.NETWORKS_FROM or command.ends_on > areas.NETWORKS_TO
    if areas.is_network(command.area) and outside:
        text = (
            f"That network had its contract from {areas.NETWORKS_FROM} to {areas.NETWORKS_TO}; "
            "set the targets of other times by state."
        )
        yield Reason(code="NETWORK_NOT_THEN", field="area", text=text)


def _about_period(command: SetRecruitmentTarget, effective_on: dt.date) -> Iterator[Reason]:
    yield from _about_task(command)
    collaborative = COLLABORATIVES.get(command.collaborative)
    if collaborative is not None and command.starts_on < collaborative.opens:
        text = f"{collaborative.code} began on {collaborative.opens}."
        yield Reason(code="BEFORE_PROGRAM", field="starts_on", text=text, citation=collaborative.source)
    if command.ends_on < command.starts_on:
        yield Reason(code="END_BEFORE_START", field="ends_on", text="The period ends before it begins.")
    elif not command.starts_on <= effective_on <= command.ends_on:
        text = f"A target counts from a day within its period, not from {effective_on}."
        yield Reason(code="OUTSIDE_PERIOD", field="effective_on", text=text)


def _about_task(command: SetRecruitmentTarget) -> Iterator[Reason]:
    begins = statements.reason_against(command.task, command.starts_on, "starts_on")
    if begins is not None and begins.code == "TASK_UNKNOWN":
        yield begins.model_copy(update={"field": "task"})
        return
    yield from filter(None, (begins, statements.reason_against(command.task, command.ends_on, "ends_on")))
    collaborative = COLLABORATIVES.get(command.collaborative)
    if collaborative is not None and command.task not in collaborative.tasks:
        text = f"{collaborative.code} is work for: {', '.join(collaborative.tasks)}. It is none for {command.task}."
        yield Reason(code="TASK_OF_OTHERS", field="task", text=text, citation=collaborative.source)


def _about_history(
    command: SetRecruitmentTarget, before: RecruitmentTarget | None, effective_on: dt.date
) -> Iterator[Reason]:
    for starts_on in before.periods() if before else ():
        other = before.latest(starts_on) if before else None
        assert other is not None, "a period has what was set for it"
        if starts_on == command.starts_on:
            if effective_on < other.effective_on:
                text = f"The target was amended from {other.effective_on} on; amend it from that day or a later one."
                yield Reason(code="AMENDED_LATER", field="effective_on", text=text)
        elif starts_on <= command.ends_on and command.starts_on <= other.ends_on:
            text = f"There is a target from {starts_on} to {other.ends_on}; periods do not overlap."
            yield Reason(code="PERIODS_OVERLAP", field="starts_on", text=text)


RULES: Final[tuple[AnyRule, ...]] = (Rule(SetRecruitmentTarget, _keys, set_target),)
