"""Records made by events in place of a table for each thing."""

from pathlib import Path

from shared.postgres.migrate import RECORDS, run_script

revision = "0002"
down_revision = "0001"

_FROM_TABLES = Path(__file__).parents[1] / "sql" / "0002_records.sql"


def upgrade() -> None:
    run_script(RECORDS)
    run_script(_FROM_TABLES.read_text())
