"""Says in plain sentences which rule of a command a value does not keep."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_WHOLE: Final = "must be a whole number"
_NUMBER: Final = "must be a number"
_DAY: Final = "must be a day such as 2015-03-31"
_TIME: Final = "must be a time with its offset such as 2015-03-31T09:30-05:00"
_ID: Final = "must be an id as lists show it"
# By the kind of error that pydantic names; {} stand for the values of the rule, never for what was given.
_RULES: Final = {
    "missing": "is needed",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must be given at least {min_length} times",
    "too_long": "may be given at most {max_length} times",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "enum": "must be one of these: {expected}",
    "literal_error": "must be one of these: {expected}",
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_parsing": _NUMBER,
    "decimal_parsing": _NUMBER,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "timezone_aware": _TIME,
    "uuid_parsing": _ID,
}


def broken_rules(kind: type[BaseModel], error: ValidationError) -> Iterator[tuple[str, str]]:
    """Each field that does not fit with the first rule it breaks, a sentence without the value that was given.

    A field within a group of fields goes by its own name and what a list holds by the name of the list, as options
    do; a field of one of many, such as ``licences.0.valid_from``, by its whole place.
    """
    said = set()
    for found in error.errors(include_url=False, include_input=False):
        field = _field(found["loc"])
        if field not in said:
            said.add(field)
            yield field, f"{_rule(kind, found)}."


def _field(place: Sequence[int | str]) -> str:
    if place and isinstance(place[-1], str) and any(isinstance(part, int) for part in place):
        return ".".join(map(str, place))
    names = list(takewhile(lambda part: isinstance(part, str), place))
    return str(names[-1]) if names else ""


def _rule(kind: type[BaseModel], found: ErrorDetails) -> str:
    rule, values = found["type"], found.get("ctx", {})
    if rule == "string_pattern_mismatch":
        return _form(kind, found["loc"], values["pattern"])
    if rule in ("string_too_short", "too_short") and values["min_length"] == 1:
        return "may not be empty"
    text = _RULES.get(rule)
    return text.format_map(values).replace("'", "") if text else found["msg"][:1].lower() + found["msg"][1:]


def _form(kind: type[BaseModel], place: Sequence[int | str], pattern: str) -> str:
    if pattern == r"\S":
        return "may not be blank"
    whole = kind.model_json_schema()
    return f"must be of this form: {_described(whole, whole.get('$defs', {}), place, pattern) or pattern}"


def _described(
    schema: Mapping[str, Any], groups: Mapping[str, Any], place: Sequence[int | str], pattern: str
) -> str | None:
    """What the contract says of the field at this place; None where it says nothing."""
    if "$ref" in schema:
        schema = groups[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        of_one = (_described(one, groups, place, pattern) for one in schema["anyOf"])
        return next(filter(None, of_one), None if place else schema.get("description"))
    if not place:
        return schema.get("description") if schema.get("pattern") == pattern else None
    inner = schema.get("items") if isinstance(place[0], int) else schema.get("properties", {}).get(place[0])
    return _described(inner, groups, place[1:], pattern) if isinstance(inner, Mapping) else None
