"""A declared measure as it stands, with everything it was before, and as a definition like the built-in ones."""

import datetime as dt
from fractions import Fraction

from services.measures.domain.declared import parts
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from shared.records.kinds import Record


class Declaration(Record):
    """One version: what it divides by what, who said so and when (``at``, UTC)."""

    version: int
    title: str
    numerator: dict[str, int]
    denominator: tuple[str, ...]
    per: str
    scale: str
    better: str
    interval: str
    reason: str
    source: str
    actor: str
    at: dt.datetime

    def definition(self, measure: str, withdrawn: str | None = None, specification: int | None = None) -> Definition:
        """The definition it is published by; its version is the specification."""
        names = (*self.numerator, *self.denominator)
        per = Per(self.per)
        return Definition(
            id=measure,
            specification=specification or self.version,
            title=self.title,
            numerator=self.numerator,
            denominator=self.denominator,
            per=per,
            scale=scale_of(self.scale),
            better=self.better,
            source=self.source,
            aim=Aim.BETTER_HEALTH,
            priority=Priority.COMMUNITIES,
            uncertainty=Uncertainty(self.interval),
            needs=parts.needs(names),
            value_sets=parts.value_sets(names),
            complete_months=parts.awaits(self.numerator, per),
            note=f"Declared by its community: {self.reason}",
            withdrawn=withdrawn,
        )


class Retired(Record):
    """The end of a measure; its ``version`` follows the last of the declarations."""

    version: int
    reason: str
    actor: str
    at: dt.datetime


class DeclaredMeasure(Record):
    """A measure of one community; ``versions`` are all declarations, in order."""

    measure: str
    community: str
    versions: tuple[Declaration, ...]
    retired: Retired | None = None

    @property
    def current(self) -> Declaration:
        """The declaration that holds, or held until the measure was retired."""
        return self.versions[-1]

    @property
    def version(self) -> int:
        """Counts declarations, revisions and the retirement from 1 on."""
        return self.retired.version if self.retired else self.current.version

    @property
    def definition(self) -> Definition:
        """The definition its results are published by."""
        withdrawn = f"retired: {self.retired.reason}" if self.retired else None
        return self.current.definition(self.measure, withdrawn, self.version)


def scale_of(text: str) -> int | Fraction:
    """The scale; ValueError or ZeroDivisionError for text that is none."""
    found = Fraction(text)
    return found.numerator if found.denominator == 1 else found
