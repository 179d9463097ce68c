"""The qio command: finds the commands by entry point and imports one only when it is used."""

import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

import typer

GROUP = "qio.commands"
SUMMARIES = {
    "up": "Start the embedded stack and the four services, and keep them running.",
    "run": "Start everything, stream a sample or real files through it, and show what happens.",
    "doctor": "Say what is found, what is missing, and how to mend it.",
    "topics": "Create topics and access rules from the catalog.",
    "migrate": "Bring the database schemas up to date.",
    "provision": "Make the secrets, and servers outside the embedded stack ready.",
    "catalog": "The event catalog: topics, AsyncAPI, JSON Schemas.",
    "consumer": "Consumers: where they are, stop, resume.",
    "rebuild": "Fill a service's empty schema again from its own events.",
    "dead-letters": "What could not be handled: list, show, replay, discard.",
    "feed": "Stream files of CMS and others into the platform.",
    "sample": "Make a synthetic sample of any size.",
    "program": "The program's structure, its people, maps and reports.",
    "facility": "Facilities as the platform knows them.",
    "recruit": "Targets and enrolment in collaboratives.",
    "interest": "Interest in the program: offered or asked by anyone, routed and answered.",
    "community": "Communities as sets of residence areas.",
    "network": "Learning networks: cohorts, sessions, peers, practices and how they spread.",
    "campaign": "The Advancing Excellence campaign: registrations, goals, materials, accounts.",
    "assist": "Technical assistance from request to outcome, and hospitals' reporting to CMS.",
    "case": "Beneficiary cases: appeals, complaints, reviews, their deadlines and decisions.",
    "work": "Work queues: what is next, for whom, by when.",
    "reviewers": "Reviewers and their on-call rosters.",
    "measures": "Population measures.",
    "notices": "Notices and what became of them.",
    "contacts": "People and organisations that notices go to, and what they asked for.",
    "lists": "Mailing lists that people join twice and leave with one click.",
    "audience": "How many people a message would reach, and who is left out.",
    "messages": "Messages to audiences, approved by a second person, sent in stages.",
    "voices": "Patients and families: stories, surveys, decision aids, feedback.",
    "webhooks": "Partners who get public events by HTTP.",
}


def main() -> None:
    """Run the command line; exit status 2 for a command there is not."""
    name, arguments = (sys.argv[1] if len(sys.argv) > 1 else "--help"), sys.argv[2:]
    points = {point.name: point for point in entry_points(group=GROUP)}
    if name in ("--help", "-h", "help"):
        sys.stdout.write(overview(points))
        return
    if name not in points:
        sys.stderr.write(f"There is no command {name!r}.\n\n{overview(points)}")
        raise SystemExit(2)
    try:
        _load(points[name])(args=arguments, prog_name=f"qio {name}")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def overview(names: Iterable[str]) -> str:
    """Every command with its sentence, in the order people need them."""
    found = set(names)
    ordered = [name for name in SUMMARIES if name in found] + sorted(found - SUMMARIES.keys())
    lines = [f"  {name:<14}{SUMMARIES.get(name, '')}" for name in ordered]
    return "\n".join(["usage: qio COMMAND ... (each has --help)", "", *lines, ""])


def _load(point: EntryPoint) -> typer.Typer:
    """The command's application; a plain function becomes one."""
    target = point.load()
    if isinstance(target, typer.Typer):
        return target
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command()(target)
    return single
