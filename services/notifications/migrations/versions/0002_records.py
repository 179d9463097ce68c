"""Records: contacts, lists, campaigns, partners and voices, each made and changed by its own events."""

from shared.postgres.migrate import RECORDS, run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_script(RECORDS)
