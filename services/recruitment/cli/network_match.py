"""``qio network match``: whom a facility could learn from, and a pairing with the best of them proposed."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, words
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, day, perform
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.pairings import ProposePairing

OnTopic = Annotated[Topic, typer.Option("--topic", case_sensitive=False, help="As `qio network topics` shows them.")]
ForNetwork = Annotated[str | None, typer.Option("--network", help="Within this network; across them when left out.")]
Office = Annotated[str | None, typer.Option(help="The office that both can ask.")]
Phone = Annotated[str | None, typer.Option(help="Its telephone; no person's own.")]
Measure = Annotated[str | None, typer.Option(help="The measure of the topic to go by.")]


def match(
    participant: Participant,
    *,
    topic: OnTopic,
    measure: Measure = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    propose: Annotated[
        bool, typer.Option("--propose", help="Propose a pairing with the best, or with --teacher.")
    ] = False,
    teacher: Annotated[str | None, typer.Option(help="Whom of those found to propose.")] = None,
    network: ForNetwork = None,
    office: Office = None,
    phone: Phone = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Whom a facility could learn from about a topic, the best first; only who consents to teach is looked at."""
    learner = participant_id(participant)
    most = 100 if teacher else limit
    found = get("recruitment", "/peer-matches", participant=learner, topic=topic, measure=measure, limit=most)
    if not propose:
        _show(found, json=json)
        return
    if office is None or phone is None:
        fail("--propose needs --office and --phone, whom both can ask.", 2)
    best = _chosen(found, teacher and participant_id(teacher))
    values = {
        "learner": learner,
        "teacher": best["participant"],
        "topic": topic,
        "measure": found["measure"],
        "network": network,
        "reasons": best["reasons"],
        "figures": best["figures"],
        "office": office,
        "phone": phone,
        "proposed_on": day(on),
    }
    perform(ProposePairing, values, learner, "{learner} could learn from {teacher}: {pairing} is proposed.", json=json)


def _chosen(found: dict[str, Any], teacher: str | None) -> dict[str, Any]:
    fitting = [one for one in found["teachers"] if teacher in (None, one["participant"])]
    if not fitting:
        fail(_nobody(found) if not found["teachers"] else f"{teacher} is not among those found.")
    best: dict[str, Any] = fitting[0]
    return best


def _nobody(found: dict[str, Any]) -> str:
    if not found["consent"]:
        return f"{found['participant']} has not consented to learn from peers: `qio network consent give`."
    return "Nobody who consents to teach does better in it." if found["measure"] else "No figures show this topic."


def _show(found: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(found)
        return
    if not found["teachers"]:
        say(_nobody(found))
        return
    say(f"By {found['measure']}, the best first:")
    for one in found["teachers"]:
        why = ", ".join(words(reason["why"]) for reason in one["reasons"])
        figures = ", ".join(f"{row['value']} in {row['period']}" for row in one["figures"] if row["of"] == "TEACHER")
        say(
            f"{one['participant']:<20}  {one['state']}  {one['points']:>3}  {why}"
            + (f" ({figures})" if figures else "")
        )
