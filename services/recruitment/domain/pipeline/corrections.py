"""The rule of corrections: a step recorded wrongly gets its right day, or is struck."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline import eligibility, telling
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT, evolve
from services.recruitment.domain.pipeline.moving import engagement_keys
from services.recruitment.domain.pipeline.state import Engagement, Step, engagement_id
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.pipeline import EngagementCorrected
from shared.contracts.recruitment.pipeline_commands import CorrectEngagement
from shared.contracts.recruitment.steps import Stage
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against
from shared.records.machine import words


def _keys(command: CorrectEngagement, ids: Ids) -> Iterable[str]:
    del ids
    return (*engagement_keys(command.participant, command.collaborative), NETWORKS.key(command.participant))


def correct(command: CorrectEngagement, held: Held, asked: Asked) -> Decided | Against:
    """Give a step its right day, or strike it; others hear what that changes for a membership."""
    participant = held.get(PARTICIPANT, command.participant)
    engagement = held.get(ENGAGEMENT, engagement_id(command.participant, command.collaborative))
    if engagement is None or participant is None:
        text = f"This participant has no engagement with {command.collaborative}."
        return against("ENGAGEMENT_UNKNOWN", "participant", text)
    standing = dict(engagement.standing())
    step = standing.get(command.step)
    if step is None:
        known = ", ".join(f"{number} {words(one.stage)}" for number, one in standing.items()) or "none"
        return against("STEP_UNKNOWN", "step", f"No such step stands. These do: {known}.")
    found = tuple(_reasons(command, participant, standing, asked.now))
    if found:
        return Against(found)
    qin_qio = None
    if command.on is not None and step.stage is Stage.RECRUITED:
        qin_qio = answering.improving(participant.state, command.on, held.get(NETWORKS, participant.id))
    return _corrected(command, participant, engagement, qin_qio, asked)


def _corrected(
    command: CorrectEngagement, participant: Participant, engagement: Engagement, qin_qio: str | None, asked: Asked
) -> Decided:
    event = EngagementCorrected(
        participant=participant.id,
        collaborative=command.collaborative,
        step=command.step,
        since=command.on,
        qin_qio=qin_qio,
        reason=command.reason,
        actor=asked.actor,
    )
    after = evolve(engagement, event, asked.now)
    made = {
        "engagement": engagement_id(participant.id, command.collaborative),
        "participant": participant.id,
        "collaborative": command.collaborative,
        "step": command.step,
        "struck": command.on is None,
        "stage": after.stage and after.stage.value,
    }
    return Decided(made, (event,), telling.membership(participant, engagement, after))


def _reasons(
    command: CorrectEngagement, participant: Participant, standing: dict[int, Step], now: dt.datetime
) -> Iterator[Reason]:
    if command.on is None:
        last = max(standing)
        if command.step != last:
            text = f"Step {last}, {words(standing[last].stage)}, came after it. Strike that one first."
            yield Reason(code="NOT_THE_LAST", field="step", text=text)
        return
    if command.on == standing[command.step].since:
        yield Reason(code="NOTHING_TO_CORRECT", field="on", text="The step counts from that day already.")
    yield from _about_day(command.on, command, participant, standing, now)


def _about_day(
    on: dt.date, command: CorrectEngagement, participant: Participant, standing: dict[int, Step], now: dt.datetime
) -> Iterator[Reason]:
    collaborative = COLLABORATIVES.get(command.collaborative)
    if collaborative is not None and on < collaborative.opens:
        text = f"{collaborative.code} began on {collaborative.opens}."
        yield Reason(code="BEFORE_PROGRAM", field="on", text=text, citation=collaborative.source)
    if on > eligibility.latest_today(participant, now):
        yield Reason(code="IN_THE_FUTURE", field="on", text="The day is in the future.")
    before = [one for number, one in standing.items() if number < command.step]
    later = [one for number, one in standing.items() if number > command.step]
    if (before and on < before[-1].since) or (later and on > later[0].since):
        neighbours = " and ".join(f"{words(one.stage)} from {one.since}" for one in (*before[-1:], *later[:1]))
        yield Reason(code="OUT_OF_ORDER", field="on", text=f"The steps beside it are {neighbours}.")


RULES: Final[tuple[AnyRule, ...]] = (Rule(CorrectEngagement, _keys, correct),)
