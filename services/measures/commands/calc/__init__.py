"""qio measures calc: the methods as calculators that need no server; each is a small function beside this file."""

import typer

from services.measures.commands.calc import (
    charts,
    effects,
    improving,
    infections,
    limits,
    ranking,
    scores,
    sequences,
)

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
    charts.uchart,
    charts.pchart,
    sequences.run,
    sequences.gchart,
    sequences.tchart,
    effects.its,
    effects.did,
):
    app.command()(_command)
