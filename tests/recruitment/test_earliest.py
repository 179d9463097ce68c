"""No command names a day before there was a program: every date of every command, by one rule that is told."""

import datetime as dt
from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from services.recruitment.domain.earliest import OTHERS, PROGRAM_FROM, too_long_ago
from shared.contracts.files import EXAMPLES
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import desk as participants
from tests.recruitment.participants.asking import own, owner

DAY = dt.timedelta(days=1)


def dated(model: Any, path: str = "") -> Iterator[str]:
    """Where the fields of a model hold dates, by their types alone."""
    if get_origin(model) in {Union, UnionType, tuple} or (get_origin(model) is not None and get_args(model)):
        for one in get_args(model):
            yield from dated(one, f"{path}[0]" if get_origin(model) is tuple else path)
    elif model is dt.date:
        yield path
    elif isinstance(model, type) and issubclass(model, BaseModel):
        for name, field in model.model_fields.items():
            yield from dated(field.annotation, f"{path}.{name}" if path else name)


FIELDS = [(model, path) for model in COMMANDS.messages for path in sorted(set(dated(model)))]


def with_day(model: type[Command], path: str, day: dt.date) -> Command:
    """An example of the command, with another day in one of its fields; one that has the field where there is one."""
    *steps, last = path.replace("[0]", ".0").split(".")
    found: list[tuple[bool, int, Any, Any]] = []
    for one in sorted((EXAMPLES / model.wire_type()).iterdir()):
        values: Any = model.model_validate_json(one.read_bytes()).model_dump(mode="json")
        within = values
        for step in steps:
            within = (within[int(step)] if step.isdigit() else within[step]) if within else None
        if within:
            found.append((within.get(last) is None, len(found), within, values))
    assert found, "an example with that part"
    _, _, within, values = min(found, key=lambda one: one[:2])
    within[last] = day.isoformat()
    return model.model_validate(values)


@pytest.mark.parametrize(("model", "path"), FIELDS, ids=[f"{model.__name__}-{path}" for model, path in FIELDS])
def test_every_date_of_every_command_has_a_first_day_and_is_refused_before_it(model: type[Command], path: str) -> None:
    bound = OTHERS.get((model, path))
    first = bound.first if bound else PROGRAM_FROM
    (reason,) = [one for one in too_long_ago(with_day(model, path, first - DAY)) if one.field == path]
    assert reason.code == "BEFORE_PROGRAM"
    assert first.isoformat() in reason.text
    assert bound or "Pub. L. 97-248" in (reason.citation or "")
    assert [one for one in too_long_ago(with_day(model, path, first)) if one.field == path] == []
    assert ("BEFORE_PROGRAM", path) in Desk().refused(with_day(model, path, first - DAY))


def test_owners_are_older_than_the_program() -> None:
    at = participants()
    at.done(owner("aa"))
    at.done(own("aa", "1850-01-01"))
    assert at.refused(own("aa", "1699-12-31")) == [("BEFORE_PROGRAM", "since")]
