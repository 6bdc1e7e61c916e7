"""Who complains by text is asked about whom once, and whom it is about never has it before somebody has looked into it."""

import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.channels.talk import answers
from gongzhi.channels.talk.gathered import complains, whom_in
from gongzhi.channels.talk.hearing import QUESTIONS
from gongzhi.channels.talk.tests.test_hearing import NOW, county, replies, send
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import a_key
from gongzhi.kernel.notices.incoming import NOT_SAID

__all__ = ["county"]


@pytest.mark.parametrize(
    ("text", "is_one", "whom"),
    [
        ("投诉：汤阴县任固镇有人拿着补偿款名单不给看", True, ""),
        ("我要举报任固镇东街村村支书收了低保户的钱", True, "任固镇东街村村支书"),
        ("窗口工作人员态度恶劣，叫我跑了四趟", True, "窗口"),
        ("汤阴县城关镇的路灯坏了三天", False, ""),
        ("投诉过三次路灯了还是不亮", False, ""),
        ("邻居家的狗半夜打人似的叫", False, ""),
        ("打了12345投诉电话没人管路灯", False, ""),
        ("我要感谢派出所民警，没有不作为", False, ""),
        ("我要投诉不动产登记中心乱收费", True, "不动产登记中心"),
        ("我去镇政府办事被刁难", True, "镇政府"),
    ],
)
def test_what_is_a_complaint_and_whom_it_names(text, is_one, whom):
    assert complains(text) is is_one
    assert not is_one or whom_in(text) == whom


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reply", "named"),
    [
        ("城建所的小李", "城建所的小李"),
        ("不动产登记中心", "不动产登记中心"),
        ("不知道名字，是城建所窗口的女同志", "不知道名字，是城建所窗口的女同志"),
        ("0", NOT_SAID),
        ("不知道。", NOT_SAID),
        ("不愿意透露姓名", NOT_SAID),
    ],
)
def test_who_complains_is_asked_whom_and_nothing_is_dispatched_before_it_was_looked_into(
    county, reply, named
):
    for words in ("投诉：汤阴县补偿款名单不给看，叫我跑了四趟", reply, "赵大爷"):
        send(words)
    assert replies() == [answers.WHOM, answers.NAME]
    request = Request.objects.select_related("case").get()
    assert (request.kind, request.complained_of) == ("complaint", named)
    assert request.text == "投诉：汤阴县补偿款名单不给看，叫我跑了四趟"
    with pytest.raises(NotPossible, match="反映的对象"):
        services.dispatch_request(
            actor=county.dispatcher, case_id=request.pk, unit_id=county.bureau.pk, now=NOW, key=a_key()
        )


@pytest.mark.django_db
def test_who_has_named_an_office_is_not_asked_again_and_what_is_no_complaint_is_as_before(county):
    for words in ("我要举报汤阴县东街村村支书收了低保户的钱", "0"):
        send(words)
    assert replies() == [answers.NAME]
    assert Request.objects.get().complained_of == "汤阴县东街村村支书"


@pytest.mark.django_db
def test_the_questions_stay_three_at_most(county):
    for words in ("你好", "我要投诉，名单不给看，跑了四趟也没有人理", "汤阴县", "0"):
        send(words)
    assert replies() == [answers.WHAT, answers.WHERE, answers.WHOM]
    assert len(replies()) == QUESTIONS
    assert Request.objects.get().complained_of == NOT_SAID
