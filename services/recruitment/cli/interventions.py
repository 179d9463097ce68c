"""Commands about what coalitions do, part of ``qio community``."""

import typer

from services.recruitment.cli import (
    work_alignment,
    work_funding,
    work_intervention,
    work_mentor,
    work_organise,
    work_pledge,
)


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.add_typer(work_intervention.app, name="intervention")
    app.add_typer(work_pledge.app, name="pledge")
    app.add_typer(work_mentor.app, name="mentor")
    app.add_typer(work_organise.app, name="organise")
    app.add_typer(work_funding.app, name="funding")
    app.add_typer(work_alignment.app, name="alignment")
