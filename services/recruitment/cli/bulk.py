"""Recruiting many at once, part of ``qio recruit``."""

import typer


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    del app
