"""``qio voices story``: what patients and families tell, with what they agreed to."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from services.notifications.cli.list_frame import Json, asked, get, rows_of, told

app = typer.Typer(help="Stories of patients and families, shared as their tellers agreed.", no_args_is_help=True)

DAY = ["%Y-%m-%d"]
Story = Annotated[UUID, typer.Argument(metavar="STORY", help="The story's id.")]
Words = Annotated[list[str], typer.Option("--words", help="LANGUAGE=FILE; translations too.")]
Sharing = Annotated[str, typer.Option(help="KEEP, SHARE_WITH_NETWORK or SHARE_PUBLICLY.")]
Consented = Annotated[datetime, typer.Option("--consented-on", formats=DAY, help="When they agreed.")]
How = Annotated[str, typer.Option("--consent", help="WRITTEN or SPOKEN.")]
Called = Annotated[str | None, typer.Option(help="The name they may be named by; left out: not to be named.")]
Writer = Annotated[str, typer.Option(help="The organization in whose name it is written.")]
Phone = Annotated[str, typer.Option(help="Where readers may call.")]


@app.command("record")
def record(
    topic: Annotated[str, typer.Argument(help="What it is about.")],
    *,
    words: Words,
    relation: Annotated[str, typer.Option(help="BENEFICIARY, FAMILY, CAREGIVER or STAFF: who tells it.")],
    sharing: Sharing,
    consented_on: Consented,
    how: How,
    received_on: Annotated[datetime, typer.Option(formats=DAY)],
    called: Called = None,
    language: Annotated[str, typer.Option(help="The language it was told in.")] = "en",
    contact: Annotated[UUID | None, typer.Option(help="The teller's contact, to be thanked.")] = None,
    json: Json = False,
) -> None:
    """Write down a story; it is looked through before anybody hears it."""
    from shared.contracts.notifications.engagement import RecordStory  # noqa: PLC0415 - keeps other commands quick

    values = {
        "topic": topic,
        "words": dict(map(_words, words)),
        "relation": relation.upper(),
        "consent": _consent(sharing, consented_on, how, called),
        "received_on": received_on.date(),
        "language": language,
        "contact": contact,
    }
    made = asked(RecordStory, topic, values, json=json)
    told(f"Story {made['story']} is written down and is to be looked through.", json=json)


@app.command("amend")
def amend(story: Story, words: Words, json: Json = False) -> None:
    """Take other words, for who is told of in them must not be known by them."""
    from shared.contracts.notifications.engagement import AmendStory  # noqa: PLC0415

    _about(AmendStory, story, json=json, words=dict(map(_words, words)))


@app.command("consent")
def consent(
    story: Story, *, sharing: Sharing, consented_on: Consented, how: How, called: Called = None, json: Json = False
) -> None:
    """The teller agrees to more or to less."""
    from shared.contracts.notifications.engagement import RecordStoryConsent  # noqa: PLC0415

    _about(RecordStoryConsent, story, json=json, consent=_consent(sharing, consented_on, how, called))


@app.command("review")
def review(
    story: Story,
    clear: Annotated[bool, typer.Option("--clear/--hold", help="Whether it tells who nobody else is.")],
    json: Json = False,
) -> None:
    """Say whether its words tell who anybody else is; for the public a second person must look."""
    from shared.contracts.notifications.engagement import ReviewStory  # noqa: PLC0415

    _about(ReviewStory, story, json=json, clear=clear)


@app.command("share")
def share(
    story: Story,
    *,
    to: Annotated[list[str] | None, typer.Option("--to", help="PART@PLACE: COALITION_MEMBER@coalition:c1.")] = None,
    told_at: Annotated[str | None, typer.Option(help="Where it was told aloud.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Told aloud to the public.")] = False,
    on: Annotated[datetime, typer.Option(formats=DAY)],
    what_changed: Annotated[str | None, typer.Option(help="What is new since then.")] = None,
    writer: Annotated[str | None, typer.Option(help="In whose name it is written; with --to.")] = None,
    phone: Annotated[str | None, typer.Option(help="Where readers may call; with --to.")] = None,
    json: Json = False,
) -> None:
    """Share a story in writing, or record where it was told."""
    from shared.contracts.notifications.engagement import ShareStory  # noqa: PLC0415

    values = {
        "readers": [_readers(one) for one in to or ()],
        "told_at": told_at,
        "public": public,
        "on": on.date(),
        "what_changed": what_changed,
        "office": {"name": writer, "phone": phone} if writer or phone else None,
    }
    made = asked(ShareStory, str(story), {"story": story, **values}, json=json)
    told(f"Kept; {made['readers']:,} notices are asked for.", json=json)


@app.command("withdraw")
def withdraw(story: Story, json: Json = False) -> None:
    """The teller takes the consent back: the words are erased for good."""
    from shared.contracts.notifications.engagement import WithdrawStoryConsent  # noqa: PLC0415

    _about(WithdrawStoryConsent, story, json=json)


@app.command("thank")
def thank(story: Story, *, writer: Writer, phone: Phone, json: Json = False) -> None:
    """Thank the teller, once."""
    from shared.cli.output import fail  # noqa: PLC0415
    from shared.contracts.notifications.engagement import ThankTeller  # noqa: PLC0415

    contact = (get(f"/voices/stories/{story}")["facts"] or {}).get("contact")
    if contact is None:
        fail("The story names no contact who could be thanked.")
    _about(ThankTeller, story, json=json, contact=contact, office={"name": writer, "phone": phone})


@app.command("list")
def list_stories(
    topic: Annotated[str | None, typer.Option(help="Of this topic.")] = None,
    state: Annotated[str | None, typer.Option(help="RECORDED, CLEARED or HELD.")] = None,
    after: Annotated[UUID | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: Json = False,
) -> None:
    """Stories by id, without their words."""
    asking = {"topic": topic, "state": state and state.upper(), "after": after and str(after), "limit": limit}
    rows_of(get("/voices/stories", **asking), _line, "stories", json=json)


@app.command("show")
def show(story: Story, json: Json = False) -> None:
    """One story with its words."""
    from shared.cli.output import as_json, say  # noqa: PLC0415

    row = get(f"/voices/stories/{story}")
    if json:
        as_json(row)
        return
    say(_line(row))
    for language, words in (row["facts"] or {"words": {}})["words"].items():
        say(f"  {language}: {words}")


def _line(row: dict[str, Any]) -> str:
    facts = row["facts"]
    if facts is None:
        return f"{row['id']}  erased"
    consented = facts["consent"]["sharing"].replace("_", " ").lower()
    return f"{row['id']}  {facts['state'].lower():<9} {facts['topic']}: {consented}, told {len(facts['told'])} times"


def _about(kind: Any, story: UUID, *, json: bool, **values: Any) -> None:
    made = asked(kind, str(story), {"story": story, **values}, json=json)
    told(f"The story is {made['state'].lower()}." if made["changed"] else "Nothing has changed.", json=json)


def _consent(sharing: str, on: datetime, how: str, called: str | None) -> dict[str, Any]:
    return {"sharing": sharing.upper(), "on": on.date(), "how": how.upper(), "called": called}


def _readers(text: str) -> dict[str, str]:
    part, _, place = text.partition("@")
    return {"part": part.upper(), "place": place}


def _words(given: str) -> tuple[str, str]:
    from shared.cli.output import fail  # noqa: PLC0415

    language, _, path = given.partition("=")
    if not path:
        fail("Words are given as LANGUAGE=FILE, for example en=story.txt.", 2)
    try:
        return language, Path(path).read_text(encoding="utf-8-sig").replace("\r\n", "\n").strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"The file cannot be read ({type(error).__name__}).", 2)
