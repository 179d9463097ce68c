"""Commands about declared measures, and the rules carried out over a desk of records."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.measures.domain.declared.kinds import COMMUNITY, DECLARED_MEASURE, KnownCommunity
from services.measures.domain.declared.rules import RULES
from services.measures.domain.declared.state import DeclaredMeasure
from services.measures.domain.definitions import Definition
from shared.contracts.declared import DeclareMeasure, RetireMeasure, ReviseMeasure
from shared.records.deciding import Against, Asked, Decided, Held
from shared.records.kinds import Record

NOW = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)
WHO = "cli:ann"


def as_declared(definition: Definition, **changed: Any) -> dict[str, Any]:
    """What somebody declares who wants a built-in measure under an id of their own."""
    return {
        "measure": f"local-{definition.id}",
        "community": "river",
        "title": definition.title,
        "numerator": dict(definition.numerator),
        "denominator": tuple(definition.denominator),
        "per": definition.per.value,
        "scale": str(definition.scale),
        "better": definition.better,
        "interval": definition.uncertainty.value,
        "reason": "we want it as our own",
        "source": definition.source,
        "actor": WHO,
        **changed,
    }


def declaration(**changed: Any) -> dict[str, Any]:
    """Hospitalizations that began as avoidable ones, of all hospitalizations."""
    return {
        "measure": "local-avoidable-share",
        "community": "river",
        "title": "Avoidable hospitalizations, percent of all",
        "numerator": {"avoidable_acute": 1, "avoidable_chronic": 1},
        "denominator": ("hospitalizations",),
        "per": "ratio",
        "scale": "100",
        "better": "lower",
        "interval": "none",
        "reason": "the clinics of the valley work on these",
        "source": "coalition charter, section 4",
        "actor": WHO,
        **changed,
    }


class Desk:
    """Records in memory; a community ``river`` of two areas, a dissolved one ``gone``."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {
            COMMUNITY.key("river"): KnownCommunity(community="river", areas=2),
            COMMUNITY.key("gone"): KnownCommunity(community="gone", areas=0),
        }
        self.events: list[Any] = []

    def ask(self, command: DeclareMeasure | ReviseMeasure | RetireMeasure) -> Decided | Against:
        (rule,) = [one for one in RULES if one.command is type(command)]
        keys = set(rule.keys(command, lambda _: UUID(int=0)))
        held = Held(lambda key: self.records.get(key) if key in keys else _undeclared(key))
        decision: Decided | Against = rule.decide(command, held, Asked(command.actor, NOW, lambda _: UUID(int=0)))
        for event in decision.events if isinstance(decision, Decided) else ():
            key = DECLARED_MEASURE.key(DECLARED_MEASURE.id_of(event))
            self.records[key] = DECLARED_MEASURE.after(self.records.get(key), event, NOW)  # type: ignore[arg-type]
            self.events.append(event)
        return decision

    def declare(self, **changed: Any) -> Decided | Against:
        return self.ask(DeclareMeasure.model_validate(declaration(**changed)))

    def revise(self, version: int, **changed: Any) -> Decided | Against:
        told = {"measure": "local-avoidable-share", "reason": "it counts better", "actor": WHO, **changed}
        return self.ask(ReviseMeasure.model_validate({**told, "version": version}))

    def retire(self, version: int, measure: str = "local-avoidable-share") -> Decided | Against:
        return self.ask(RetireMeasure(measure=measure, version=version, reason="the work is done", actor=WHO))

    def measure(self, identifier: str = "local-avoidable-share") -> DeclaredMeasure:
        found = self.records[DECLARED_MEASURE.key(identifier)]
        assert isinstance(found, DeclaredMeasure)
        return found


def _undeclared(key: str) -> Record:
    raise KeyError(key)
