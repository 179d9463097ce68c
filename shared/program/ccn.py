"""What a CMS Certification Number says about its provider: state and kind (State Operations Manual 2779A)."""

from types import MappingProxyType
from typing import Final

from shared.program.states import STATES

# The codes of each state, the first one first; those of other states are further ones since.
_CODES: Final = MappingProxyType(
    {
        "AL": "01", "AK": "02", "AZ": "03", "AR": "04 89", "CA": "05 55 75 92 A0 A1 B2", "CO": "06 91", "CT": "07 81",
        "DE": "08", "DC": "09", "FL": "10 68 69 A2", "GA": "11 85", "HI": "12", "ID": "13", "IL": "14 78", "IN": "15",
        "IA": "16 76", "KS": "17 70", "KY": "18 B0", "LA": "19 71 95 A3", "ME": "20", "MD": "21 80", "MA": "22 82",
        "MI": "23 A4", "MN": "24 77", "MS": "25 A5", "MO": "26 79", "MT": "27", "NE": "28", "NV": "29", "NH": "30",
        "NJ": "31 83", "NM": "32 96", "NY": "33", "NC": "34 86", "ND": "35", "OH": "36 72 A6", "OK": "37 90",
        "OR": "38 93", "PA": "39 73 A7", "PR": "40 84", "RI": "41", "SC": "42 87", "SD": "43", "TN": "44 88 A8",
        "TX": "45 67 74 97 A9", "UT": "46", "VT": "47", "VI": "48", "VA": "49", "WA": "50 94", "WV": "51 B1",
        "WI": "52", "WY": "53", "AS": "64", "GU": "65", "MP": "66",
    }
)  # fmt: skip
_STATE_OF: Final = MappingProxyType({code: state for state, codes in _CODES.items() for code in codes.split()})

# The last four digits; a letter in the third place is a unit of a hospital or, for swing beds, a skilled one.
_RANGES: Final = MappingProxyType(
    {
        "HOSPITAL": ((1, 999), (1200, 1399), (2000, 2499), (3000, 3099), (3300, 3399), (4000, 4499)),
        "SNF": ((5000, 6499),),
        "HHA": ((3100, 3199), (7000, 8499), (9000, 9799)),
        "HOSPICE": ((1500, 1799),),
        "CORF": ((3200, 3299), (4500, 4599), (4800, 4899)),
    }
)
_OUTSIDE: Final = "EF"  # at the end: emergency and federal hospitals, which do not take part in Medicare
_UNITS: Final = MappingProxyType({"HOSPITAL": "MRST", "SNF": "UWYZABCDEFGHJ"})


class CcnError(ValueError):
    """The number cannot be that provider's; ``code`` and ``field`` say why without showing the value."""

    def __init__(self, code: str, field: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.field = field


def state_of(ccn: str) -> str | None:
    """The state a number was given in, or None for a code there is not."""
    return _STATE_OF.get(ccn[:2])


def check_ccn(ccn: str, state: str, provider_type: str) -> None:
    """Raises CcnError for a number of no state, of another state, or of another kind of provider.

    A kind without numbers of its own (a practice) is not checked.
    """
    found = state_of(ccn)
    if found is None or found not in STATES:
        raise CcnError("UNKNOWN_FACILITY", "facility_ccn", "No state gave a certification number like this.")
    if found != state:
        raise CcnError("WRONG_STATE", "state", "The certification number was given in another state.")
    if provider_type in _RANGES and not _is_kind(ccn, provider_type):
        text = "The certification number belongs to another kind of provider."
        raise CcnError("WRONG_PROVIDER_TYPE", "provider_type", text)


def _is_kind(ccn: str, provider_type: str) -> bool:
    if ccn[5] in _OUTSIDE:
        return provider_type == "HOSPITAL"
    if not ccn[2].isdigit():
        return ccn[2] in _UNITS.get(provider_type, "")
    number = ccn[2:]
    return number.isdigit() and any(low <= int(number) <= high for low, high in _RANGES[provider_type])
