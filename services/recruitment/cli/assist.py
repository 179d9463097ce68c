"""``qio assist``: technical assistance."""

import typer

from services.recruitment.cli import assist_base, assist_reporting, assist_resource
from services.recruitment.cli.frame import SETTINGS

app = typer.Typer(help="Technical assistance from asking to outcome.", **SETTINGS)
assist_base.add_to(app)
app.add_typer(assist_resource.app, name="resource")
app.add_typer(assist_reporting.app, name="reporting")
