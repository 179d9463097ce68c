"""Compiled decoders of hospitals' scores: the same contracts as in ``scores``, faster to read."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from shared.contracts import scores
from shared.contracts.compiled import Action, Ccn, Version

Decimal = Annotated[str, Meta(pattern=scores.UNSIGNED[:-1] + r"\Z")]
SignedDecimal = Annotated[str, Meta(pattern=scores.SIGNED[:-1] + r"\Z")]
Amount = Annotated[int, Meta(ge=0, le=scores.MOST)]
FiscalYear = Annotated[int, Meta(ge=2011, le=2100)]
OfTen = Annotated[int, Meta(ge=0, le=10)]
OfNine = Annotated[int, Meta(ge=0, le=9)]


class ReadmissionsScored(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``scores.ReadmissionsScored``, field for field and with its rules."""

    ccn: Ccn
    fiscal_year: FiscalYear
    condition: scores.Condition
    version: Version
    action: Action
    first: dt.date
    last: dt.date
    discharges: Amount | None = None
    readmissions: Amount | None = None
    predicted: Decimal | None = None
    expected: Decimal | None = None
    ratio: Decimal | None = None

    def __post_init__(self) -> None:
        scores.check_readmissions(self)


class HarmScored(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``scores.HarmScored``, field for field."""

    ccn: Ccn
    fiscal_year: FiscalYear
    version: Version
    action: Action
    psi_90: Decimal | None = None
    psi_90_z: SignedDecimal | None = None
    clabsi: Decimal | None = None
    clabsi_z: SignedDecimal | None = None
    cauti: Decimal | None = None
    cauti_z: SignedDecimal | None = None
    ssi: Decimal | None = None
    ssi_z: SignedDecimal | None = None
    cdi: Decimal | None = None
    cdi_z: SignedDecimal | None = None
    mrsa: Decimal | None = None
    mrsa_z: SignedDecimal | None = None
    total: SignedDecimal | None = None
    reduced: bool | None = None


class PurchasingScored(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``scores.PurchasingScored``, field for field and with its rules."""

    ccn: Ccn
    fiscal_year: FiscalYear
    measure: scores.Purchased
    version: Version
    action: Action
    threshold: Decimal | None = None
    benchmark: Decimal | None = None
    baseline: Decimal | None = None
    performance: Decimal | None = None
    achievement: OfTen | None = None
    improvement: OfNine | None = None
    score: OfTen | None = None

    def __post_init__(self) -> None:
        scores.check_points((self.achievement, self.improvement), self.score, self.action)


class PurchasingTotalled(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``scores.PurchasingTotalled``, field for field."""

    ccn: Ccn
    fiscal_year: FiscalYear
    version: Version
    action: Action
    clinical_outcomes: Decimal | None = None
    engagement: Decimal | None = None
    safety: Decimal | None = None
    efficiency: Decimal | None = None
    total: Decimal | None = None


SCORES: Final[Mapping[str, Callable[[bytes], Any]]] = {
    scores.ReadmissionsScored.wire_type(): msgspec.json.Decoder(ReadmissionsScored).decode,
    scores.HarmScored.wire_type(): msgspec.json.Decoder(HarmScored).decode,
    scores.PurchasingScored.wire_type(): msgspec.json.Decoder(PurchasingScored).decode,
    scores.PurchasingTotalled.wire_type(): msgspec.json.Decoder(PurchasingTotalled).decode,
}
