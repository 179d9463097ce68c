"""Webhooks: what is to be sent to which partner, and how each has answered."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_script((Path(__file__).parents[1] / "sql" / "0004_webhooks.sql").read_text())
