"""Every door that takes something, asked with the keys of another city; which doors a list of questions reaches."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve
from django.utils import timezone

from gongzhi.kernel.people.models import Person
from gongzhi.project.api import api
from gongzhi.project.tests.asking import UUID

#: Doors that take no key of a matter, a paper or a person: what they change is the visitor's own.
OF_ONESELF = {
    "web:display": "two cookies",
    "web:gallery": "shows components",
    "web:favicon.ico": "hands out a picture",
    "personal_information:wechat": "a code to the phone of who one has shown to be",
    "personal_information:part": "the account that is bound to oneself",
    "wechat:door": "takes in what whoever holds the token signed",
    "sms:receipts": "takes in what whoever holds the key signed",
    "sms:incoming": "takes in what whoever holds the key signed",
    **{
        f"accounts:{name}": "the own session and account"
        for name in (
            *("sign-in", "second-factor", "second-factor-setup", "second-factor-skip"),
            *("new-password", "password", "posts", "sign-out"),
        )
    },
    **{
        f"hotline:new-{name}": "the draft in the own session" for name in ("kind", "what", "contact", "check")
    },
    "mailbox:new": "a new letter; nothing is looked up",
    **{
        f"petitions:new{step}": "the draft in the own session" for step in ("", "-what", "-contact", "-check")
    },
}
PETITION, LETTER = 7, 9  # the petition and the letter among the matters of a city
API = "/api/v1"


def every_door(here, elsewhere, number):
    """Posts to each door that is opened by a number, a code or a phone, with those of the other city."""
    *_words, query_code, phone = (mark for mark in elsewhere.marks[number] if mark.isascii() and mark)
    day, note = timezone.localdate(), {"key": UUID, "note": "看看", "words": "看看，请核对情况"}
    decided = {**note, "decision": "approve"}
    sent = [
        (f"/hotline/track/{number}/{what}/", {**note, "grade": "5"})
        for what in ("rate", "contest", "add", "urge", "withdraw")
    ]
    case_id = elsewhere.cases[PETITION]
    sent += [
        (f"/petitions/{case_id}/{what}/", {**note, "grade_office": "3", "grade_unit": "3"})
        for what in ("protection", "add", "withdraw", "receive", "review", "rereview", "rate")
    ]
    sent += [
        (f"/petitions/cases/{case_id}/{what}/", {**note, "purpose": "hear", "reason": "看看"})
        for what in ("reveal", "do/forward", "do/name", "do/recommend", "do/supervise", "do/draft_opinion")
    ]
    letter_id = elsewhere.cases[LETTER]
    office = {"key": UUID, "title": "看看", "unit_id": elsewhere.county.bureau.pk, "address": "look"}
    sent += [("/mailbox/kept/", office), (f"/mailbox/kept/head-{elsewhere.county.region.code}/close/", note)]
    shown = {"title": "看看", "text": "看看", "reply": "看看", "checked": "on"}
    sent += [
        (f"/mailbox/{letter_id}/{what}/", {**note, "grade": "5"})
        for what in ("add", "withdraw", "rate", "onward", "leave/no", "leave/yes")
    ]
    sent += [
        (f"/mailbox/cases/{letter_id}/{what}/", {**note, **shown, "purpose": "hear", "reason": "看看"})
        for what in (
            "reveal",
            "publish",
            "take-down",
            "posted",
            "do/mark",
            "do/name",
            "do/supervise",
            "do/draft_answer",
        )
    ]
    paper = SimpleUploadedFile("看看.txt", "看看".encode(), content_type="text/plain")
    call = {"key": UUID, "phone": phone, "name": "某人"}
    days = {"replied_from": day - timedelta(days=9), "replied_to": day, "size": 5}
    period = {"opened_from": day - timedelta(days=9), "opened_to": day, "kind": "csv"}
    sent += [
        ("/petitions/reception/", {**call, "kind": "appeal", "demand": "看看从前说过什么。"}),
        (f"/hotline/cases/{number}/posted/", {"key": UUID}),
        (f"/hotline/cases/{number}/take-down/", note),
        (f"/hotline/cases/{number}/clear/", {"key": UUID, "cleared": "on"}),
        (f"/hotline/track/{number}/leave/", {"key": UUID}),
        (f"/petitions/cases/{case_id}/posted/", {"key": UUID}),
        (f"/hotline/cases/{number}/attach/", {"key": UUID, "papers": paper}),
        (f"/petitions/cases/{case_id}/attach/", {"key": UUID, "papers": paper}),
        (f"/petitions/{case_id}/attach/", {"key": UUID, "papers": paper}),
        (f"/mailbox/cases/{letter_id}/attach/", {"key": UUID, "papers": paper}),
        (f"/mailbox/{letter_id}/attach/", {"key": UUID, "papers": paper}),
        (
            "/mailbox/register/",
            {**call, **shown, "office": f"head-{elsewhere.county.region.code}", "read_through": "on"},
        ),
        ("/hotline/call/", {**call, "look": "1"}),
        ("/hotline/call/", {**call, "kind": "help", "text": "看看从前说过什么。", "main": number}),
        ("/hotline/samples/", {"key": UUID, **days, "region": elsewhere.county.region.code}),
        (f"/hotline/samples/{elsewhere.draw}/", {"key": UUID}),
        (f"/hotline/scorecard/findings/{elsewhere.finding}/answer/", note),
        (
            f"/hotline/scorecard/findings/{elsewhere.finding}/decide/",
            {"key": UUID, "state": "confirmed", "reason": "看看"},
        ),
        *(
            (f"/hotline/texts/{key}/{what}", {**note, "reply": "看看", "text": "看看从前说过什么。"})
            for key in elsewhere.rows["notices_incoming"]
            for what in ("", "answer/")
        ),
        ("/desk/wordings/new/", {**note, "template": "hotline/notices/upheld.txt", "text": "看看"}),
        *(
            ("/desk/handovers/new/", {**note, "from_post_id": post, "to_post_id": post})
            for post in list(elsewhere.rows["people_post"])[:2]
        ),
        (
            f"/petitions/units/{elsewhere.county.bureau.pk}/edit/",
            {"key": UUID, **dict.fromkeys(("address", "phone", "place", "hours"), "看看")},
        ),
        ("/desk/exports/new/", {**note, **period, "purpose": "hotline.visit"}),
    ]
    for table, ways in {
        "access_delayorder": ("delays/{}/",),
        "access_export": ("exports/{}/", "exports/{}/file/"),
        "retention_legalhold": ("holds/{}/lift/",),
        "notices_wording": ("wordings/{}/",),
        "cases_handover": ("handovers/{}/",),
        "petitions_protection": ("../petitions/protections/{}/",),
    }.items():
        sent += [
            (
                f"/desk/{way.format(key)}".replace("/desk/..", ""),
                {**decided, "reason": "看看", "answer": "看看"},
            )
            for key in elsewhere.rows[table]
            for way in ways
        ]
    person = Person.objects.get(pk=elsewhere.citizen.person_id)
    asked = {"key": UUID, "new_name": "某人", "asker": person.pk, "text": "看看"}
    sent += [(f"/personal_information/new/{right}/", asked) for right in ("see", "correct", "delete")]
    request = {"kind": "help", "category": here.county.lamps.key, "text": "看看从前说过什么，路灯坏了。"}
    request |= {"region": elsewhere.county.place.code, "name": "某人", "phone": phone}
    return [
        *sent,
        (f"{API}/hotline/requests", request),
        (f"{API}/hotline/requests/track", {"query_code": query_code, "last_four": "9999"}),
    ]


def post(client, address, data):
    """Send a question as its door takes it: as JSON under a key, or as a form, whose files are read anew."""
    if address.startswith(API):
        return client.post(address, data, content_type="application/json", headers={"Idempotency-Key": UUID})
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return client.post(address, data)


def doors_asked(asked):
    """The names of the doors that questions reach by POST, as `posting_routes` and `interface_writes` name them."""
    writes = {
        f"{API}{prefix}{path}": operation.view_func.__name__
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if "POST" in operation.methods
    }
    posted = {address for how, address, _data in asked if how == "POST"}
    return {writes.get(address) or resolve(address).view_name for address in posted}
