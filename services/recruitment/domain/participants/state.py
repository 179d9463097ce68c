"""A participant as it stands."""

import datetime as dt

from services.recruitment.domain.kernel.records import Record
from shared.contracts.recruitment.ids import Setting


class Participant(Record):
    """A facility, practice, organisation or person that takes part or could.

    ``as_of`` and ``digest`` say which edition of a provider list is held, None and empty where none lists it.
    ``closed_on`` is the first day it was closed, ``merged_into`` the participant that goes on in its place.
    """

    id: str
    setting: Setting
    name: str
    state: str
    zip_code: str
    address: str | None = None
    city: str | None = None
    county: str | None = None
    ownership: str | None = None
    certified_beds: int | None = None
    residents: int | None = None
    special_focus: bool = False
    overall_rating: int | None = None
    health_inspection_rating: int | None = None
    staffing_rating: int | None = None
    rn_staffing_rating: int | None = None
    quality_rating: int | None = None
    qin_qio: str
    as_of: dt.date | None = None
    digest: str = ""
    closed_on: dt.date | None = None
    merged_into: str | None = None
