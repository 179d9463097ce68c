"""Compiled decoders of entered counts: the same contracts as in ``counts``, faster to read."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from shared.contracts import counts
from shared.contracts.compiled import Action, Ccn, Version

Amount = Annotated[int, Meta(ge=0, le=counts.MOST)]
Month = Annotated[str, Meta(pattern=counts.MONTH[:-1] + r"\Z")]


class HospitalCount(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``counts.HospitalCount``, field for field and with its rules."""

    ccn: Ccn
    measure: counts.HospitalMeasure
    month: Month
    version: Version
    action: Action
    numerator: Amount | None = None
    denominator: Amount | None = None

    def __post_init__(self) -> None:
        counts.check_entry(self)


class HomeCount(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``counts.HomeCount``, field for field and with its rules."""

    ccn: Ccn
    measure: counts.HomeMeasure
    month: Month
    version: Version
    action: Action
    numerator: Amount | None = None
    denominator: Amount | None = None

    def __post_init__(self) -> None:
        counts.check_entry(self)


HOSPITAL_COUNTS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    counts.HospitalCount.wire_type(): msgspec.json.Decoder(HospitalCount).decode
}
HOME_COUNTS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    counts.HomeCount.wire_type(): msgspec.json.Decoder(HomeCount).decode
}
