"""The tables of value sets and hospitals."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0002"
down_revision = "0001"

_OWN = (Path(__file__).parents[1] / "sql" / "0002_value_sets.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
