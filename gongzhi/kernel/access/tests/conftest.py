"""The test domain is registered for the tests of the engine and taken out again."""

import pytest

from gongzhi.kernel.cases.tests.permits import PERMITS
from gongzhi.kernel.registry import api as registry


@pytest.fixture(autouse=True)
def permits():
    registry.register(PERMITS)
    yield PERMITS
    del registry.DOMAINS["permits"]
    registry.forget_answers()
