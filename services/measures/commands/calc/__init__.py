"""qio measures calc: the methods as calculators that need no server; each is a small function beside this file."""

import typer

from services.measures.commands.calc import improving, infections, limits, ranking, scores

app = typer.Typer(help="Calculators that need no server.", no_args_is_help=True)
for _command in (
    infections.sir,
    infections.target,
    infections.compare,
    infections.dur,
    ranking.tap,
    ranking.shrink,
    ranking.benchmark,
    limits.funnel,
    limits.overdispersion,
    improving.rir,
    improving.harm,
    scores.points,
    scores.excess,
    scores.stars,
    scores.composite,
):
    app.command()(_command)
