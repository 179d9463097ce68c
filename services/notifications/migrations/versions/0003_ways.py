"""Ways of a notice one after the other, their proof, and who was shown what it says."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0003"
down_revision = "0002"

_OWN = (Path(__file__).parents[1] / "sql" / "0003_ways.sql").read_text()


def upgrade() -> None:
    run_script(_OWN)
