"""The tables of the message path and of recruitment."""

from pathlib import Path

from shared.postgres.migrate import MESSAGING_TABLES, run_script

revision = "0001"
down_revision = None

_TABLES = Path(__file__).parents[1] / "sql" / "0001_initial.sql"


def upgrade() -> None:
    run_script(MESSAGING_TABLES)
    run_script(_TABLES.read_text())
