"""Papers of a petition: the person sees their own and what is meant for them; who is sealed stays sealed in their papers too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongzhi.domains.petitions.tests.factories import County, a_key
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.documents.models import Document
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db


def paper(name):
    return SimpleUploadedFile(name, name.encode(), content_type="text/plain")


def attach(client, address, name, **more):
    return client.post(address, {"key": a_key(), "papers": paper(name), **more})


def test_the_unit_prints_a_confidential_opinion_also_when_its_writer_had_it_first():
    county, now = County(), timezone.now()
    case = county.issued(now, confidential=True)
    assert b"".join(shown_code(case).get(f"/petitions/{case.pk}/letters/opinion/pdf/"))[:5] == b"%PDF-"
    printed = signed_in(county.handler).get(f"/petitions/cases/{case.pk}/opinion/pdf/")
    assert printed.status_code == 200
    assert b"".join(printed)[:5] == b"%PDF-"


def test_each_side_adds_and_reads_what_is_meant_for_it():
    county, now = County(), timezone.now()
    case = county.handling(now)
    person, handler = shown_code(case), signed_in(county.handler)
    assert attach(person, f"/petitions/{case.pk}/attach/", "公告.txt").status_code == 303
    office = f"/petitions/cases/{case.pk}/attach/"
    assert attach(handler, office, "内部笔录.txt").status_code == 303
    assert attach(handler, office, "丈量表.txt", to_person="on").status_code == 303

    theirs = person.get(f"/petitions/{case.pk}/").content.decode()
    assert all(name in theirs for name in ("公告.txt", "丈量表.txt"))
    assert "内部笔录" not in theirs
    inner = Document.objects.get(name="内部笔录.txt")
    assert person.get(f"/petitions/{case.pk}/files/{inner.pk}/").status_code == 422
    page = handler.get(f"/petitions/cases/{case.pk}/").content.decode()
    assert all(name in page for name in ("公告.txt", "内部笔录.txt", "丈量表.txt"))
    sent = Document.objects.get(name="公告.txt")
    assert b"".join(handler.get(f"/petitions/cases/{case.pk}/documents/{sent.pk}/")) == "公告.txt".encode()
    assert Entry.objects.filter(action="document.read", subject=f"document:{sent.pk}").count() == 1


def test_papers_of_a_sealed_petition_are_kept_from_the_unit():
    county, now = County(), timezone.now()
    case = county.handling(now, confidential=True)
    attach(shown_code(case), f"/petitions/{case.pk}/attach/", "我的身份证明.txt")
    sent, handler = Document.objects.get(), signed_in(county.handler)
    assert "我的身份证明" not in handler.get(f"/petitions/cases/{case.pk}/").content.decode()
    assert handler.get(f"/petitions/cases/{case.pk}/documents/{sent.pk}/").status_code == 422
    office = signed_in(county.dispatcher)
    assert "我的身份证明" in office.get(f"/petitions/cases/{case.pk}/").content.decode()
