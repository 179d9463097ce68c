"""The procedures of all case types, checked when loaded."""

from collections.abc import Mapping
from types import MappingProxyType

from services.complaints.domain import procedure as model
from services.complaints.domain.procedure import Procedure
from services.complaints.domain.procedures.discharge_ffs import DISCHARGE_FFS
from shared.contracts.complaints import CaseType

_ALL = (DISCHARGE_FFS,)
for _one in _ALL:
    model.check(_one)

PROCEDURES: Mapping[CaseType, Procedure] = MappingProxyType({one.type: one for one in _ALL})


def of(case_type: CaseType) -> Procedure:
    """The procedure of a case type."""
    return PROCEDURES[case_type]
