"""The states of a case type as a mermaid diagram, and below it what would only crowd the diagram."""

from collections import defaultdict
from typing import Final

from services.complaints.domain.procedure import Actor, Procedure

_MANY: Final = 3  # a step that ends a case from more states than this stands below the diagram


def diagram(procedure: Procedure) -> str:
    """The steps that lead on; what ends the case from many states stands below."""
    many = _from_many(procedure)
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, step), target in procedure.table.items():
        if state != target and (step, target) not in many:
            moves[state, target].append(f"{step} (clock)" if by_clock(procedure, step) else step)
    lines = [f"[*] --> {procedure.initial}"]
    lines += [f"{source} --> {target}: {', '.join(steps)}" for (source, target), steps in moves.items()]
    drawn = {state for pair in moves for state in pair} | {procedure.initial}
    lines += [f"{state} --> [*]" for state in procedure.states if state in drawn and procedure.terminal(state)]
    return "\n```mermaid\nstateDiagram-v2\n" + "".join(f"  {line}\n" for line in lines) + "```\n"


def _from_many(procedure: Procedure) -> dict[tuple[str, str], list[str]]:
    sources: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, step), target in procedure.table.items():
        if procedure.terminal(target) and not procedure.terminal(state):
            sources[step, target].append(state)
    return {move: states for move, states in sources.items() if len(states) > _MANY}


def by_clock(procedure: Procedure, step: str) -> bool:
    """Whether nobody takes the step: it follows from what is there, or from a time that has passed."""
    return (
        procedure.steps[step].actor is Actor.CLOCK or step in procedure.automatic or step in procedure.lapses.values()
    )


def beside(procedure: Procedure) -> str:
    """What the diagram leaves out: exits from many states, and steps that lead nowhere else."""
    lines = [
        f"- `{step}`{' (clock)' if by_clock(procedure, step) else ''} leads to {target} from {', '.join(states)}\n"
        for (step, target), states in _from_many(procedure).items()
    ]
    staying: dict[str, list[str]] = defaultdict(list)
    for (state, step), target in procedure.table.items():
        if state == target:
            staying[step].append(state)
    together: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for step, states in staying.items():
        together[tuple(states)].append(f"`{step}`")
    lines += [f"- in {', '.join(states)}, and stays there: {', '.join(steps)}\n" for states, steps in together.items()]
    lines += [f"- when `{rule}` passes unmet: `{step}`\n" for rule, step in procedure.lapses.items()]
    return "\n" + "".join(lines)
