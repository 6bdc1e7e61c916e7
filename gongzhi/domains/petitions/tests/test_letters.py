"""Every notice that the law owes a petitioner stands on a page and on paper: its wording, large, and in plain words."""

import pytest
from django.utils import timezone

from gongzhi.domains.petitions.models import Opinion, Petition
from gongzhi.domains.petitions.queries.letters import letter_of, letters_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.queries.posting import petitions_to_post
from gongzhi.domains.petitions.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.store import content_of, hash_of
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db


def letter(county, case, key):
    return letter_of(matter_for(county.asker(case), case.pk), key)


def words(found):
    return " ".join(f"{head} {said}" for head, said in found.parts)


def pdf(client, case, key, way=""):
    answer = client.get(f"/petitions/{case.pk}/letters/{key}/pdf/", {"as": way} if way else {})
    return b"".join(answer)


def test_the_acceptance_names_the_sixty_days_and_says_it_plainly():
    county = County()
    case = county.handling(at(3, 30))
    found = letter(county, case, "acceptance")
    assert all(one in words(found) for one in ("第三十四条", "六十日", "2026年5月29日"))
    assert found.number == f"信受〔2026〕{case.number}号"
    assert any("最晚2026年5月29日给您书面答复" in line for line in found.plain)


def test_the_extension_says_why_and_until_when():
    county = County()
    case = county.handling(at(3, 30))
    county.do("extend_petition", case, at(5, 20), county.head, note="面积要重新测量")
    found = letter(county, case, "extension")
    assert all(one in words(found) for one in ("面积要重新测量", "第三十四条", "2026年6月29日"))


def test_what_is_not_accepted_names_the_live_matter_and_what_is_finished_the_relief():
    county = County()
    live, second = county.handling(at(3, 2)), county.submit(at(3, 3))
    said = {"reason": "live", "note": "同一件正在办", "live_id": live.pk}
    county.do("refuse_acceptance", second, at(3, 4), county.dispatcher, **said)
    assert all(one in words(letter(county, second, "refusal")) for one in (live.number, "第十九条第三款"))

    visit, at_province = (
        county.submit(at(3, 4), channel="visit"),
        an_official(Role.DISPATCHER, county.province),
    )
    said = {"reason": "wrong_level", "note": "请就近反映", "competent_id": county.bureau.pk}
    county.do("refuse_acceptance", visit, at(3, 4), at_province, **said)
    refused = letter(county, visit, "refusal")
    assert all(one in words(refused) for one in ("第二十条第一款", county.bureau.name, "不受级别限制"))
    assert any(county.bureau.name in line for line in refused.plain)

    last = county.rereviewed(at(3, 5))
    county.review_served(last, at(3, 6), county.province_handler, county.province_head)
    again = county.submit(at(3, 9))
    county.do(
        "accept_no_longer", again, at(3, 10), county.dispatcher, reason="finished", note="事实和理由相同"
    )
    found = letter(county, again, "finished")
    assert all(one in words(found) for one in ("第三十六条第三款", "第三十七条", "不再受理"))
    assert any("新的事实" in line for line in found.plain)


@pytest.mark.parametrize(
    ("stage", "title", "remedy", "day"),
    [
        ("served", "信访事项处理意见书", "复查", "2026年4月1日"),
        ("reviewed", "信访事项复查意见书", "复核", "2026年4月1日"),
        ("rereviewed", "信访事项复核意见书", "终结意见", ""),
    ],
)
def test_each_opinion_holds_what_art_32_demands_and_the_remedy_with_its_day(stage, title, remedy, day):
    county = County()
    case = getattr(county, stage)(at(3, 2))
    if stage == "reviewed":
        county.review_served(case, at(3, 2), county.city_handler, county.city_head)
    if stage == "rereviewed":
        county.review_served(case, at(3, 2), county.province_handler, county.province_head)
    found = letter(county, case, "opinion")
    assert (found.title, found.number, found.code) == (
        title,
        Opinion.objects.get(pk=case.pk).number,
        Opinion.objects.get(pk=case.pk).code,
    )
    heads = {head for head, _ in found.parts}
    assert {"请求", "查明的事实和理由", "处理意见", "依据", "救济途径"} <= heads
    assert all(one in words(found) for one in ("不予支持", "土地管理法第四十八条", remedy, day))


def test_a_draft_is_no_letter():
    county = County()
    case = county.drafted(at(3, 2))
    assert [one.key for one in letters_of(matter_for(county.asker(case), case.pk))] == ["acceptance"]
    assert shown_code(case).get(f"/petitions/{case.pk}/letters/opinion/").status_code == 404


def test_the_opinion_is_kept_with_the_case_and_every_download_is_the_same_file():
    county, now = County(), timezone.now()
    case = county.drafted(now)
    head = signed_in(county.head)
    assert head.post(f"/petitions/cases/{case.pk}/do/issue_opinion/", {"key": a_key()}).status_code == 303
    kept = Document.objects.get(case_id=case.pk, kind="generated")
    assert "信访事项处理意见书" in kept.name

    first = pdf(shown_code(case), case, "opinion")
    county.do("serve_opinion", case, timezone.now(), county.handler, note="当面送达")
    second = pdf(shown_code(case), case, "opinion")
    assert first == second == content_of(kept.sha256)
    assert (first[:5], hash_of(first)) == (b"%PDF-", kept.sha256)
    assert Document.objects.count() == 1
    served = signed_in(county.handler).get(f"/petitions/cases/{case.pk}/opinion/pdf/")
    assert b"".join(served) == first


def test_what_was_handed_over_needs_no_posting():
    county, now = County(), timezone.now()
    case = county.issued(now)
    Petition.objects.filter(pk=case.pk).update(by_post=True)
    posts = county.dispatcher
    assert [one.pk for one in petitions_to_post(posts)] == [case.pk]
    county.do("serve_opinion", case, now, county.handler, note="当面送达，本人签收")
    assert petitions_to_post(posts) == []


def test_each_notice_can_be_read_and_downloaded_in_three_ways():
    county, now = County(), timezone.now()
    case, client = county.served(now), None
    client = shown_code(case)
    page = client.get(f"/petitions/{case.pk}/").content.decode()
    for key in ("acceptance", "opinion"):
        assert f"/petitions/{case.pk}/letters/{key}/" in page
        made = {way: pdf(client, case, key, way) for way in ("", "large", "plain")}
        assert all(one.startswith(b"%PDF-") for one in made.values())
        assert len(set(made.values())) == 3
        shown = {
            way: client.get(f"/petitions/{case.pk}/letters/{key}/?as={way}") for way in ("large", "plain")
        }
        assert "c-sheet__large" in shown["large"].content.decode()
        assert "打 12345" in shown["plain"].content.decode()


def test_nobody_else_gets_a_letter():
    county, now = County(), timezone.now()
    case = county.served(now)
    county.submit(now, actor=county.person(phone="13800002222", name="钱二"))
    other = Case.objects.exclude(pk=case.pk).get(opened_by_id__isnull=False)
    stranger = shown_code(other)
    for way in ("", "pdf/"):
        answer = stranger.get(f"/petitions/{case.pk}/letters/opinion/{way}")
        assert answer.status_code in {302, 303, 404}
    assert (
        signed_in(county.staff(county.other)[0]).get(f"/petitions/cases/{case.pk}/opinion/pdf/").status_code
        != 200
    )


def test_an_opinion_is_explained_in_english_and_nothing_else_is():
    county, now = County(), timezone.now()
    case = county.served(now)
    found = letter(county, case, "opinion")
    said = " ".join(f"{head} {words}" for head, words in found.english)
    assert all(
        one in said for one in ("not supported", "article 35", "土地管理法第四十八条", "The last day is")
    )
    client, address = shown_code(case), f"/petitions/{case.pk}/letters/opinion/"
    page = client.get(address, {"as": "english"}).content.decode()
    assert "the Chinese text is the notice" in page
    assert "印章位置" not in page
    assert pdf(client, case, "opinion", "english").startswith(b"%PDF-")
    assert letter(county, case, "acceptance").english == ()
    assert "as=english" not in client.get(f"/petitions/{case.pk}/letters/acceptance/").content.decode()
