"""The interview on a terminal: says what must be said, asks what comes next, until all is answered or it is left."""

import sys
from collections.abc import Callable
from typing import Any

import typer

from shared.cli.output import say

LEAVE = "/leave"
View = dict[str, Any]


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def interview(view: View, answer: Callable[[dict[str, str]], View]) -> View:
    """Ask until nothing is left to ask; an answer the service refuses is asked again. ``/leave`` ends it for now."""
    told: set[str] = set()
    say(f"Interview {view['intake_id']}; {LEAVE} leaves it for now, an empty answer: not known.")
    while True:
        tell(view, told)
        question = view["next"]
        if question is None:
            return view
        value = _asked(question)
        if value == LEAVE:
            say(f"Left. Take it up again: qio case intake resume {view['intake_id']}")
            return view
        try:
            view = answer({question["field"]: value})
        except SystemExit as ended:
            if ended.code != 1:
                raise


def tell(view: View, told: set[str]) -> None:
    """Every sentence once; one whose words changed is said again."""
    for one in view["said"]:
        if one["text"] not in told:
            told.add(one["text"])
            say(f"  » {one['text']}" + (f"  [{one['citation']}]" if one["citation"] else ""))


def show(view: View) -> None:
    """Where an interview stands."""
    what = view["case_type"] or view["elsewhere"] or "not known yet what it is about"
    say(f"Interview {view['intake_id']}  {view['state']}  {what}")
    say(f"Received {view['received_local']} ({view['channel']})")
    tell(view, set())
    for reason in view["missing"]:
        where = f"{reason['field']}: " if reason["field"] else ""
        say(f"  missing  {where}{reason['text']}")
    if view["next"] is not None:
        say(f"Next: {view['next']['field']}: {view['next']['text']}")
    elif view["state"] == "OPEN" and view["case_id"] is not None:
        say(f"Complete: qio case intake complete {view['intake_id']} (case {view['case_id']})")
    elif view["case_id"] is not None:
        say(f"Case {view['case_id']}")


def _asked(question: dict[str, Any]) -> str:
    choices: dict[str, str] = {str(number): value for number, (value, _) in enumerate(question["choices"], start=1)}
    say(question["text"])
    for number, (value, words) in enumerate(question["choices"], start=1):
        say(f"  {number}  {words}" + ("" if words == value else f" ({value})"))
    text = str(typer.prompt(question["field"], default="", show_default=False)).strip()
    return choices.get(text, text)
