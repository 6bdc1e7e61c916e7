"""How a door is tried twice under one key: the second time nothing changes, and other content is refused with words."""

import json
from dataclasses import dataclass, field

from django.urls import reverse

from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.doors import a_key, changed, rows

OTHER = {"note": "另一种说法"}


@dataclass(frozen=True)
class Way:
    """How a step is tried: who takes it, at which stage, with which answers, and with which others."""

    who: str
    stage: str
    answers: dict = field(default_factory=dict)
    other: dict = field(default_factory=dict)

    def given(self, town):
        """The answers, with the units of a town by their names."""
        return {
            name: getattr(town, str(said)).pk if hasattr(town, str(said)) else said
            for name, said in self.answers.items()
        }


def step_taken_once(town, case, move, way):
    """Take a step of an official in a case, twice, and once more with other words."""
    address = reverse(f"{case.procedure.partition('.')[0]}:move", args=[case.pk, move])
    done_once(browser_of(getattr(town, way.who)), address, way.given(town))


def done_once(client, address, answers):
    """Open a door, send twice what it asks, and once more with other words under the same key."""
    sent = {"key": a_key(), **answers}
    assert client.get(address).status_code == 200
    sent_twice(client, address, sent)
    if "note" in sent:
        refused(client, address, {**sent, **OTHER})


def sent_twice(client, address, answers, **more):
    """Send the same twice; the second time nothing changes and the answer is the same. Return it."""
    first = client.post(address, answers, **more)
    assert first.status_code in (200, 201, 302, 303), first.content.decode()[-3000:]
    after = rows()
    again = client.post(address, answers, **more)
    assert again.headers.get("Location") == first.headers.get("Location")
    assert again.status_code in (first.status_code, 200, 302), again.status_code
    assert changed(after, rows()) == {}
    return again


def refused(client, address, answers, **more):
    """Send under a used key what was not sent before: refused with words, and nothing changes."""
    before = rows()
    answer = client.post(address, answers, **more)
    assert answer.status_code in (409, 422), (address, answer.status_code)
    said = (
        json.loads(answer.content)["message"]
        if "json" in answer.headers["Content-Type"]
        else answer.content.decode()
    )
    assert "已经用于另一" in said or "已经有人处理过" in said, said[-2000:]
    assert changed(before, rows()) == {}
