"""The JSON interface keeps what its OpenAPI document promises, whatever is sent."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gongzhi.domains.hotline.tests.factories import County

pytestmark = pytest.mark.django_db
REFUSALS = {"400", "422", "429"}
# A request may have the right shape and still name a region or code that is not there: 422 is then as promised.
OPERATIONS = (
    ("POST", "/api/v1/hotline/requests"),
    ("POST", "/api/v1/hotline/requests/track"),
    ("GET", "/api/v1/hotline/requests"),
    ("GET", "/api/v1/cockpit/figures"),
)


@pytest.fixture(autouse=True)
def one_connection():
    """Keep the test's connection, and with it its transaction, over many requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_one_that_was_promised(method, path):
    County()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    answers = set()

    @settings(
        max_examples=30,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy())
    def no_fault_and_no_surprise(case):
        answers.add(case.call_and_validate(excluded_checks=[positive_data_acceptance]).status_code)

    no_fault_and_no_surprise()

    assert answers


def test_every_operation_tells_how_it_refuses(client):
    document = json.loads(client.get("/api/v1/openapi.json").content)

    operations = {
        (method.upper(), path): one
        for path, known in document["paths"].items()
        for method, one in known.items()
    }
    assert set(operations) == set(OPERATIONS)
    for one in operations.values():
        assert set(one["responses"]) >= REFUSALS
