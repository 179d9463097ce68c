"""The rules of declared measures: what may be declared, revised and retired."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from services.measures.domain.declared.kinds import COMMUNITY, DECLARED_MEASURE
from services.measures.domain.declared.state import DeclaredMeasure
from services.measures.domain.declared.validity import wrong
from shared.contracts.declared import (
    DeclareMeasure,
    MeasureDeclared,
    MeasureRetired,
    MeasureRevised,
    RetireMeasure,
    ReviseMeasure,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

_CONTENT: Final = ("title", "numerator", "denominator", "per", "scale", "better", "interval", "source")


def _keys(command: DeclareMeasure | ReviseMeasure | RetireMeasure, ids: Ids) -> Iterable[str]:
    del ids
    yield DECLARED_MEASURE.key(command.measure)
    if isinstance(command, DeclareMeasure):
        yield COMMUNITY.key(command.community)


def declare(command: DeclareMeasure, held: Held, asked: Asked) -> Decided | Against:
    """Declare the first version; asking for what holds already changes nothing."""
    told = command.model_dump(exclude={"actor"})
    before = held.get(DECLARED_MEASURE, command.measure)
    if before is not None:
        return _again(command, before, told)
    community = held.get(COMMUNITY, command.community)
    found = refused((*_about_community(command.community, community.areas if community else 0), *wrong(told)))
    if found is not None:
        return found
    return _decided(MeasureDeclared(**told, version=1, actor=asked.actor))


def revise(command: ReviseMeasure, held: Held, asked: Asked) -> Decided | Against:
    """The next version, unless nothing is different."""
    before = held.get(DECLARED_MEASURE, command.measure)
    found = _standing(before, command.version)
    if isinstance(found, Against):
        return found
    given = command.model_dump(exclude={"actor", "measure", "version"}, exclude_none=True)
    told = {**_content(found), **given}
    refusal = refused(wrong(told))
    if refusal is not None:
        return refusal
    if all(told[name] == getattr(found.current, name) for name in _CONTENT):
        return Decided(_made(found, changed=False))
    return _decided(
        MeasureRevised(
            **told, measure=found.measure, community=found.community, version=found.version + 1, actor=asked.actor
        )
    )


def retire(command: RetireMeasure, held: Held, asked: Asked) -> Decided | Against:
    """End it."""
    found = _standing(held.get(DECLARED_MEASURE, command.measure), command.version)
    if isinstance(found, Against):
        return found
    return _decided(
        MeasureRetired(
            measure=found.measure,
            version=found.version + 1,
            community=found.community,
            reason=command.reason,
            actor=asked.actor,
        )
    )


def _about_community(community: str, areas: int) -> Iterator[Reason]:
    if not areas:
        text = f"There is no community {community}, or it was dissolved; `qio community list` names them."
        yield Reason(code="COMMUNITY_UNKNOWN", field="community", text=text)


def _again(command: DeclareMeasure, before: DeclaredMeasure, told: Mapping[str, Any]) -> Decided | Against:
    same = before.retired is None and before.community == command.community
    if same and all(told[name] == getattr(before.current, name) for name in _CONTENT):
        return Decided(_made(before, changed=False))
    if before.retired is not None:
        return against(
            "RETIRED", "measure", "A measure of this id was retired; declare another under an id of its own."
        )
    text = f"There is a measure of this id, in version {before.version} and of {before.community}; revise that."
    return against("DECLARED_ALREADY", "measure", text)


def _standing(before: DeclaredMeasure | None, version: int) -> DeclaredMeasure | Against:
    """The measure, which is to be in force in this version."""
    if before is None:
        return against("MEASURE_UNKNOWN", "measure", "There is no such measure; `qio measures declared` names them.")
    if before.retired is not None:
        return against("RETIRED", "measure", "The measure was retired and does not change any more.")
    if before.version != version:
        text = f"The measure is in version {before.version}, not in version {version}; look at what it is now."
        return against("VERSION_OTHER", "version", text)
    return before


def _content(before: DeclaredMeasure) -> dict[str, Any]:
    return before.current.model_dump(include=set(_CONTENT))


def _decided(event: MeasureDeclared | MeasureRevised | MeasureRetired) -> Decided:
    made = {"measure": event.measure, "community": event.community, "version": event.version, "changed": True}
    return Decided(made, (event,))


def _made(before: DeclaredMeasure, *, changed: bool) -> dict[str, object]:
    return {
        "measure": before.measure,
        "community": before.community,
        "version": before.version,
        "changed": changed,
    }


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(DeclareMeasure, _keys, declare),
    Rule(ReviseMeasure, _keys, revise),
    Rule(RetireMeasure, _keys, retire),
)
