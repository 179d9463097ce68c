"""Which providers are acute-care hospitals, by the CMS Certification Number (CCN).

A CCN is a state code and four characters that tell the kind of facility (State Operations Manual §2779): 0001-0879
short-term, 1300-1399 critical access; any other range is another kind (2000-2299 long-term, 3025-3099 rehabilitation,
4000-4499 psychiatric, 5000-6499 nursing). A letter before three digits is a part of a hospital paid in another way:
M, S psychiatric, R, T rehabilitation, U, W, Y, Z swing beds. A number of any other form (DE-SynPUF has synthetic ones
such as ``3900MB``) does not tell the kind; in an inpatient file it counts as acute.
"""

import re
from functools import lru_cache
from typing import Final

_NUMBERED: Final = re.compile(r"[0-9]{2}([0-9]{4})")
_UNIT: Final = re.compile(r"[0-9]{2}[MRSTUWYZ][0-9]{3}")


@lru_cache(maxsize=65_536)
def is_acute(ccn: str) -> bool:
    """Whether stays at this provider are acute-care stays."""
    numbered = _NUMBERED.fullmatch(ccn)
    if numbered is not None:
        kind = int(numbered[1])
        return 1 <= kind <= 879 or 1300 <= kind <= 1399
    return _UNIT.fullmatch(ccn) is None


@lru_cache(maxsize=65_536)
def is_nursing_home(ccn: str) -> bool:
    """Whether the number is a skilled nursing facility's."""
    numbered = _NUMBERED.fullmatch(ccn)
    return numbered is not None and 5000 <= int(numbered[1]) <= 6499
