"""Elements of the notices of a sanction and of the report to the OIG (42 CFR 1004.40, 1004.80)."""

from collections.abc import Callable, Mapping

from services.complaints.domain.letters.source import Source
from services.complaints.domain.letters.telling import Telling

_BASIS = "basis"


def _basis(telling: Telling) -> str:
    """The kind of violation as last found: the panel may modify what the first notice said (1004.60(a))."""
    found = next((one.answers[_BASIS] for one in reversed(telling.case.sealed.reasons) if _BASIS in one.answers), None)
    basis = found or telling.case.course.answers.get(_BASIS)
    return telling.words.get(f"basis_{basis}", "")


def _transcript(telling: Telling) -> str:
    return telling.words["transcript_none" if telling.fact("meeting_held") is None else "transcript_enclosed"]


def _unless(*, exclusion: bool) -> Callable[[Telling], str]:
    """That it is not recommended, where the other sanction is; of the one recommended only people can tell."""

    def told(telling: Telling) -> str:
        other = ("exclusion" in telling.case.course.circumstances) is not exclusion
        return telling.words["not_recommended"] if other else ""

    return told


ELEMENTS: Mapping[str, Source] = {
    "violation_basis": Source(_basis, answer=_BASIS),
    "transcript": Source(_transcript),
    "exclusion_period": Source(_unless(exclusion=True), people=True),
    "penalty_amount": Source(_unless(exclusion=False), people=True),
}
