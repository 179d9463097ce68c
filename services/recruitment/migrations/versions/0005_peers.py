"""What peers are matched by, and the words of published questions and answers."""

from pathlib import Path

from shared.postgres.migrate import run_script

revision = "0005"
down_revision = "0004"

_PEERS = Path(__file__).parents[1] / "sql" / "0005_peers.sql"


def upgrade() -> None:
    run_script(_PEERS.read_text())
