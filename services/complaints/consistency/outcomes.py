"""What the outcomes of all case types mean for comparisons, read from their procedures."""

from collections.abc import Iterable
from typing import Final

from services.complaints.consistency.sums import Outcomes
from services.complaints.domain.procedure import Procedure
from shared.contracts.complaints import CaseType

# Nobody hears that there is such a case, so none is given to a second person (42 CFR 480.101, 489.24(i)).
HIDDEN: Final = frozenset({CaseType.SANCTION, CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY})


def outcomes(procedures: Iterable[Procedure]) -> Outcomes:
    """Appeals are judged; what is decided in the appellant's favour is overturned. All types have their outcomes."""
    known = [procedure for procedure in procedures if procedure.type not in HIDDEN]
    found = [one for procedure in known if procedure.coarse == "APPEAL" for one in procedure.outcomes.values()]
    overturned = frozenset(outcome.id for outcome in found if outcome.favourable)
    judged = frozenset(outcome.id for outcome in found if outcome.favourable or outcome.unfavourable)
    return Outcomes(
        judged=judged,
        overturned=overturned,
        by_type={procedure.type.value: tuple(procedure.outcomes) for procedure in known if len(procedure.outcomes) > 1},
    )
