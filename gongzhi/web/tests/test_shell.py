"""The frame of every page: light and without scripts, elder mode, language, headers, error pages."""

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django.fixtures import Settings

from gongzhi.web.dates import day_in_words, days_in_words
from gongzhi.web.middleware import Compressing

pytestmark = pytest.mark.django_db  # the privacy page reads the periods in force

CSS = (Path(__file__).resolve().parents[1] / "static" / "web" / "css" / "app.css").read_bytes()
CITIZEN_PAGES = ["/", "/accessibility/", "/privacy/", "/word/"]


@pytest.mark.parametrize("address", CITIZEN_PAGES)
def test_a_citizens_page_is_light_and_has_no_script(client: Client, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert b"<script" not in page.content
    assert len(gzip.compress(page.content)) + len(gzip.compress(CSS)) <= 20_000


def test_a_page_travels_compressed_and_a_file_as_it_is(client: Client) -> None:
    plain = client.get("/privacy/")
    packed = client.get("/privacy/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert b"<h1" in gzip.decompress(packed.content)

    photo = HttpResponse(b"\xff\xd8" * 5_000, content_type="image/jpeg")
    asked = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in Compressing(lambda _request: photo)(asked)


@pytest.mark.parametrize("address", CITIZEN_PAGES)
def test_a_citizens_page_has_help_skip_link_and_one_heading(client: Client, address: str) -> None:
    text = client.get(address).content.decode()

    assert 'href="tel:12345"' in text
    assert 'href="#main"' in text
    assert 'id="main"' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1


def test_elder_mode_is_switched_by_a_plain_link_and_kept(client: Client) -> None:
    assert b"data-elder" not in client.get("/").content

    answer = client.get("/settings/display/", {"elder": "1", "next": "/privacy/"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/privacy/"
    assert b"data-elder" in client.get("/").content
    client.post("/settings/display/", {"elder": "0"})
    assert b"data-elder" not in client.get("/").content


@pytest.mark.parametrize(
    "next_address",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere", ""],
)
def test_the_display_link_leads_to_no_other_site(client: Client, next_address: str) -> None:
    answer = client.get("/settings/display/", {"elder": "1", "next": next_address})

    assert answer.headers["Location"] == "/"


def test_unknown_display_choices_are_ignored(client: Client) -> None:
    answer = client.get("/settings/display/", {"elder": "yes", "language": "xx"})

    assert not answer.cookies


def test_pages_are_chinese_until_a_person_chooses_otherwise(client: Client) -> None:
    unasked = client.get("/", headers={"accept-language": "en"}).content.decode()
    client.get("/settings/display/", {"language": "en"})
    chosen = client.get("/").content.decode()

    assert '<html lang="zh-hans"' in unasked
    assert '<html lang="en"' in chosen
    assert "Track a request" in chosen


def test_a_page_carries_the_protecting_headers(client: Client) -> None:
    headers = client.get("/").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Cookie" in headers["Vary"]


def test_demonstration_data_is_labelled_as_such(client: Client, settings: Settings) -> None:
    settings.GONGZHI_DEMO = True
    assert "虚构" in client.get("/").content.decode()
    settings.GONGZHI_DEMO = False
    assert "虚构" not in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/design/", "/design/staff/", "/design/print/"])
def test_the_gallery_is_shown_only_while_developing_or_demonstrating(
    client: Client, settings: Settings, address: str
) -> None:
    settings.GONGZHI_DEMO = True
    assert client.get(address).status_code == 200
    settings.GONGZHI_DEMO = settings.DEBUG = False
    assert client.get(address).status_code == 404


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "没有找到这一页" in page.content.decode()
    assert 'href="tel:12345"' in page.content.decode()


def test_a_refusal_outside_a_form_becomes_a_page_with_its_words(client: Client) -> None:
    page = client.get("/declines/")

    assert page.status_code == 422
    assert "请先选择 承办单位" in page.content.decode()


def test_a_fault_of_ours_is_admitted_without_details(client: Client) -> None:
    client.raise_request_exception = False

    page = client.get("/broken/")

    assert page.status_code == 500
    assert "我们这边出了问题" in page.content.decode()
    assert "RuntimeError" not in page.content.decode()


def test_a_lost_database_asks_to_come_back_later(client: Client) -> None:
    client.raise_request_exception = False

    page = client.get("/without-database/")

    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0


def test_a_form_without_its_safety_mark_is_refused_kindly() -> None:
    page = Client(enforce_csrf_checks=True).post("/word/", {"word": "x"})

    assert page.status_code == 403
    assert "请再提交一次" in page.content.decode()
    assert configured.CSRF_FAILURE_VIEW == "gongzhi.web.errors.csrf_failure"


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("zh-hans", "2026年3月9日", "3月9日 14:05"), ("en", "9 March 2026", "9 Mar, 14:05")],
)
def test_days_are_written_as_the_reader_writes_them(language: str, day: str, moment: str) -> None:
    at = datetime(2026, 3, 9, 6, 5, tzinfo=UTC)
    with translation.override(language):
        page = Template(
            '{{ at|date:"Y年n月j日" }} {{ at|date:"n月j日 H:i" }} {{ at|date:"Y-m-d" }} {{ none|date:"c" }}|'
        )
        assert page.render(Context({"at": at, "none": None})) == f"{day} {moment} 2026-03-09 |"
        assert day_in_words(at) == day_in_words(at.date()) == day


def test_a_span_names_the_years_only_where_they_differ() -> None:
    one, next_year = date(2025, 11, 27), date(2026, 11, 26)
    assert days_in_words(one, next_year) == "2025年11月27日—2026年11月26日"
    assert days_in_words(one, date(2025, 12, 3)) == "11月27日—12月3日"
    with translation.override("en"):
        assert days_in_words(one, next_year) == "27 November 2025—26 November 2026"
