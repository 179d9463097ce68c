"""The words that several parts of recruitment are spoken of in."""

from typing import Annotated

from pydantic import Field

StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="postal code of a state or territory")]
TaskKey = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$",
        description="code of a task of a statement of work, C.2, or our word where it has none",
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Said = Annotated[
    str, Field(min_length=1, max_length=1000, pattern=r"\S", description="in a sentence, naming no person")
]
Why = Annotated[str, Field(min_length=3, max_length=300, description="in plain words, naming no person")]
