"""Heads of long lives stay in their row."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0005"
down_revision = "0004"

_OWN = (Path(__file__).parents[1] / "sql" / "0005_long_lives.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
