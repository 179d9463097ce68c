"""Compiled decoders of residents' records: the same contracts as in ``residents``, faster to read."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from shared.contracts import residents
from shared.contracts.compiled import Action, Ccn, Reference, Version

Score = Annotated[int, Meta(ge=0, le=residents.NOT_COMPLETED)]
Ulcers = Annotated[int, Meta(ge=0, le=9)]
OfWeek = Annotated[int, Meta(ge=0, le=7)]


class ResidentAssessed(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """``residents.ResidentAssessed``, field for field and with its rules."""

    ccn: Ccn
    resident: Reference
    record: Reference
    version: Version
    action: Action
    A0310A: residents.Obra
    A0310B: residents.Pps
    A0310F: Literal["10", "11", "99"]
    A2300: dt.date
    A1600: dt.date | None = None
    A2000: dt.date | None = None
    B0100: residents.Yes | None = None
    C0500: Score | None = None
    C0700: residents.Yes | None = None
    C1000: residents.Days | None = None
    D0200A2: residents.Days | None = None
    D0200B2: residents.Days | None = None
    D0300: Score | None = None
    D0500A2: residents.Days | None = None
    D0500B2: residents.Days | None = None
    D0600: Score | None = None
    G0110A1: residents.Help | None = None
    G0110B1: residents.Help | None = None
    G0110E1: residents.Help | None = None
    G0110H1: residents.Help | None = None
    G0110I1: residents.Help | None = None
    H0100A: residents.Yes | None = None
    H0100C: residents.Yes | None = None
    H0300: residents.Continence | None = None
    H0400: residents.Continence | None = None
    I1550: residents.Yes | None = None
    I1650: residents.Yes | None = None
    I2300: residents.Yes | None = None
    I5250: residents.Yes | None = None
    I5350: residents.Yes | None = None
    I5600: residents.Yes | None = None
    I6000: residents.Yes | None = None
    J0200: residents.Yes | None = None
    J0300: Literal[0, 1, 9] | None = None
    J0400: residents.Degree | None = None
    J0600A: Score | None = None
    J0600B: residents.Degree | None = None
    J1400: residents.Yes | None = None
    J1800: residents.Yes | None = None
    J1900C: residents.Few | None = None
    K0300: residents.Few | None = None
    M0210: residents.Yes | None = None
    M0300B1: Ulcers | None = None
    M0300C1: Ulcers | None = None
    M0300D1: Ulcers | None = None
    N0410A: OfWeek | None = None
    O0100K2: residents.Yes | None = None
    O0250A: residents.Yes | None = None
    O0250C: Literal[1, 2, 3, 4, 5, 6, 9] | None = None
    O0300A: residents.Yes | None = None
    O0300B: Literal[1, 2, 3] | None = None
    P0100B: residents.Few | None = None
    P0100C: residents.Few | None = None
    P0100E: residents.Few | None = None
    P0100F: residents.Few | None = None
    P0100G: residents.Few | None = None

    def __post_init__(self) -> None:
        residents.check_assessment(self)


class ResidentMoved(msgspec.Struct, frozen=True, gc=False):
    """``residents.ResidentMoved``, field for field and with its rule."""

    ccn: Ccn
    resident: Reference
    record: Reference
    version: Version
    action: Action
    A0310F: Literal["01", "10", "11", "12"]
    on: dt.date

    def __post_init__(self) -> None:
        residents.check_move(self.on)


RESIDENTS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    residents.ResidentAssessed.wire_type(): msgspec.json.Decoder(ResidentAssessed).decode,
    residents.ResidentMoved.wire_type(): msgspec.json.Decoder(ResidentMoved).decode,
}
