"""Exports of webinar services as they come, of people and homes that are not."""

import datetime as dt
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from services.recruitment.cli.webinar_file import Around, Export, read_export

BEGINS: Final = dt.datetime(2015, 3, 4, 18, tzinfo=dt.UTC)
AROUND: Final = Around(BEGINS, BEGINS + dt.timedelta(hours=2), ZoneInfo("America/New_York"))

ZOOM_WEBINAR: Final = """\
Attendee Report,
Report Generated:,"03/05/2015 09:00:00 AM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered
Falls,123 4567 8901,"03/04/2015 12:58:00 PM",130,40
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,Ida Host,ida@qio.example,"03/04/2015 12:58:00 PM","03/04/2015 03:05:00 PM",127,No,United States,
Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,\
Time in Session (minutes),Is Guest,CCN,Country/Region Name,
Yes,Ann Elm,Ann,Elm,ann@elm.example,"03/01/2015 09:00:00 AM",approved,"03/04/2015 01:00:00 PM",\
"03/04/2015 02:00:00 PM",60,Yes,225001,United States,
Yes,Ann Elm,Ann,Elm,Ann@Elm.example,"03/01/2015 09:00:00 AM",approved,"03/04/2015 01:30:00 PM",\
"03/04/2015 02:30:00 PM",60,Yes,225001,United States,
Yes,Bob Elm,Bob,Elm,bob@elm.example,"03/01/2015 09:00:00 AM",approved,"03/04/2015 01:00:00 PM",\
"03/04/2015 03:00:00 PM",120,Yes,225001,United States,
Yes,"Oak, Cy",Cy,Oak,cy@oak.example,"03/01/2015 09:00:00 AM",approved,"03/04/2015 01:10:00 PM",\
"03/04/2015 01:20:29 PM",11,Yes,,United States,
No,Dan Yew,Dan,Yew,dan@yew.example,"03/01/2015 09:00:00 AM",approved,--,--,--,--,335003,
"""
TEAMS: Final = """\
1. Summary
Meeting title\tFalls
Attended participants\t3

2. Participants
Name\tFirst join\tLast leave\tIn-meeting duration\tEmail\tParticipant ID (UPN)\tRole
Ida Host\t3/4/15, 12:58:00 PM\t3/4/15, 3:00:00 PM\t2h 2m\tida@qio.example\tida@qio.example\tOrganizer
Ann Elm\t3/4/15, 1:00:00 PM\t3/4/15, 3:00:00 PM\t45m\tann@elm.example\t\tAttendee
Cy Oak\t3/4/15, 1:00:00 PM\t3/4/15, 2:27:51 PM\t1h 27m 51s\tcy@oak.example\t\tPresenter

3. In-Meeting Activities
Name\tJoin time\tLeave time\tDuration\tEmail\tRole
Ann Elm\t3/4/15, 1:00:00 PM\t3/4/15, 1:20:00 PM\t20m\tann@elm.example\tAttendee
Ann Elm\t3/4/15, 2:35:00 PM\t3/4/15, 3:00:00 PM\t25m\tann@elm.example\tAttendee
""".replace("\n", "\r\n")
WEBEX: Final = (
    "Meeting Name\tDisplay Name\tRole\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\n"
    'Falls\tAnn Elm\tAttendee\tann@elm.example\t="2015-03-04 13:00:00"\t="2015-03-04 13:55:00"\t55 mins\tDesktop app\n'
    'Falls\tIda\tHost\tida@qio.example\t="2015-03-04 13:00:00"\t="2015-03-04 15:00:00"\t120 mins\tDesktop app\n'
)
GOTO: Final = (
    "Attendee Report\nWebinar Name,Falls\n\n"
    "Attended,Last Name,First Name,Email Address,Join Time,Leave Time,Time in Session,Interest Rating\n"
    "Yes,Elm,Ann,ann@elm.example,03/04/2015 01:00 PM,03/04/2015 01:50 PM,50,80\n"
    "No,Oak,Cy,cy@oak.example,,,,\n"
)
ZOOM_MEETING: Final = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
    "812,Falls,03/04/2015 12:55:00 PM,03/04/2015 03:00:00 PM,ida@qio.example,125,2\n\n"
    "Name (Original Name),User Email,Total Duration (Minutes),Guest\n"
    "Ann Elm,ann@elm.example,30,Yes\nAnn Elm,ann@elm.example,15,Yes\n"
)


def kept(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """An export as a file."""
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, encoding: str = "utf-8", **around: Any) -> Export:
    """An export, read."""
    values = {name: getattr(AROUND, name) for name in ("starts_at", "ends_at", "zone")}
    return read_export(kept(folder, text, encoding), Around(**{**values, **around}))
