"""Identifiers and places of participants: what can be right about them at all."""

from collections.abc import Iterator, Mapping
from typing import Final

from shared.contracts.replies import Reason
from shared.program.states import STATES

NPI: Final = "npi:"
OWN: Final = "own:"
# The prefix of health applications in the United States, which the check digit of an NPI counts in.
_PREFIX: Final = "80840"
_SOURCE: Final = "45 CFR 162.406; CMS, Requirements for National Provider Identifier (NPI) and NPI Check Digit"


def is_ccn(identifier: str) -> bool:
    """Whether a participant id is a CMS Certification Number."""
    return ":" not in identifier


def is_npi(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others by the Luhn formula over 80840 and all ten.

    Raises ValueError for what is no digits.
    """
    total = 0
    for position, character in enumerate(reversed(_PREFIX + digits)):
        doubled = int(character) * (1 + position % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return len(digits) == 10 and total % 10 == 0


def about_identifier(identifier: str, field: str) -> Iterator[Reason]:
    """Reasons against an identifier itself."""
    if identifier.startswith(NPI) and not is_npi(identifier.removeprefix(NPI)):
        text = "The last digit of this National Provider Identifier does not check."
        yield Reason(code="NPI_CHECK", field=field, text=text, citation=_SOURCE)


def about_place(state: str, zip_code: str, zips: Mapping[str, str]) -> Iterator[Reason]:
    """Reasons against a state with a ZIP code; ``zips`` are the ZIP codes there are, each with its state."""
    if state not in STATES:
        yield Reason(code="STATE_UNKNOWN", field="state", text=f"{state} is no state or territory of the program.")
    if zip_code not in zips:
        yield Reason(code="ZIP_UNKNOWN", field="zip_code", text=f"{zip_code} is not a ZIP code in use.")
    elif zips[zip_code] != state:
        text = f"{zip_code} is a ZIP code of {zips[zip_code]}, not of {state}."
        yield Reason(code="ZIP_OF_ANOTHER_STATE", field="zip_code", text=text)
