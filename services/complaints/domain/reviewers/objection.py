"""Why a person may not take a part in a case: a reason for the asker, and the waiver that would set it aside."""

from typing import NamedTuple

from services.complaints.domain.reviewers.reviewer import WaiverKind
from shared.contracts.replies import Reason


class Objection(NamedTuple):
    """``waiver`` None: nothing sets it aside."""

    reason: Reason
    waiver: WaiverKind | None


def objection(
    code: str, text: str, citation: str | None, *, field: str = "reviewer_id", waiver: WaiverKind | None = None
) -> Objection:
    """An objection whose sentence also says how it may be waived."""
    if waiver is not None:
        text = f"{text} It may be waived as {waiver.value}, with a reason."
    return Objection(Reason(code=code, field=field, text=text, citation=citation), waiver)
