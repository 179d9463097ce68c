"""Figures of appeals and concerns, and declared measures."""

from pathlib import Path

from shared.postgres.migrate import RECORDS, run_script

revision = "0007"
down_revision = "0006"

_OWN = (Path(__file__).parents[1] / "sql" / "0007_activity_declared.sql").read_text()


def upgrade() -> None:
    run_script(RECORDS)
    run_script(_OWN)
