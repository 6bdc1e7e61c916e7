"""A desk is handed over whole: by two signatures, in one transaction, with every clock on the day it had."""

import time

import pytest

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases import handover
from gongzhi.kernel.cases.handover import decide_desk, mark_answers_read, offer_desk, unanswered_for
from gongzhi.kernel.cases.inhand import in_hand
from gongzhi.kernel.cases.models import Case, Charge, Deadline, HandOver
from gongzhi.kernel.cases.tests.conftest import permits
from gongzhi.kernel.cases.tests.factories import Office, a_key, at
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post
from gongzhi.kernel.people.tests.factories import an_official

__all__ = ["permits"]
pytestmark = pytest.mark.django_db


def held(actor):
    return set(in_hand(Post.objects.get(pk=actor.post_id)).values_list("pk", flat=True))


class Desk(Office):
    """An office in which the handler has accepted two matters, a colleague one, and one lies untouched."""

    def __init__(self, matters=2):
        super().__init__()
        self.comer, self.colleague = (an_official(Role.HANDLER, self.unit) for _ in range(2))
        self.mine = [self.accepted(self.handler) for _ in range(matters)]
        self.theirs = self.accepted(self.colleague)
        self.untouched = self.open(at(11, 2))

    def accepted(self, by):
        return self.take(self.open(at(11, 2)), "accept", at(11, 3), actor=by)

    def offer(self, actor=None, comer=None, key=None, words="两件都约好了下周见面"):
        return offer_desk(
            actor=actor or self.handler,
            from_post_id=self.handler.post_id,
            to_post_id=(comer or self.comer).post_id,
            words=words,
            now=at(11, 5),
            key=key or a_key(),
        )

    def accept(self, made, actor=None, accept=True, key=None, words=""):
        who = actor or self.comer
        return decide_desk(
            actor=who, handover_id=made.pk, accept=accept, words=words, now=at(11, 6), key=key or a_key()
        )


def test_what_was_in_hand_moves_whole_and_no_clock_changes():
    desk = Desk()
    ids = {case.pk for case in desk.mine}
    clocks = list(Deadline.objects.order_by("pk").values())
    made = desk.offer()
    assert (held(desk.handler), held(desk.comer)) == (ids, set()), "an offer moves nothing"

    made = desk.accept(made)

    assert (held(desk.handler), held(desk.comer)) == (set(), ids)
    assert held(desk.colleague) == {desk.theirs.pk}
    assert (set(made.cases), made.deadlines, len(made.sheet)) == (ids, 2, 64)
    assert list(Deadline.objects.order_by("pk").values()) == clocks
    moved = Entry.objects.filter(action="desk.moved")
    assert {entry.case_id for entry in moved} == ids
    assert list(
        Entry.objects.filter(subject=f"handover:{made.pk}")
        .exclude(action="desk.moved")
        .values_list("action", "account_id")
    ) == [
        ("desk.offered", desk.handler.account_id),
        ("desk.accepted", desk.comer.account_id),
    ]


def test_who_works_on_a_matter_afterwards_has_it_in_hand():
    desk = Desk()
    desk.accept(desk.offer())
    desk.take(desk.mine[0], "pause", at(11, 7), actor=desk.colleague, reason="hearing")
    assert held(desk.comer) == {desk.mine[1].pk}
    assert desk.mine[0].pk in held(desk.colleague)


def test_the_same_sent_twice_moves_once_and_other_content_is_refused():
    desk, key, answer = Desk(), a_key(), a_key()
    made = desk.offer(key=key)
    assert desk.offer(key=key).pk == made.pk
    with pytest.raises(Conflict):
        desk.offer(key=key, words="别的话")
    with pytest.raises(NotPossible):
        desk.offer()  # one offer at a time
    first = desk.accept(made, key=answer)
    rows = Entry.objects.count()
    assert desk.accept(made, key=answer).sheet == first.sheet
    assert Entry.objects.count() == rows
    with pytest.raises(Conflict):
        desk.accept(made, accept=False, words="不接")


def test_who_did_not_accept_has_nothing_and_says_why():
    desk = Desk()
    made = desk.offer()
    with pytest.raises(NotPossible):
        desk.accept(made, accept=False)
    desk.accept(made, accept=False, words="我下周也要调走")
    assert (held(desk.comer), Charge.objects.count()) == (set(), 0)
    assert desk.offer().decision == ""  # another may be offered it


def test_nobody_but_the_one_named_accepts_and_nobody_offers_the_desk_of_another():
    desk = Desk()
    with pytest.raises(NotAllowed):
        desk.offer(actor=desk.colleague)
    with pytest.raises(NotPossible):
        desk.offer(actor=desk.head)  # still there
    for stranger in (an_official(Role.HANDLER, a_unit(region=desk.region)), desk.head, desk.handler):
        with pytest.raises(NotPossible):
            desk.offer(comer=stranger)
    made = desk.offer()
    with pytest.raises(NotPossible):
        desk.accept(made, actor=desk.colleague)
    assert Charge.objects.count() == 0


def test_the_head_decides_where_the_one_who_left_is_gone():
    desk = Desk()
    Post.objects.filter(pk=desk.handler.post_id).update(valid_to=at(11, 4).date())
    forget_everything()
    made = desk.offer(actor=desk.head)
    assert made.asked_by_id == desk.head.account_id
    desk.accept(made)
    assert held(desk.comer) == {case.pk for case in desk.mine}


def test_a_complaint_about_the_one_who_comes_stays_and_tells_them_nothing():
    desk = Desk()
    Case.objects.filter(pk=desk.mine[0].pk).update(against_account_id=desk.comer.account_id)
    made = desk.accept(desk.offer())
    assert made.cases == [desk.mine[1].pk]
    assert not Entry.objects.filter(action="desk.moved", case_id=desk.mine[0].pk).exists()
    assert held(desk.handler) == {desk.mine[0].pk}, "the head still has to give it to another"


def test_when_something_breaks_half_way_nothing_has_moved(monkeypatch):
    desk = Desk()
    made = desk.offer()
    written = []

    def breaks(**entry):
        written.append(entry)
        if len(written) == 2:
            raise OSError("the disk is gone")

    monkeypatch.setattr(handover, "record", breaks)
    with pytest.raises(OSError, match="disk"):
        desk.accept(made)
    made.refresh_from_db()
    assert (Charge.objects.count(), made.decision, made.cases) == (0, "", [])
    assert held(desk.handler) == {case.pk for case in desk.mine}


def test_five_hundred_matters_move_in_one_transaction():
    desk = Desk(matters=500)
    made = desk.offer()
    begun = time.perf_counter()
    made = desk.accept(made)
    seconds = time.perf_counter() - begun
    assert (len(made.cases), made.deadlines, len(held(desk.comer))) == (500, 500, 500)
    assert HandOver.objects.get().is_approved
    assert seconds < 10, f"{seconds:.2f} s"


def test_who_is_offered_a_desk_and_who_offered_it_have_something_new_until_they_have_answered_or_read():
    desk = Desk()
    made = desk.offer()
    assert [unanswered_for(one) for one in (desk.comer, desk.handler, desk.colleague)] == [1, 0, 0]
    desk.accept(made, accept=False, words="我下周也要调走")
    assert [unanswered_for(one) for one in (desk.comer, desk.handler, desk.colleague)] == [0, 1, 0]
    assert (mark_answers_read(desk.colleague, at(11, 7)), mark_answers_read(desk.handler, at(11, 7))) == (
        0,
        1,
    )
    assert unanswered_for(desk.handler) == 0
    made.refresh_from_db()
    assert made.answer_read_at == at(11, 7)
