"""The languages letters can be in, as data: how days and times are written, the direction, the words of every page.

A further language is one more row here, titles in the catalogue and templates; nothing else knows languages by name.
English dates and times are as CLDR has them for en-US; Spanish ones for es-US, with the point in decimals as there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How one language writes; in ``day`` stand ``{day}``, ``{month}`` and ``{year}``.

    ``halves`` are the marks of the hours before and after noon. ``redisclosure`` stands at the foot of what may hold
    confidential information, ``shareable`` at the foot of what is meant to be passed on.
    """

    months: tuple[str, ...]
    day: str
    noon: str
    halves: tuple[str, str]
    direction: str
    decimal: str
    thousands: str
    redisclosure: str
    shareable: str


LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {
        "en": Language(
            months=(
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ),
            day="{month} {day}, {year}",
            noon="12:00 noon",
            halves=("AM", "PM"),
            direction="ltr",
            decimal=".",
            thousands=",",
            redisclosure="This message may hold confidential information of a Quality Improvement Organization. "
            "Whoever receives it may pass it on only as 42 CFR 480.107 allows.",
            shareable="You may pass this message on.",
        ),
        "es": Language(
            months=(
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ),
            day="{day} de {month} de {year}",
            noon="12:00 del mediodía",
            halves=("a. m.", "p. m."),
            direction="ltr",
            decimal=".",
            thousands=",",
            redisclosure="Este mensaje puede contener información confidencial de una Organización para el "
            "Mejoramiento de la Calidad (QIO). Quien lo recibe solo puede transmitirla como lo permite 42 CFR 480.107.",
            shareable="Usted puede compartir este mensaje.",
        ),
    }
)
