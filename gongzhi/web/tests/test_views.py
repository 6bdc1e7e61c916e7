"""The page of a use case: carried out once, shown again with the reason, refused with words."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from gongzhi.web.tests.addresses import SayWord


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    SayWord.said.clear()


def _key_in(text: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', text)
    assert found
    return found.group(1)


def test_each_opening_of_a_form_has_a_key_of_its_own(client: Client) -> None:
    first = _key_in(client.get("/word/").content.decode())
    second = _key_in(client.get("/word/").content.decode())

    assert first != second


def test_what_was_carried_out_leads_on(client: Client) -> None:
    key = str(uuid4())

    answer = client.post("/word/", {"key": key, "word": "hello"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/said/hello/"
    assert SayWord.said == [(key, "hello")]


def test_an_invalid_form_comes_back_as_typed_with_the_same_key(client: Client) -> None:
    key = str(uuid4())

    page = client.post("/word/", {"key": key, "word": "x" * 11})

    text = page.content.decode()
    assert page.status_code == 422
    assert _key_in(text) == key
    assert "x" * 11 in text
    assert "<title>有错误：说一个词" in text
    assert 'href="#id_word"' in text
    assert "词最多 10 个字，现在是 11 个字" in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_word_error"' in text
    assert SayWord.said == []


def test_a_use_case_that_is_not_possible_says_why_in_the_summary(client: Client) -> None:
    key = str(uuid4())

    page = client.post("/word/", {"key": key, "word": "impossible"})

    text = page.content.decode()
    assert page.status_code == 422
    assert "410102-0000001 已经办结，不能再派" in text
    assert 'value="impossible"' in text
    assert _key_in(text) == key


def test_the_same_key_with_other_content_is_a_conflict_with_a_fresh_key(client: Client) -> None:
    key = str(uuid4())

    page = client.post("/word/", {"key": key, "word": "conflict"})

    text = page.content.decode()
    assert page.status_code == 409
    assert "这份内容已经提交过" in text
    assert _key_in(text) != key


def test_a_use_case_that_is_not_allowed_is_the_403_page(client: Client) -> None:
    page = client.post("/word/", {"key": str(uuid4()), "word": "forbidden"})

    assert page.status_code == 403
    assert "请换到承办岗位再试" in page.content.decode()


@pytest.mark.parametrize("key", ["", "not-a-uuid"])
def test_a_form_without_a_proper_key_is_not_carried_out(client: Client, key: str) -> None:
    page = client.post("/word/", {"key": key, "word": "hello"})

    assert page.status_code == 422
    assert "请重新打开本页" in page.content.decode()
    assert SayWord.said == []
