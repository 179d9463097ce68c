"""``qio interest``: anyone who wants in or offers something."""

import typer

from services.recruitment.cli.frame import SETTINGS

app = typer.Typer(help="Interest in the program: offered or asked by anyone, routed and answered.", **SETTINGS)
