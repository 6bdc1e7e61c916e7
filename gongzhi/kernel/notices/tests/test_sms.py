"""The gateways keep one contract: what is taken is taken once, what will never go is refused."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from gongzhi.kernel.notices.sms import (
    FileGateway,
    HttpGateway,
    NotTaken,
    Refused,
    Unavailable,
    gateways_in_use,
)

MESSAGE = {"phone": "13800001234", "text": "【12345热线】已答复。"}


@pytest.fixture(params=["file", "http"])
def gateway(request, tmp_path, provider):
    """Each gateway, with a way to see what has arrived."""
    if request.param == "file":
        made = FileGateway(tmp_path / "sms")
        made.arrived = lambda: [json.loads(line) for line in made.path.read_text().splitlines()]
    else:
        made = HttpGateway(provider.url, "token")
        made.arrived = lambda: list(provider.received.values())
    return made


def test_a_message_arrives_as_it_was_sent(gateway):
    receipt = gateway.send(**MESSAGE, reference="a")

    assert receipt.reference == "a"
    (arrived,) = gateway.arrived()
    assert {name: arrived[name] for name in MESSAGE} == MESSAGE


def test_the_same_reference_arrives_once_and_gets_the_same_number(gateway):
    first = gateway.send(**MESSAGE, reference="a")
    other = gateway.send(**MESSAGE, reference="b")
    again = gateway.send(**MESSAGE, reference="a")

    assert again == first != other
    assert len(gateway.arrived()) == 2


def test_a_number_that_cannot_be_is_refused(gateway):
    with pytest.raises(Refused):
        gateway.send(phone="x", text="words", reference="a")


def test_several_at_once_all_arrive(gateway):
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda n: gateway.send(**MESSAGE, reference=str(n % 10)), range(20)))

    assert len(gateway.arrived()) == 10


def test_the_file_is_for_its_owner_only_and_another_process_knows_what_was_sent(tmp_path):
    first, second = FileGateway(tmp_path / "sms"), FileGateway(tmp_path / "sms")

    assert first.send(**MESSAGE, reference="a") == second.send(**MESSAGE, reference="a")

    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.path.parent.stat().st_mode) == 0o700


def test_an_emptied_file_is_read_from_its_beginning(tmp_path):
    gateway = FileGateway(tmp_path / "sms")
    gateway.send(**MESSAGE, reference="a")
    gateway.path.write_text("")

    gateway.send(**MESSAGE, reference="a")

    assert len(gateway.path.read_text().splitlines()) == 1


def test_the_provider_gets_token_and_reference_in_the_headers(provider):
    HttpGateway(provider.url, "token").send(**MESSAGE, reference="gongzhi-1")

    (seen,) = provider.headers_seen
    assert seen["Authorization"] == "Bearer token"
    assert seen["Idempotency-Key"] == "gongzhi-1"


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_a_provider_in_trouble_is_to_be_tried_again(provider, status):
    provider.fails_with = status

    with pytest.raises(Unavailable, match=str(status)):
        HttpGateway(provider.url).send(**MESSAGE, reference="a")


def test_a_provider_that_sends_elsewhere_is_not_followed(provider):
    """Phones and texts go to the address that was configured and nowhere else."""
    provider.fails_with = 302

    with pytest.raises(Unavailable, match="302"):
        HttpGateway(provider.url).send(**MESSAGE, reference="a")

    assert len(provider.headers_seen) == 1


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b"[]", b"null"])
def test_an_answer_without_a_number_is_no_receipt(provider, answer):
    provider.answers_with = answer

    with pytest.raises(Unavailable, match="no usable answer"):
        HttpGateway(provider.url).send(**MESSAGE, reference="a")


def test_a_provider_that_does_not_answer_is_given_up_after_a_while(provider):
    provider.hangs.set()

    with pytest.raises(Unavailable):
        HttpGateway(provider.url, time_out=0.2).send(**MESSAGE, reference="a")


def test_a_provider_that_is_not_there_is_to_be_tried_again():
    with pytest.raises(Unavailable):
        HttpGateway("http://127.0.0.1:9/").send(**MESSAGE, reference="a")


def test_only_web_addresses_are_gateways():
    with pytest.raises(ValueError, match="SMS_URL"):
        HttpGateway("file:///etc/passwd")


@pytest.mark.parametrize("status", [401, 404, 429, 503])
def test_what_surely_was_not_taken_may_go_another_way_at_once(provider, status):
    provider.fails_with = status
    with pytest.raises(NotTaken):
        HttpGateway(provider.url).send(**MESSAGE, reference="a")
    with pytest.raises(NotTaken):
        HttpGateway("http://127.0.0.1:9/").send(**MESSAGE, reference="a")


def test_what_may_have_been_taken_may_not(provider):
    provider.fails_with = 500
    with pytest.raises(Unavailable) as fault:
        HttpGateway(provider.url).send(**MESSAGE, reference="a")
    assert not isinstance(fault.value, NotTaken)


def test_the_settings_choose_the_gateways(settings):
    settings.SMS_URL, settings.SMS_URL_2 = "https://sms.example/send", "https://other.example/send"
    found = {}
    for settings.SMS_GATEWAY in ("file", "http"):
        gateways_in_use.cache_clear()
        found |= gateways_in_use()
    gateways_in_use.cache_clear()

    assert {name: type(each) for name, each in found.items()} == {
        "file": FileGateway,
        "first": HttpGateway,
        "second": HttpGateway,
    }
