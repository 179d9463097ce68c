"""What can be wrong with a declaration, each in one sentence that names the component or the rule."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.measures.domain.declared.parts import DAYS, PARTS
from services.measures.domain.definitions import Per, Uncertainty
from shared.contracts.replies import Reason

# What one person adds several of, or cents: sums of it have no distribution that an interval could be made of.
_AMOUNTS: Final = frozenset(
    name
    for name in PARTS
    if name in {DAYS, "nights", "institution_nights", "observation_nights", "ltss_days", "ltss_wait_days"}
    or name.startswith("paid_")
)
# Of what a numerator counts, the denominator it is a part of: what else it is divided by is no share.
_WHOLES: Final[Mapping[str, str]] = {
    "rehospitalizations": "live_discharges",
    "hwr_unplanned": "hwr_index",
    "hwr_planned": "hwr_index",
    "home_health_hospitalized": "home_health_starts",
    "ltss_started": "ltss_referred",
    **{name: f"ade_index_{name.split('_')[2]}" for name in PARTS if name.startswith("ade_hit_")},
}


def wrong(told: Mapping[str, Any]) -> Iterator[Reason]:
    """Every reason against a declaration: its fields by name, as the contract bounds them."""
    numerator: Mapping[str, int] = told["numerator"]
    denominator: Sequence[str] = told["denominator"]
    unknown = [*_unknown("numerator", numerator), *_unknown("denominator", denominator)]
    yield from unknown
    yield from _about_parts(numerator, denominator)
    yield from _about_scale(told["scale"])
    if not unknown:
        yield from _about_per(Per(told["per"]), numerator, denominator)
        yield from _about_interval(Uncertainty(told["interval"]), numerator, denominator)


def _unknown(field: str, names: Mapping[str, int] | Sequence[str]) -> Iterator[Reason]:
    for name in names:
        if name not in PARTS:
            text = f"There is no component {name}; `qio measures declared --parts` names them."
            yield Reason(code="COMPONENT_UNKNOWN", field=field, text=text)


def _about_parts(numerator: Mapping[str, int], denominator: Sequence[str]) -> Iterator[Reason]:
    for name, sign in numerator.items():
        if sign not in {1, -1}:
            text = f"The component {name} is added (1) or taken away (-1), nothing else."
            yield Reason(code="SIGN", field="numerator", text=text)
    if all(sign != 1 for sign in numerator.values()):
        text = "At least one component of the numerator is added; a value below zero says nothing."
        yield Reason(code="NOTHING_ADDED", field="numerator", text=text)
    for name in sorted({name for name in denominator if denominator.count(name) > 1}):
        yield Reason(code="TWICE", field="denominator", text=f"The component {name} stands in the denominator twice.")
    if set(denominator) == numerator.keys() and -1 not in numerator.values():
        text = "Numerator and denominator are the same, so that the value never changes."
        yield Reason(code="SAME", field="denominator", text=text)


def _about_scale(scale: str) -> Iterator[Reason]:
    if any(int(part) == 0 for part in scale.split("/")):
        yield Reason(code="SCALE_ZERO", field="scale", text="The scale is above 0, and so is what it is divided by.")


def _about_per(per: Per, numerator: Mapping[str, int], denominator: Sequence[str]) -> Iterator[Reason]:
    if per is Per.BENEFICIARY_QUARTER and tuple(denominator) != (DAYS,):
        text = f"Per beneficiary-quarter the denominator is {DAYS} and nothing else."
        yield Reason(code="NOT_PERSON_TIME", field="denominator", text=text)
    if DAYS in numerator:
        text = f"The component {DAYS} is person-time, which a numerator does not count."
        yield Reason(code="PERSON_TIME_COUNTED", field="numerator", text=text)


def _about_interval(
    interval: Uncertainty, numerator: Mapping[str, int], denominator: Sequence[str]
) -> Iterator[Reason]:
    if interval is Uncertainty.NONE:
        return
    amounts = sorted(numerator.keys() & _AMOUNTS)
    if amounts:
        text = f"The component {amounts[0]} is no count of independent events: its interval is none."
        yield Reason(code="NO_INTERVAL", field="interval", text=text)
    elif -1 in numerator.values():
        text = "A difference of counts has no interval: it is none."
        yield Reason(code="NO_INTERVAL", field="interval", text=text)
    elif interval is Uncertainty.SHARE:
        for name in numerator:
            if _WHOLES.get(name) not in denominator and name not in denominator:
                text = f"The component {name} is no part of the denominator, so that the value is no share."
                yield Reason(code="NO_SHARE", field="interval", text=text)
