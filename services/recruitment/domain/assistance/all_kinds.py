"""All kinds of record of technical assistance, gathered from its parts."""

from typing import Any, Final

from services.recruitment.domain.assistance.reporting_kind import DUE, SUBMISSION
from services.recruitment.domain.assistance.request_kind import REQUEST, TARGET
from services.recruitment.domain.assistance.resource_kind import RESOURCE
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (REQUEST, TARGET, RESOURCE, DUE, SUBMISSION)
