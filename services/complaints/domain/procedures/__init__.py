"""The procedures of all case types, checked when loaded."""

from collections.abc import Mapping
from types import MappingProxyType

from services.complaints.domain import procedure as model
from services.complaints.domain.procedure import Procedure
from services.complaints.domain.procedures.bene_complaint import BENE_COMPLAINT
from services.complaints.domain.procedures.discharge_ffs import DISCHARGE_FFS
from services.complaints.domain.procedures.discharge_ma import DISCHARGE_MA
from services.complaints.domain.procedures.emtala_5day import EMTALA_5DAY
from services.complaints.domain.procedures.emtala_60day import EMTALA_60DAY
from services.complaints.domain.procedures.general_qoc import GENERAL_QOC
from services.complaints.domain.procedures.hospital_request import HOSPITAL_REQUEST
from services.complaints.domain.procedures.immediate_advocacy import IMMEDIATE_ADVOCACY
from services.complaints.domain.procedures.noncoverage import NONCOVERED_HINN, PREADMIT_HINN1
from services.complaints.domain.procedures.payment import HWDRG, MEDNEC_RETRO, SHORT_STAY
from services.complaints.domain.procedures.reconsideration import RECONSIDERATION
from services.complaints.domain.procedures.referral import REFERRAL
from services.complaints.domain.procedures.sanction import SANCTION
from services.complaints.domain.procedures.status_change import STATUS_CHANGE
from services.complaints.domain.procedures.termination_ffs import TERMINATION_FFS
from services.complaints.domain.procedures.termination_ma import TERMINATION_MA
from shared.contracts.complaints import CaseType

_ALL = (
    DISCHARGE_FFS,
    DISCHARGE_MA,
    EMTALA_5DAY,
    EMTALA_60DAY,
    BENE_COMPLAINT,
    GENERAL_QOC,
    IMMEDIATE_ADVOCACY,
    REFERRAL,
    TERMINATION_FFS,
    TERMINATION_MA,
    SANCTION,
    HOSPITAL_REQUEST,
    NONCOVERED_HINN,
    PREADMIT_HINN1,
    RECONSIDERATION,
    STATUS_CHANGE,
    HWDRG,
    SHORT_STAY,
    MEDNEC_RETRO,
)
for _one in _ALL:
    model.check(_one)

PROCEDURES: Mapping[CaseType, Procedure] = MappingProxyType({one.type: one for one in _ALL})


def of(case_type: CaseType) -> Procedure:
    """The procedure of a case type."""
    return PROCEDURES[case_type]
