"""Faults on real processes, seeded: nothing is lost, nothing is done twice."""

import pytest

pytest.register_assert_rewrite("tests.faults.rounds", "tests.faults.workload")
