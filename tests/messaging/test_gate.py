"""Whatever a record's bytes make a decoder raise, the gate answers with a verdict and does not raise itself."""

from typing import Any

import pytest
from aiokafka import ConsumerRecord

from shared.contracts.compiled_infections import INFECTIONS
from shared.messaging import gate
from shared.messaging.gate import Refusal

TYPE = "feeds.InfectionCount.v1"


def record(value: bytes) -> ConsumerRecord:
    return ConsumerRecord("feeds", 0, 1, 0, 0, b"361301", value, None, 6, len(value), [("ce_type", TYPE.encode())])


@pytest.mark.parametrize("error", [ValueError, OverflowError, RecursionError])
def test_a_record_that_no_decoder_can_read_is_refused_and_stops_nobody(error: type[Exception]) -> None:
    def decode(_: bytes) -> Any:
        raise error("361301")

    found = gate.admit_feed(record(b"{}"), {TYPE.encode(): (TYPE, decode)})
    assert found == Refusal("schema", (), "361301", TYPE)


def test_a_period_at_the_calendars_end_is_refused_by_its_rule() -> None:
    told = (
        b'{"ccn": "361301", "infection": "CLABSI", "location": "ICU", "period": "9999-12", "source": "facility", '
        b'"baseline": "2022", "version": 1, "action": "original", "observed": 1}'
    )
    found = gate.admit_feed(record(told), {TYPE.encode(): (TYPE, INFECTIONS[TYPE])})
    assert isinstance(found, Refusal)
    assert found.reason == "schema"
