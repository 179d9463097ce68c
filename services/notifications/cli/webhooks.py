"""``qio webhooks``: partners who get public events by HTTP."""

import datetime as dt
from typing import Annotated, Any

import typer

app = typer.Typer(name="webhooks", help="Partners who get public events by HTTP.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
Partner = Annotated[str, typer.Argument(help="The partner's id: small letters, digits and hyphens.")]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="A public topic; may be repeated.")]


def instant(text: str | dt.datetime) -> dt.datetime:
    """An instant given with its zone, or in UTC without one."""
    found = text if isinstance(text, dt.datetime) else dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


Instant = Annotated[dt.datetime, typer.Option(parser=instant, metavar="TIME", help="ISO 8601; UTC without a zone.")]


@app.command("add")
def add(
    partner: Partner,
    *,
    name: Annotated[str, typer.Option(help="The partner's name.")],
    url: Annotated[str, typer.Option(help="Where events are sent: https, port 443 or 8443.")],
    topic: Topics = None,
    contact_name: Annotated[str, typer.Option(help="Whom staff write to.")],
    contact_email: Annotated[str, typer.Option(help="Their mail address.")],
    json: Json = False,
) -> None:
    """Register a partner and show its first secret, this once."""
    from shared.contracts.notifications.webhooks import RegisterPartnerHook  # noqa: PLC0415 - keeps others quick

    values = {
        "partner": partner,
        "name": name,
        "url": url,
        "topics": topic or [],
        "contact": {"name": contact_name, "email": contact_email},
    }
    _with_secret(RegisterPartnerHook, partner, values, f"{partner} is registered.", json=json)


@app.command("change")
def change(
    partner: Partner,
    *,
    name: Annotated[str | None, typer.Option(help="The partner's name.")] = None,
    url: Annotated[str | None, typer.Option(help="Where events are sent.")] = None,
    topic: Topics = None,
    contact_name: Annotated[str | None, typer.Option(help="Whom staff write to, with --contact-email.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="Their mail address, with --contact-name.")] = None,
    json: Json = False,
) -> None:
    """Change what is known of a partner; what is left out stays."""
    from shared.contracts.notifications.webhooks import ChangeHook  # noqa: PLC0415

    if (contact_name is None) != (contact_email is None):
        raise typer.BadParameter("--contact-name and --contact-email belong together")
    contact = {"name": contact_name, "email": contact_email} if contact_name else None
    values = {"partner": partner, "name": name, "url": url, "topics": topic or None, "contact": contact}
    _done(ChangeHook, partner, values, f"{partner} is changed.", json=json)


@app.command("pause")
def pause(partner: Partner, json: Json = False) -> None:
    """Send a partner nothing until it is resumed; events are kept for it meanwhile."""
    from shared.contracts.notifications.webhooks import PauseHook  # noqa: PLC0415

    _done(PauseHook, partner, {"partner": partner}, f"{partner} is paused.", json=json)


@app.command("resume")
def resume(partner: Partner, json: Json = False) -> None:
    """Send a paused partner what was kept for it, and what comes."""
    from shared.contracts.notifications.webhooks import ResumeHook  # noqa: PLC0415

    _done(ResumeHook, partner, {"partner": partner}, f"{partner} is resumed.", json=json)


@app.command("rotate")
def rotate(
    partner: Partner,
    overlap_hours: Annotated[int, typer.Option(min=0, max=168, help="Both secrets sign so long; 0 after a leak.")] = 24,
    json: Json = False,
) -> None:
    """Sign with another secret and show it, this once."""
    from shared.contracts.notifications.webhooks import RotateSecret  # noqa: PLC0415

    values = {"partner": partner, "overlap_hours": overlap_hours}
    sentence = f"{partner} has another secret; the one before signs too for {overlap_hours} hours."
    _with_secret(RotateSecret, partner, values, sentence, json=json)


@app.command("remove")
def remove(partner: Partner, json: Json = False) -> None:
    """Forget a partner and what was kept for it."""
    from shared.contracts.notifications.webhooks import RemoveHook  # noqa: PLC0415

    _done(RemoveHook, partner, {"partner": partner}, f"{partner} is removed.", json=json)


@app.command("replay")
def replay(partner: Partner, *, since: Instant, until: Instant, json: Json = False) -> None:
    """Send again, with the same ids, what was queued for a partner in a window."""
    from shared.contracts.notifications.webhooks import ReplayWindow  # noqa: PLC0415

    values = {"partner": partner, "since": since, "until": until}
    sentence = f"What was queued for {partner} from {since.isoformat()} to {until.isoformat()} is sent again."
    _done(ReplayWindow, partner, values, sentence, json=json)


@app.command("list")
def list_partners(
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 100,
    json: Json = False,
) -> None:
    """Partners by id, a page at a time."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    rows: list[dict[str, Any]] = get("notifications", "/webhooks", after=after, limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        why = f" ({row['why_paused'].lower()})" if row["why_paused"] else ""
        failing = f", failing since {row['failing_since']}" if row["failing_since"] else ""
        standing = f"{row['standing'].lower()}{why}"
        say(f"{row['partner']:<20} {standing:<18} {row['waiting']} waiting{failing}  {', '.join(row['topics'])}")
    if not rows:
        say("No more partners." if after else "No partners.")


@app.command("show")
def show(partner: Partner, json: Json = False) -> None:
    """One partner, and how its server has answered lately; never its secrets."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    row: dict[str, Any] = get("notifications", f"/webhooks/{partner}")
    if json:
        as_json(row)
        return
    for field in ("partner", "hook", "name", "url", "standing", "why_paused", "registered_at"):
        say(f"{field.replace('_', ' '):<16}{'-' if row[field] is None else row[field]}")
    say(f"{'contact':<16}{row['contact']['name']} <{row['contact']['email']}>")
    say(f"{'topics':<16}{', '.join(row['topics'])}")
    say(f"{'signed with':<16}{len(row['secrets'])} {'secret' if len(row['secrets']) == 1 else 'secrets'}")
    lane = row["lane"] or {"failures": 0, "failing_since": None, "open_until": None, "deliveries": {}}
    for field in ("failures", "failing_since", "open_until"):
        say(f"{field.replace('_', ' '):<16}{'-' if lane[field] is None else lane[field]}")
    for state, count in sorted(lane["deliveries"].items()):
        say(f"{state.lower():<16}{count}")


@app.command("deliveries")
def deliveries(
    partner: Partner,
    state: Annotated[str | None, typer.Option(help="WAITING, SENDING, DELIVERED, DEAD or HELD.")] = None,
    after: Annotated[int, typer.Option(min=0, help="The last number of the page before.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    json: Json = False,
) -> None:
    """What was queued for a partner in the last 30 days, in order, a page at a time."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    path = f"/webhooks/{partner}/deliveries"
    rows: list[dict[str, Any]] = get("notifications", path, state=state and state.upper(), after=after, limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        tried = f"{row['attempts']} {'try' if row['attempts'] == 1 else 'tries'}"
        reason = f"  {row['reason']}" if row["reason"] else ""
        say(f"{row['number']:>8}  {row['webhook_id']}  {row['state']:<9}  {row['type']}  {tried}{reason}")
    if not rows:
        say("No more deliveries." if after else "No deliveries.")


def _done(kind: Any, partner: str, values: dict[str, Any], sentence: str, *, json: bool) -> None:
    from shared.cli.ask import ask, command_of  # noqa: PLC0415
    from shared.cli.output import as_json, say  # noqa: PLC0415

    made = ask(command_of(kind, values), partner)
    if json:
        as_json(made)
    else:
        say(sentence)


def _with_secret(kind: Any, partner: str, values: dict[str, Any], sentence: str, *, json: bool) -> None:
    """Have a secret made, ask for what it is for, and show it only when that is done."""
    from uuid import UUID  # noqa: PLC0415

    from shared.cli.ask import ask, command_of  # noqa: PLC0415
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.talk import post  # noqa: PLC0415

    command_of(kind, {**values, "secret": UUID(int=0)})  # what does not fit is said before anything is made
    secret = post("notifications", f"/webhooks/{partner}/secrets", {})
    made = ask(command_of(kind, {**values, "secret": secret["secret"]}), partner)
    if json:
        as_json({**made, "secret_shown_once": secret["shown_once"]})
        return
    say(sentence)
    say(f"The secret, shown this once: {secret['shown_once']}")
