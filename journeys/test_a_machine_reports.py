"""A machine sends a request to the really started server, behind the second lock, and is told by when it is answered."""

import uuid

from playwright.sync_api import Page

REQUEST = {
    "kind": "help",
    "category": "urban.lighting.streetlamp",
    "text": "村口三盏路灯坏了一个星期，看不见路。",
    "region": "410523",
    "name": "冯大娘",
    "phone": "13603729983",
}


def test_a_machine_is_told_by_when_its_request_is_answered_and_by_which_article(phone: Page):
    key = {"Idempotency-Key": str(uuid.uuid4())}

    first = phone.request.post("/api/v1/hotline/requests", data=REQUEST, headers=key)
    again = phone.request.post("/api/v1/hotline/requests", data=REQUEST, headers=key)

    assert (first.status, again.status) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["answer_by"] and "第五十条" in first.json()["basis"]
