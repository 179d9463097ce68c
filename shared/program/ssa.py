"""State codes of the Social Security Administration, which begin every CMS Certification Number and SSA county."""

# CMS State Operations Manual, section 2779A: the first code of each state; some have further ones since.
CODE_BY_STATE = {
    "AL": "01", "AK": "02", "AZ": "03", "AR": "04", "CA": "05", "CO": "06", "CT": "07", "DE": "08", "DC": "09",
    "FL": "10", "GA": "11", "HI": "12", "ID": "13", "IL": "14", "IN": "15", "IA": "16", "KS": "17", "KY": "18",
    "LA": "19", "ME": "20", "MD": "21", "MA": "22", "MI": "23", "MN": "24", "MS": "25", "MO": "26", "MT": "27",
    "NE": "28", "NV": "29", "NH": "30", "NJ": "31", "NM": "32", "NY": "33", "NC": "34", "ND": "35", "OH": "36",
    "OK": "37", "OR": "38", "PA": "39", "PR": "40", "RI": "41", "SC": "42", "SD": "43", "TN": "44", "TX": "45",
    "UT": "46", "VT": "47", "VI": "48", "VA": "49", "WA": "50", "WV": "51", "WI": "52", "WY": "53",
    "AS": "64", "GU": "65", "MP": "66",
}  # fmt: skip

STATE_BY_CODE = {code: state for state, code in CODE_BY_STATE.items()}
COUNTIES = range(1000)


def areas_of_state(code: str) -> tuple[str, ...]:
    """Every area an SSA state code can have; a file's unknown counties (000, 999) belong to their state as well."""
    return tuple(f"ssa:{code}{county:03d}" for county in COUNTIES)
