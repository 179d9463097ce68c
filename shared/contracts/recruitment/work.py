"""How what a coalition does is named, and the words its parts have in common."""

from typing import Annotated

from pydantic import Field

WorkId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$",
        description="the community whose coalition it is of, a dot, twelve hexadecimal digits",
    ),
]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="a calendar month, such as 2015-03")]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Cents = Annotated[int, Field(ge=0, le=10_000_000_000_000, description="US cents")]
Evidence = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=500)], ...],
    Field(max_length=20, description="where each document that proves it is kept"),
]
