"""``qio network``: learning networks and what they do together."""

import typer

from services.recruitment.cli import (
    network_assignment,
    network_attendance,
    network_base,
    network_chronic,
    network_cohort,
    network_consent,
    network_match,
    network_pack,
    network_package,
    network_pairing,
    network_partner,
    network_picture,
    network_practice,
    network_questions,
    network_session,
    network_spread,
    network_team,
    network_testing,
)
from services.recruitment.cli.frame import SETTINGS

app = typer.Typer(help="Learning networks and what they do together.", **SETTINGS)
network_base.add_to(app)
network_pack.add_to(app)
app.add_typer(network_cohort.app, name="cohort")
app.add_typer(network_package.app, name="package")
app.add_typer(network_partner.app, name="partner")
app.add_typer(network_team.app, name="team")
app.add_typer(network_chronic.app, name="chronic")
app.add_typer(network_session.app, name="session")
app.add_typer(network_attendance.app, name="attendance")
app.add_typer(network_assignment.app, name="assignment")
app.command()(network_match.match)
app.add_typer(network_pairing.app, name="pairing")
app.add_typer(network_consent.app, name="consent")
network_questions.add_to(app)
app.add_typer(network_testing.app, name="test")
app.add_typer(network_practice.app, name="practice")
app.add_typer(network_spread.app, name="spread")
app.command()(network_picture.picture)
