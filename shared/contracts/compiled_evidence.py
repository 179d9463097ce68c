"""Compiled decoders of patients' evidence: the same contracts as in ``evidence``, faster to read."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from shared.contracts import evidence
from shared.contracts.compiled import Reference, Version

# ``\Z`` and not ``$``, as in ``compiled``.
Practice = Annotated[str, Meta(pattern=evidence.PRACTICE.removesuffix("$") + r"\Z")]
Systolic = Annotated[int, Meta(ge=evidence.LOWEST, le=evidence.HIGHEST_SYSTOLIC)]
Diastolic = Annotated[int, Meta(ge=evidence.LOWEST, le=evidence.HIGHEST_DIASTOLIC)]
Concepts = Annotated[tuple[evidence.Lasting | evidence.Momentary, ...], Meta(min_length=1, max_length=evidence.MOST)]


class PatientKnown(msgspec.Struct, frozen=True, gc=False):
    """``evidence.PatientKnown``, field for field and with its rule."""

    practice: Practice
    patient: Reference
    fact: Reference
    version: Version
    birth: dt.date
    sex: evidence.Sex

    def __post_init__(self) -> None:
        evidence.check_day("birth", self.birth)


class EvidenceNoted(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``evidence.EvidenceNoted``, field for field and with its rules."""

    practice: Practice
    patient: Reference
    fact: Reference
    version: Version
    concepts: Concepts
    first: dt.date
    last: dt.date | None = None

    def __post_init__(self) -> None:
        evidence.check_noted(self)


class PressureTaken(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``evidence.PressureTaken``, field for field and with its rules."""

    practice: Practice
    patient: Reference
    fact: Reference
    version: Version
    on: dt.date
    setting: evidence.Setting
    systolic: Systolic | None = None
    diastolic: Diastolic | None = None

    def __post_init__(self) -> None:
        evidence.check_taken(self)


class EvidenceWithdrawn(msgspec.Struct, frozen=True, gc=False):
    """``evidence.EvidenceWithdrawn``, field for field."""

    practice: Practice
    patient: Reference
    fact: Reference
    version: Version
    action: Literal["cancel"]


EVIDENCE: Final[Mapping[str, Callable[[bytes], Any]]] = {
    evidence.PatientKnown.wire_type(): msgspec.json.Decoder(PatientKnown).decode,
    evidence.EvidenceNoted.wire_type(): msgspec.json.Decoder(EvidenceNoted).decode,
    evidence.PressureTaken.wire_type(): msgspec.json.Decoder(PressureTaken).decode,
    evidence.EvidenceWithdrawn.wire_type(): msgspec.json.Decoder(EvidenceWithdrawn).decode,
}
"""Readers of what practices' health records say of patients."""
