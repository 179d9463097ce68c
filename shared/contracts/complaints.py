"""What complaints is asked and what it says about cases."""

from shared.contracts.topic import Topic

TOPICS: tuple[Topic, ...] = ()
