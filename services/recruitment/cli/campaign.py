"""``qio campaign``: the Advancing Excellence campaign."""

import typer

from services.recruitment.cli import (
    campaign_account,
    campaign_awareness,
    campaign_base,
    campaign_goal,
    campaign_lane,
    campaign_material,
)
from services.recruitment.cli.frame import SETTINGS

app = typer.Typer(help="The Advancing Excellence campaign of nursing homes.", **SETTINGS)
campaign_base.add_to(app)
app.add_typer(campaign_goal.app, name="goal")
app.add_typer(campaign_lane.app, name="lane")
app.add_typer(campaign_material.app, name="material")
app.add_typer(campaign_awareness.app, name="awareness")
app.add_typer(campaign_account.app, name="account")
