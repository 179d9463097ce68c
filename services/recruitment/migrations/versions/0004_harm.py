"""What measures say of single facilities and of interventions."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0004"
down_revision = "0003"

_HARM = Path(__file__).parents[1] / "sql" / "0004_harm.sql"


def upgrade() -> None:
    run_script(_HARM.read_text())
