"""The world of the core's tests: Ana, who agreed to care, and Ben, who is new."""

from __future__ import annotations

import pytest

from tests.core.person import Person


@pytest.fixture
def ana() -> Person:
    person = Person()
    person.enroll()
    return person


@pytest.fixture
def ben() -> Person:
    return Person(name="p_ben")
