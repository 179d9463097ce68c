"""qio case steps: what may happen in a case of a type, read from its transition table, without any server."""

from typing import TYPE_CHECKING, Annotated

import typer

from shared.cli.output import as_json, say
from shared.contracts.complaints import CaseType

if TYPE_CHECKING:
    from services.complaints.domain.procedure import Procedure, Step


def steps(
    case_type: Annotated[CaseType, typer.Argument(metavar="TYPE", help="Type of case.", case_sensitive=False)],
    json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """What may happen in a case of a type: each step with who takes it, what it needs, and from where to where."""
    # Imported when asked: loading every rule takes a while that filing a case must not pay for.
    from services.complaints.domain import procedures  # noqa: PLC0415

    procedure = procedures.of(case_type)
    if json:
        as_json([_row(procedure, step) for step in procedure.steps.values()])
        return
    for step in procedure.steps.values():
        say(f"{step.id}  ({step.actor.value}; {step.citation})")
        say("  needs " + (", ".join(step.needs) or "nothing more than when it was"))
        for source, target in _moves(procedure, step).items():
            say(f"  {source} -> {target}")


def _row(procedure: "Procedure", step: "Step") -> dict[str, object]:
    return {
        "step": step.id,
        "actor": step.actor.value,
        "citation": step.citation,
        "needs": list(step.needs),
        "takes": list(step.takes),
        "guards": [guard.id for guard in step.guards],
        "moves": _moves(procedure, step),
    }


def _moves(procedure: "Procedure", step: "Step") -> dict[str, str]:
    return {source: target for (source, name), target in procedure.table.items() if name == step.id}
