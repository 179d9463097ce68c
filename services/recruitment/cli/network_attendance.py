"""``qio network attendance``: who took part in sessions."""

from typing import Annotated

import typer

from services.recruitment.cli import network_attendance_import
from services.recruitment.cli.frame import SETTINGS, AsJson
from services.recruitment.cli.network_session_people import Participant, Presence
from services.recruitment.cli.work_frame import Id, Why, perform
from shared.contracts.recruitment.session_commands import RecordAttendance

app = typer.Typer(help="Who took part in sessions.", **SETTINGS)
network_attendance_import.add_to(app)


@app.command()
def record(
    identifier: Id,
    participant: Participant,
    mode: Presence,
    *,
    people: Annotated[int, typer.Option(min=0, help="How many; 0 takes back what was recorded by mistake.")],
    minutes: Annotated[int, typer.Option(min=0, help="Of all these people together.")] = 0,
    because: Why = None,
    json: AsJson = False,
) -> None:
    """Record attendance, or correct it."""
    values = {
        "session": identifier,
        "participant": participant,
        "mode": mode,
        "people": people,
        "minutes": minutes,
        "because": because,
    }
    perform(RecordAttendance, values, identifier, "{participant} is recorded (guest: {guest}).", json=json)
