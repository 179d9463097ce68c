"""The tables of the message path and of timelines, rollups and results."""

from pathlib import Path

from shared.postgres.migrate import MESSAGING_TABLES, run_script

revision = "0001"
down_revision = None

_OWN = (Path(__file__).parents[1] / "sql" / "0001_initial.sql").read_text()


def upgrade() -> None:
    run_script(MESSAGING_TABLES)
    run_script(_OWN)
