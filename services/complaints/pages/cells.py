"""What stands in the cells of the page of case types: rows of a table, parties, notices."""

from collections.abc import Iterable

from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Notice
from shared.contracts.complaints import Role


def row(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(map(cell, cells))} |\n"


def cell(text: str) -> str:
    """Text that breaks no table."""
    return text.replace("|", "\\|").replace("\n", " ")


def roles(of: Iterable[Role]) -> str:
    """Parties in words."""
    return ", ".join(role.value for role in of)


def notice(one: Notice) -> str:
    """A notice with its recipients and when it is asked for."""
    kind = NOTICES[one.kind]
    text = f"`{one.kind}` ({'call' if kind.calls else 'letter'}) to {roles(one.to)}"
    if one.if_named:
        text += ", if named"
    if one.after_call:
        text += ", once the patient was reached or called in vain often enough"
    return text + (f", after `{one.since}`" if one.since else "")
