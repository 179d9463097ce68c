"""Commands about people, part of ``qio program``."""

import typer

from services.recruitment.cli import people_caseload, people_contact
from services.recruitment.cli.people_staff import people_app
from shared.contracts.recruitment.people_terms import PersonKind


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.add_typer(people_app(PersonKind.STAFF, "The staff of the QIOs: who serves where, since when."), name="staff")
    app.add_typer(people_app(PersonKind.EXPERT, "Experts who lend the QIOs what they know."), name="expert")
    app.add_typer(people_caseload.app, name="caseload")
    app.add_typer(people_contact.app, name="contact")
