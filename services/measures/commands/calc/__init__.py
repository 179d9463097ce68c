"""qio measures calc: the methods as calculators that need no server; each is a small file beside this one."""

import typer

app = typer.Typer(help="Calculators that need no server.", no_args_is_help=True)
