"""``qio program``: the program's structure, its people, maps and reports."""

import typer

from services.recruitment.cli import people, reports
from services.recruitment.cli.frame import SETTINGS

app = typer.Typer(help="The program's structure, its people, maps and reports.", **SETTINGS)
people.add_to(app)
reports.add_to(app)
