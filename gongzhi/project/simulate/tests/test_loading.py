"""What is loaded hangs together as if it had come through the use cases, is marked, and comes in once."""

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Particulars, Person, Post
from gongzhi.kernel.people.persons import person_for
from gongzhi.kernel.registry.api import procedure
from gongzhi.project.simulate.indexes import without_other_indexes
from gongzhi.project.simulate.loading import simulate

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 1_500


def silent(done, total, words):
    del done, total, words


def a_year(seed=0):
    today = timezone.localdate()
    for number in range(201, 206):
        a_region(f"410523100{number}")
    return simulate("410523", CASES, seed, today.replace(year=today.year - 1), silent)


def left_over(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def run_each(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_every_row_hangs_together():
    assert a_year().cases == CASES

    assert Case.objects.count() == Request.objects.count() == CASES
    assert not left_over(  # steps are numbered without a gap, and the case stands where the last one led
        "SELECT c.id FROM cases_case c JOIN cases_step s ON s.case_id = c.id GROUP BY c.id"
        " HAVING count(*) <> c.steps_taken OR max(s.number) <> count(*)"
        " OR (array_agg(s.to_stage ORDER BY s.number DESC))[1] <> c.stage"
    )
    assert not left_over(  # each step begins where the one before it ended, and later
        "SELECT s.id FROM cases_step s JOIN cases_step b ON b.case_id = s.case_id AND b.number = s.number - 1"
        " WHERE s.from_stage <> b.to_stage OR s.at < b.at"
    )
    assert not left_over(  # the case shows the earliest period that binds the office
        "SELECT c.id FROM cases_case c LEFT JOIN cases_deadline d ON d.case_id = c.id AND d.stopped_at IS NULL"
        " AND d.binds_office GROUP BY c.id HAVING c.due_at IS DISTINCT FROM min(d.due_at)"
    )
    assert not left_over(  # and the earliest warning of one
        "SELECT c.id FROM cases_case c LEFT JOIN cases_deadline d ON d.case_id = c.id AND d.stopped_at IS NULL"
        " AND d.binds_office GROUP BY c.id HAVING c.warn_at IS DISTINCT FROM min(d.warn_at)"
    )
    assert Case.objects.filter(warn_at__isnull=False).exists()
    for child, column, parent in (
        *(("cases_step", "case_id", "cases_case"), ("cases_deadline", "case_id", "cases_case")),
        *(("cases_case", "unit_id", "organisations_unit"), ("cases_step", "account_id", "people_account")),
        *(
            ("cases_case", "opened_by_id", "people_person"),
            ("cases_case", "category_id", "organisations_mattercategory"),
        ),
        *(("cases_step", "post_id", "people_post"), ("people_person", "id", "people_particulars")),
    ):
        key = "person_id" if parent == "people_particulars" else "id"
        assert not left_over(
            f"SELECT 1 FROM {child} x WHERE x.{column} IS NOT NULL AND NOT EXISTS"
            f" (SELECT FROM {parent} p WHERE p.{key} = x.{column}) LIMIT 1"
        ), (child, column)


def test_moves_and_clocks_are_those_that_the_procedure_declares():
    a_year()
    declared = procedure("hotline.request")

    for before, move, after in (
        Step.objects.exclude(move="open").values_list("from_stage", "move", "to_stage").distinct()
    ):
        found = declared.stage_by_key[before].by_key[move]
        assert (found.to or before) == after, (before, move)
    for clock, rule, stopped_by in Deadline.objects.values_list("clock", "rule", "stopped_by").distinct():
        assert declared.clock_by_key[clock].rule == rule
        assert stopped_by == "" or stopped_by in {one.key for one in declared.moves}
    assert not Deadline.objects.filter(stopped_at__lt=F("started_at")).exists()


def test_a_simulated_matter_goes_on_like_any_other():
    a_year()
    case = Case.objects.filter(stage="dispatched").first() or Case.objects.filter(stage="handling").first()
    assert case is not None, "the year ends with work to do"
    post = Post.objects.get(unit=case.unit, role=Role.HANDLER.value)
    handler = Actor(
        role=Role.HANDLER,
        account_id=post.account_id,
        post_id=post.pk,
        unit_id=post.unit_id,
        region_code=post.region_code,
    )
    if case.stage == "dispatched":
        moved = take(actor=handler, case_id=case.pk, move="accept", now=timezone.now(), key="1" * 32)
        assert moved.case.stage == "handling"
    page = Client().get("/hotline/public/").content.decode()
    assert "模拟" in page


def test_everything_is_marked_and_nobody_can_sign_in_or_be_sent_a_message():
    a_year()

    assert not Case.objects.exclude(title__startswith="【模拟】").exists()
    assert not Request.objects.exclude(text__startswith="【模拟】").exists()
    assert not Person.objects.filter(by_sms=True).exists()
    assert not any(one.has_usable_password() for one in Account.objects.filter(username__startswith="sim-"))
    someone = Particulars.objects.first()
    assert someone.phone.startswith("100")
    assert person_for(name=someone.name, phone=someone.phone, now=timezone.now()) == someone.pk


def test_the_same_year_comes_in_once_and_another_seed_beside_it():
    a_year()
    assert a_year().cases == 0
    assert a_year(seed=1).cases == CASES
    assert Case.objects.count() == 2 * CASES


def test_nothing_comes_in_beside_real_matters():
    County().submit(timezone.now())

    with pytest.raises(NotPossible, match="真实事项"):
        a_year()
    assert Case.objects.count() == 1


def test_indexes_are_back_after_loading_and_after_a_run_that_was_cut_off(settings, tmp_path):
    settings.HOME = tmp_path
    before = sorted(left_over("SELECT indexname FROM pg_indexes WHERE tablename = 'cases_case'"))
    built = []

    def build(definitions):
        run_each(definitions)
        built.extend(definitions)

    with pytest.raises(KeyboardInterrupt), without_other_indexes(["cases_case"], build):
        assert len(left_over("SELECT indexname FROM pg_indexes WHERE tablename = 'cases_case'")) < len(before)
        raise KeyboardInterrupt
    assert built
    assert sorted(left_over("SELECT indexname FROM pg_indexes WHERE tablename = 'cases_case'")) == before
    assert not list(tmp_path.iterdir())


def test_the_server_keeps_house_again_after_loading(settings, tmp_path):
    settings.HOME = tmp_path
    off = "SELECT relname FROM pg_class WHERE 'autovacuum_enabled=off' = ANY (reloptions)"

    with without_other_indexes(["cases_case", "cases_step"], run_each):
        assert sorted(left_over(off)) == [("cases_case",), ("cases_step",)]
    assert not left_over(off)


def test_what_is_loaded_is_found_by_the_words_a_trigger_would_have_written():
    a_year()

    assert not left_over(
        "SELECT c.id FROM cases_case c LEFT JOIN cases_titlewords w ON w.case_id = c.id"
        " WHERE w.pairs IS DISTINCT FROM cases_pairs(c.title, cases_week(c.opened_at))"
    )
    assert not left_over(
        "SELECT c.id FROM cases_case c JOIN hotline_request r ON r.case_id = c.id"
        " LEFT JOIN hotline_publishedwords w ON w.case_id = c.id"
        " WHERE c.public AND NOT c.sealed AND r.replied_at IS NOT NULL"
        " AND w.pairs IS DISTINCT FROM hotline_pairs(c.title, r.text, cases_week(r.replied_at))"
    )
