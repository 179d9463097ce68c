"""Interventions of coalitions, and what is said of their effects."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0008"
down_revision = "0007"

_OWN = (Path(__file__).parents[1] / "sql" / "0008_interventions.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
