"""The auditor reads what was done in their area, and that they read it is written down."""

import ast
from pathlib import Path

import pytest

import gongzhi
from gongzhi.desks.official.auditing import words_of
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.personfile import requester
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


@pytest.fixture
def counties():
    here, elsewhere = County(), County("410522")
    request, foreign = here.dispatched(MONDAY), elsewhere.dispatched(MONDAY, phone="13800002222")
    requester(
        actor=here.handler,
        reads="hotline.read",
        case_id=request.pk,
        purpose="verify",
        words="核实村口位置",
        now=MONDAY,
    )
    requester(
        actor=elsewhere.handler,
        reads="hotline.read",
        case_id=foreign.pk,
        purpose="verify",
        words="别县的用途",
        now=MONDAY,
    )
    return here, request, foreign


def test_an_auditor_sees_their_area_and_nothing_of_another(client, counties):
    here, request, foreign = counties
    page = signed_in(an_official(Role.AUDITOR, region_code="410523")).get("/desk/audit/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "核实村口位置" in text and request.case.number in text
    assert "别县的用途" not in text and foreign.case.number not in text
    assert Entry.objects.get(action="audit.read").role == "auditor"
    for words, key in (
        ("查看联系方式", "person.read"),
        ("派发", "hotline.request.dispatch"),
        ("登记", "hotline.request.open"),
    ):
        assert f"{words} <code" in text and f">{key}</code>" in text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("kind=reads", True),
        ("kind=changes", False),
        ("username=nobody", False),
        ("number=x", False),
        ("before=1", False),
    ],
)
def test_the_record_is_filtered(client, counties, asked, shown):
    text = signed_in(an_official(Role.AUDITOR, region_code="410523")).get(f"/desk/audit/?{asked}")
    assert ("核实村口位置" in text.content.decode()) is shown


def test_nobody_else_reads_it(client, counties):
    for actor in (
        counties[0].dispatcher,
        counties[0].head,
        an_official(Role.ADMINISTRATOR, region_code="41"),
    ):
        assert signed_in(actor).get("/desk/audit/").status_code == 403


def recorded():
    """Every key under which the code records something by name: `record(action="...")` and `note(request, "...")`."""
    for path in Path(gongzhi.__file__).parent.rglob("*.py"):
        if "tests" in path.parts:
            continue
        calls = (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call))
        for call in calls:
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            named = [one.value for one in call.keywords if one.arg == "action"]
            found = {"record": named, "note": call.args[1:2]}.get(name, [])
            for one in found:
                if isinstance(one, ast.Constant):
                    yield one.value
                elif isinstance(one, ast.Call) and getattr(one.func, "id", "") == "action_of":
                    yield from (
                        f"{domain}.{one.args[1].value}" for domain in ("hotline", "mailbox", "petitions")
                    )


def test_whatever_is_recorded_has_a_word_for_whoever_reads_it():
    keys = set(recorded())
    assert {"audit.read", "accounts.signed_in", "petitions.posted"} <= keys
    assert keys <= set(words_of()), sorted(keys - set(words_of()))
