"""Reads CMS nursing-home provider files: the columns of 2012, those of today and those between.

Each row gives one ``NursingHomeListed`` of the file's vintage or one rejection; a missing rating is a fact, not an
error. Numbers a spreadsheet has damaged are mended only where one reading is possible, and counted:

* a certification number of five digits gets its leading zero back where "0" and its first digit are the code of the
  row's own state (a number that lost a zero can only be from the states 01 to 09); otherwise the row is rejected;
* a ZIP code of four (three) digits gets its zeros back in the states whose ZIP codes begin with one (two).
"""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.feeds import nursing_home_columns
from shared.feeds import provider_cells as cells
from shared.feeds.lines import Fault
from shared.feeds.provider_file import Identity, ProviderFile
from shared.feeds.rows import UnusableFile
from shared.feeds.tables import open_table

# The first month of the networks' statement of work, for which the states' contractors are known.
DEFAULT_AS_OF: Final = dt.date(2014, 8, 1)

_RATINGS = tuple(name for name in NursingHomeListed.model_fields if name.endswith("_rating"))
_NOT_FOCUS = frozenset({"", "0", "n", "no", "false", "sff candidate"})
_FOCUS = frozenset({"1", "y", "yes", "true", "sff"})


class NursingHomeFile(ProviderFile[NursingHomeListed]):
    """A provider file found readable, and the date its content is of."""

    topic = NURSING_HOMES.name

    def __init__(self, path: Path, as_of: dt.date = DEFAULT_AS_OF) -> None:
        """Open it; raises UnusableFile when it is not such a file."""
        table = open_table(path)
        try:
            where = nursing_home_columns.find(table.columns)
        except KeyError as error:
            missing = ", ".join(map(str, error.args))
            raise UnusableFile(
                f"{path.name} is not a CMS nursing-home provider file: no column for {missing}."
            ) from None
        super().__init__(table, where)
        self._as_of = as_of

    def listing(self, text: Mapping[str, str], identity: Identity) -> NursingHomeListed:
        """The home of a row's cells."""
        ratings = {field: cells.optional(text, field, cells.rating) for field in _RATINGS}
        return NursingHomeListed(
            **identity._asdict(),
            as_of=self._as_of,
            name=cells.words(text["name"]),
            address=cells.words(text.get("address", "")),
            city=cells.words(text.get("city", "")),
            county=cells.words(text.get("county", "")) or None,
            ownership=cells.words(text.get("ownership", "")) or None,
            certified_beds=cells.optional(text, "certified_beds", _count),
            residents=cells.optional(text, "residents", _count),
            special_focus=_focus(text.get("special_focus", "")),
            **ratings,
        )


def _count(field: str, value: str) -> int:
    """A whole number; a daily average, as today's files have it, is rounded half up."""
    whole = re.fullmatch(r"([0-9]{1,6})(\.[0-9]+)?", value.replace(",", ""))
    if whole is None:
        raise Fault(field, "not a number of beds or residents")
    return int(float(whole[0]) + 0.5)


def _focus(value: str) -> bool:
    plain = value.casefold()
    if plain in _FOCUS:
        return True
    if plain in _NOT_FOCUS:
        return False
    raise Fault("special_focus", "not a special focus status")
