"""Measures that coalitions declare: known by what measures says of them, so that coalitions can choose them."""

from collections.abc import Iterable

from services.recruitment.domain.coalitions.declared import DECLARED_MEASURE
from shared.contracts.declared import DECLARED, MeasureDeclared, MeasureRetired, MeasureRevised
from shared.messaging.handling import Emit, On, Received, Subscription, Work
from shared.records.kinds import Record
from shared.records.store import RecordStore

_Said = MeasureDeclared | MeasureRevised | MeasureRetired


def subscription(store: RecordStore) -> Subscription:
    """What measures says of declared measures."""
    messages = (MeasureDeclared, MeasureRevised, MeasureRetired)
    return Subscription(DECLARED.name, tuple(On(one, keys, said) for one in messages), store)


def keys(received: Received[_Said]) -> Iterable[str]:
    """The measure."""
    return (DECLARED_MEASURE.key(received.message.measure),)


def said(received: Received[_Said], work: Work[Record]) -> tuple[Emit, ...]:
    """Keep the latest version; nothing is said of it, so that it can be read again."""
    key = DECLARED_MEASURE.key(received.message.measure)
    before = work.get(key)
    assert before is None or isinstance(before, DECLARED_MEASURE.state)
    work.put(key, DECLARED_MEASURE.after(before, received.message, received.envelope.time))
    return ()
