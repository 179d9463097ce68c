"""What control charts showed before: baselines that were replaced, signals that were taken back."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0009"
down_revision = "0008"

_OWN = (Path(__file__).parents[1] / "sql" / "0009_chart_past.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
