"""Measures of facilities and practices."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0006"
down_revision = "0005"

_OWN = (Path(__file__).parents[1] / "sql" / "0006_panel.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
