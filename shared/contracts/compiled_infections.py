"""Compiled decoders of hospitals' infections: the same contracts as in ``infections``, faster to read."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from shared.contracts import infections
from shared.contracts.compiled import Action, Ccn, Version

Amount = Annotated[int, Meta(ge=0, le=infections.MOST)]
Some = Annotated[int, Meta(ge=1, le=infections.MOST)]
Period = Annotated[str, Meta(pattern=infections.PERIOD[:-1] + r"\Z")]
Location = Annotated[str, Meta(pattern=infections.LOCATION[:-1] + r"\Z")]
Predicted = Annotated[str, Meta(pattern=infections.PREDICTED[:-1] + r"\Z")]
Unit = Annotated[str, Meta(pattern=infections.UNIT[:-1] + r"\Z")]


class InfectionCount(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``infections.InfectionCount``, field for field and with its rules."""

    ccn: Ccn
    infection: infections.Infection
    location: Location
    period: Period
    source: infections.Source
    baseline: infections.Baseline
    version: Version
    action: Action
    observed: Amount | None = None
    predicted: Predicted | None = None
    exposure: Amount | None = None
    patient_days: Amount | None = None
    unit: Unit | None = None

    def __post_init__(self) -> None:
        infections.check_count(self)


class HospitalSurveyed(msgspec.Struct, frozen=True, gc=False):
    """``infections.HospitalSurveyed``, field for field and with its rules."""

    ccn: Ccn
    year: Annotated[int, Meta(ge=2005, le=2100)]
    version: Version
    action: Action
    kind: infections.HospitalKind
    patient_days: Amount
    admissions: Some
    beds: Some
    icu_beds: Amount

    def __post_init__(self) -> None:
        infections.check_survey(self)


INFECTIONS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    infections.InfectionCount.wire_type(): msgspec.json.Decoder(InfectionCount).decode,
    infections.HospitalSurveyed.wire_type(): msgspec.json.Decoder(HospitalSurveyed).decode,
}
