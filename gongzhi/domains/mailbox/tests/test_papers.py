"""照片和材料 of a letter: added by its writer and by offices, seen by those who may."""

from io import BytesIO

import pytest

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.tests.factories import County, at
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.papers import open_paper, papers_of

pytestmark = pytest.mark.django_db
DAY = at(3, 2)


def attach(actor, case, name="证明.txt", **more):
    content = BytesIO(name.encode())
    return services.attach_file(actor=actor, case_id=case.pk, name=name, content=content, now=DAY, **more)


def seen(actor, case):
    return [paper.name for paper in papers_of(actor, case)]


def test_the_office_and_the_unit_see_what_the_writer_sends_and_the_writer_what_is_meant_for_them():
    county = County()
    case = county.handling(DAY)
    attach(county.writer(case), case, "照片.txt")
    attach(county.handler, case, "内部.txt")
    attach(county.staff, case, "公告.txt", to_person=True)
    for actor in (county.staff, county.handler, county.dispatcher):
        assert seen(actor, case) == ["照片.txt", "内部.txt", "公告.txt"]
    assert seen(county.writer(case), case) == ["照片.txt", "公告.txt"]


def test_what_the_writer_of_a_confidential_letter_sends_is_kept_from_the_unit():
    county = County()
    case = county.handling(DAY, confidential=True)
    paper = attach(county.writer(case), case, "我的证件.txt")
    assert seen(county.handler, case) == []
    with pytest.raises(NotPossible):
        open_paper(actor=county.handler, reads="mailbox.read", case_id=case.pk, document_id=paper.pk, now=DAY)
    kept, content = open_paper(
        actor=county.staff, reads="mailbox.read", case_id=case.pk, document_id=paper.pk, now=DAY
    )
    assert (kept.pk, content.read().decode()) == (paper.pk, "我的证件.txt")
    assert Entry.objects.filter(action="document.read", subject=f"document:{paper.pk}").count() == 1


def test_a_letter_that_goes_around_its_office_takes_no_paper_from_it():
    county = County()
    case = county.write(DAY, about_office=True)
    attach(county.writer(case), case)
    for actor in (county.staff, county.leader, county.head):
        with pytest.raises((NotAllowed, NotPossible)):
            attach(actor, case, "看看.txt")
    assert seen(county.city_dispatcher, case) == ["证明.txt"]


def test_a_letter_on_paper_is_only_typed_in_where_its_mailbox_is():
    county = County()
    said = services.Submission(
        office=county.mailbox.key,
        title="桥",
        text="村口的桥栏杆松了。",
        region_code=county.place.code,
        name="赵大爷",
        phone="13800001111",
        channel="letter",
    )
    key = "7f1d5c9e-0a4f-4d0a-9b53-2f0f3c1d7a11"
    with pytest.raises(NotPossible, match="本单位信箱"):
        services.register_letter(actor=county.handler, submission=said, now=DAY, key=key)
    for actor in (county.dispatcher, county.supervisor):
        with pytest.raises(NotAllowed):
            services.register_letter(actor=actor, submission=said, now=DAY, key=key)
    letter = services.register_letter(actor=county.staff, submission=said, now=DAY, key=key)
    assert (letter.case.channel, letter.case.stage) == ("letter", "received")
