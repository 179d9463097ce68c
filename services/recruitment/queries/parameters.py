"""Query parameters that several parts of the read API share."""

from typing import Annotated

from fastapi import Query

from shared.contracts.recruitment.ids import PARTICIPANT_PATTERN

State = Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="Postal code of a state or territory")]
After = Annotated[
    str | None, Query(pattern=PARTICIPANT_PATTERN, description="The last participant id of the page before")
]
Limit = Annotated[int, Query(ge=1, le=1_000)]
