"""Claims about the platform; each test is named as the claim it makes."""

import pytest

pytest.register_assert_rewrite("tests.support")  # before anything imports it
