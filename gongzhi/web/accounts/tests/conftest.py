"""What the tests of signing in share: their addresses."""

import pytest


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = "gongzhi.web.accounts.tests.addresses"
    settings.GONGZHI_DEMO = False
