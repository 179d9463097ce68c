"""What measures say, kept to rank targets."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0003"
down_revision = "0002"

_SIGNALS = Path(__file__).parents[1] / "sql" / "0003_signals.sql"


def upgrade() -> None:
    run_script(_SIGNALS.read_text())
