"""The tables of the message path and of complaints, one script per subject in the order of their names."""

from pathlib import Path

from shared.postgres.migrate import MESSAGING_TABLES, run_script

revision = "0001"
down_revision = None

_SCRIPTS = sorted((Path(__file__).parents[1] / "sql").glob("*.sql"))


def upgrade() -> None:
    run_script(MESSAGING_TABLES)
    for script in _SCRIPTS:
        run_script(script.read_text())
