"""Fixtures for every test: the shared stack, a stack of one's own, a database of one's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings

from shared.stack.endpoints import Endpoints
from tests.support.broker import with_topics
from tests.support.stack import Database, Stack, fresh_database, running_stack

# How long an example takes is the machine's affair: speed is measured by the benchmarks, never by a test.
settings.register_profile("qio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qio")


@pytest.fixture(scope="session")
def running() -> Iterator[Stack]:
    """The session's stack itself. Topics are shared by all its tests; those that stop servers take `fresh_stack`."""
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def stack(running: Stack) -> Endpoints:
    """Addresses and secrets of the session's stack."""
    return running.endpoints


@pytest.fixture(scope="session")
def broker(stack: Endpoints) -> Endpoints:
    """The session's stack with every topic of the catalog; topics are shared, so tests use keys of their own."""
    return with_topics(stack)


@pytest.fixture
def database(stack: Endpoints) -> Iterator[Database]:
    """An empty database with all schemas and roles, for one test."""
    with fresh_database(stack) as made:
        yield made


@pytest.fixture(scope="module")
def fresh_stack() -> Iterator[Callable[[], Stack]]:
    """A maker of stacks of one's own (about 4 s each), for faults and whole systems; gone with the module."""
    with ExitStack() as open_stacks:
        yield lambda: open_stacks.enter_context(running_stack())
