"""Commands about what coalitions do, part of ``qio community``."""

import typer


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    del app
