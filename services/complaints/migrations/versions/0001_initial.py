"""The tables of the message path and of complaints, one script per subject."""

from pathlib import Path

from shared.postgres.migrate import MESSAGING_TABLES, run_script

revision = "0001"
down_revision = None

_FOLDER = Path(__file__).parents[1] / "sql"
_SCRIPTS = (
    "10_cases.sql",
    "15_audit.sql",
    "20_reviewers.sql",
    "30_intake.sql",
    "40_documents.sql",
    "45_work.sql",
    "50_payment_and_consistency.sql",
    "55_draws.sql",
    "60_disclosures.sql",
    "65_partner_documents.sql",
    "70_followups.sql",
)


def upgrade() -> None:
    run_script(MESSAGING_TABLES)
    for name in _SCRIPTS:
        run_script((_FOLDER / name).read_text())
