"""What changed with an intervention of a coalition, as the read API works it out: one picture a measure."""

from collections.abc import Mapping
from typing import Any, Final

from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.platform import measure_of
from services.measures.commands.pictures.sending import Made
from services.measures.domain.methods.effects import Comparison, Effect
from services.measures.pictures import words
from services.measures.pictures.effect import ALONE, Change, Group, drawn, headline_of
from services.measures.pictures.told import About

RATIO: Final = "The change as a ratio to that of the communities compared; 1 is no effect."
DIFFERENCE: Final = "The change in the unit of the measure; 0 is none."


def pictures(intervention: str, measure: str | None, said: Words) -> Made:
    """Of each measure that the intervention aims at, or of one of them; why there is none of others."""
    from shared.cli.read import get  # noqa: PLC0415

    found = get("measures", "/impact", intervention=intervention)
    effects = [one for one in found["effects"] if measure in (None, one["measure"])]
    missed = dict.fromkeys(found["not_counted"] if measure is None else (), "it is no measure of communities")
    if not effects and not missed:
        aims = ", ".join(one["measure"] for one in found["effects"]) or "none"
        raise ValueError(f"measure: the intervention aims at {aims}")
    scenes: dict[str, Change] = {}
    for one in effects:
        if one["estimable"]:
            scenes[one["measure"]] = _change(found, one, said)
        else:
            missed[one["measure"]] = one["reason"] or "it cannot be estimated"
    return Made(scenes, missed)


def _change(found: Mapping[str, Any], one: Mapping[str, Any], said: Words) -> Change:
    about = said.about(f"{found['name']}, {found['community']}", measure_of(one["measure"]))
    groups = [
        Group(_name(group), {point["period"]: float(point["value"]) for point in group["values"] if point["value"]})
        for group in one["groups"]
    ]
    remarks = [one["sentence"], RATIO if one["none"] == "1" else DIFFERENCE]
    return drawn(groups, one["first_with"], about, _headline(one, about), remarks, _notes(found, one))


def _name(group: Mapping[str, Any]) -> str:
    many = len(group["communities"])
    return group["name"] if many < 2 else f"{words.counted(many, 'community', 'communities')} compared"


def _headline(one: Mapping[str, Any], about: About) -> str:
    low, high = (None if one[name] is None else float(one[name]) for name in ("low", "high"))
    compared = Comparison(len(one["compared"])) if one["compared"] else None
    return headline_of(Effect(float(one["estimate"]), None, low, high, compared, float(one["none"])), about)


def _notes(found: Mapping[str, Any], one: Mapping[str, Any]) -> list[str]:
    notes = [] if one["compared"] else [ALONE]
    if one["left_out"]:
        notes.append("Not compared: " + "; ".join(f"{left['community']}, {left['reason']}" for left in one["left_out"]))
    if found["redefined"]:
        notes.append("The community has other areas today than when it began; figures are of those of today.")
    return notes
