"""The audit of explanations, and the index that finds people who moved."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0004"
down_revision = "0003"

_OWN = (Path(__file__).parents[1] / "sql" / "0004_explained.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
