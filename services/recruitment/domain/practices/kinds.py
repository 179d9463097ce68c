"""All kinds of record of tests of change, practices and their spread."""

from typing import Any, Final

from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (CHANGE_TEST, PRACTICE, ADOPTION)
