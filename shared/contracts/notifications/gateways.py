"""Texts, recorded calls and portal messages: handed to the site's gateway, which says what became of them."""

from shared.contracts.topic import Topic

TOPICS: tuple[Topic, ...] = ()
