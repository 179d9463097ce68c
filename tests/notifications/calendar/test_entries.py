"""A session's calendar file is one every calendar reads, whatever its title says."""

import dataclasses
import datetime as dt
from email.message import EmailMessage
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.calendar import Method, Session, entry, uid
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.words import clean, one_line
from tests.notifications.calendar.reader import Component, read

AT = dt.datetime(2014, 8, 6, 14, 0, tzinfo=dt.UTC)
NEW_YORK = ZoneInfo("America/New_York")
SESSION = Session(
    session_id=UUID("5b0e3f1c-0000-5000-8000-000000000001"),
    revision=0,
    starts=dt.datetime(2014, 11, 1, 14, 0, tzinfo=NEW_YORK),
    ends=dt.datetime(2014, 11, 1, 15, 30, tzinfo=NEW_YORK),
    title="Learning session 3: falls",
    place="By telephone, 1-866-555-0100",
    description="Bring one story.\nWe begin on time; please call early.",
)
HOSTILE = [
    "x\r\nATTENDEE:mailto:thief@evil.example",
    "x\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE",
    "a\\nb \\ ; , : \" 'q' ^n",
    "\u2028END:VCALENDAR\u0085x",
    "naïve 会議 😀" * 30,
    "\\",
    "{{7*7}} <b>x</b>",
    " leading and trailing ",
]


def _file(session: Session = SESSION, method: Method = Method.REQUEST) -> Attachment:
    return entry(session, method, organizer="notices@qio.example", attendee="ana@facility.example", at=AT)


def _event(session: Session = SESSION, method: Method = Method.REQUEST) -> Component:
    calendar = read(_file(session, method).content)
    assert [value for name, _, value in calendar.properties] == [
        "2.0",
        "-//QIO//Notifications//EN",
        "GREGORIAN",
        method.value,
    ]
    (event,) = calendar.within
    assert not event.within
    return event


def test_a_session_is_entered_with_its_times_in_utc() -> None:
    event = _event()
    assert (event.value("DTSTART"), event.value("DTEND")) == ("20141101T180000Z", "20141101T193000Z")  # EDT
    assert event.value("DTSTAMP") == "20140806T140000Z"
    assert event.text("SUMMARY") == "Learning session 3: falls"
    assert event.text("LOCATION") == "By telephone, 1-866-555-0100"
    assert event.text("DESCRIPTION") == "Bring one story.\nWe begin on time; please call early."
    assert event.value("ORGANIZER") == "mailto:notices@qio.example"
    assert event.value("ATTENDEE") == "mailto:ana@facility.example"
    assert event.value("STATUS") == "CONFIRMED"


def test_the_same_hour_a_day_later_is_another_hour_of_utc_when_summer_time_ends_between() -> None:
    later = dataclasses.replace(
        SESSION, starts=SESSION.starts + dt.timedelta(days=1), ends=SESSION.ends + dt.timedelta(days=1)
    )
    assert _event(later).value("DTSTART") == "20141102T190000Z"  # EST


def test_a_change_and_a_cancellation_reach_the_entry_they_are_about() -> None:
    changed = dataclasses.replace(SESSION, revision=1, title="Moved")
    cancelled = dataclasses.replace(changed, revision=2)
    events = [_event(), _event(changed), _event(cancelled, Method.CANCEL)]
    assert len({event.value("UID") for event in events}) == 1
    assert [event.value("SEQUENCE") for event in events] == ["0", "1", "2"]
    assert events[2].value("STATUS") == "CANCELLED"


def test_two_sessions_are_two_entries() -> None:
    assert uid(UUID(int=1), "a@qio.example") != uid(UUID(int=2), "a@qio.example")


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert _file() == _file()


@pytest.mark.parametrize("method", Method)
def test_the_mail_part_names_the_method_and_the_character_set(method: Method) -> None:
    made = _file(method=method)
    assert made.content_type == "text/calendar"
    assert dict(made.parameters) == {"charset": "UTF-8", "method": method.value}
    mail = EmailMessage()
    mail.set_content("See the calendar entry.")
    main, sub = made.content_type.split("/")
    mail.add_attachment(
        made.content, maintype=main, subtype=sub, params=dict(made.parameters), filename=made.name, cte="base64"
    )
    (part,) = mail.iter_attachments()
    assert part["Content-Type"].params["method"] == method.value
    assert part.get_payload(decode=True) == made.content


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_adds_nothing(hostile: str) -> None:
    event = _event(dataclasses.replace(SESSION, title=hostile, place=hostile, description=hostile))
    assert [name for name, _, _ in event.properties] == [name for name, _, _ in _event().properties]
    assert event.text("SUMMARY") == one_line(clean(hostile))
    assert event.text("LOCATION") == one_line(clean(hostile))
    assert event.text("DESCRIPTION") == clean(hostile)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200),
    st.text(max_size=400),
    st.integers(1_200_000_000, 1_900_000_000).map(lambda second: dt.datetime.fromtimestamp(second + 0.5, dt.UTC)),
    st.integers(1, 10**6),
    st.integers(0, 50),
)
def test_any_session_is_read_back_as_it_was(
    title: str, description: str, starts: dt.datetime, seconds: int, revision: int
) -> None:
    ends = starts + dt.timedelta(seconds=seconds)
    event = _event(Session(SESSION.session_id, revision, starts, ends, title, "", description))
    assert event.text("SUMMARY") == one_line(clean(title))
    given_ = [name for name, _, _ in event.properties if name == "DESCRIPTION"]
    assert (event.text("DESCRIPTION") if given_ else "") == clean(description)
    read_back = dt.datetime.strptime(event.value("DTSTART"), "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    assert read_back == starts.replace(microsecond=0)
    assert int(event.value("SEQUENCE")) == revision


@pytest.mark.parametrize(
    "address",
    ["a@x.example\r\nX:1", "a b@x.example", "a@x.example;RSVP=TRUE", "a:b@x.example", "no-address", "é@x.example"],
)
def test_an_address_that_is_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(NotSendable, match=r"^bad-address$"):
        entry(SESSION, Method.REQUEST, organizer="notices@qio.example", attendee=address, at=AT)


def test_an_address_with_a_question_mark_gives_no_mail_header_to_its_link() -> None:
    made = entry(SESSION, Method.REQUEST, organizer="a@qio.example", attendee="a?bcc=x@y.example", at=AT)
    assert read(made.content).within[0].value("ATTENDEE") == "mailto:a%3Fbcc%3Dx@y.example"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (dt.datetime(2014, 8, 6, 14, 0), SESSION.ends),  # noqa: DTZ001 - refused for having no zone
        (SESSION.ends, SESSION.starts),
        (SESSION.starts, SESSION.starts + dt.timedelta(microseconds=1)),
    ],
)
def test_times_that_are_no_session_are_refused(starts: dt.datetime, ends: dt.datetime) -> None:
    with pytest.raises(ValueError, match="session"):
        dataclasses.replace(SESSION, starts=starts, ends=ends)


@pytest.mark.parametrize(
    ("name", "content_type", "parameters"),
    [
        ("a\r\nb.ics", "text/calendar", ()),
        ("../a.ics", "text/calendar", ()),
        ("a.ics", "text/calendar; x=y", ()),
        ("a.ics", "text/calendar", (("method", 'REQUEST"; x="y'),)),
    ],
)
def test_an_attachment_cannot_add_to_the_headers_of_a_mail(
    name: str, content_type: str, parameters: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(ValueError, match=r"attachment|parameter"):
        Attachment(name, content_type, b"", parameters)
