"""A petition begun in the talk goes on as a form: the words are in it, and the talk ends once it is sent."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gongzhi.channels.talk.gathered import FORM, MATTER
from gongzhi.channels.talk.matters import demand_in
from gongzhi.channels.talk.places import place_in
from gongzhi.domains.petitions.api import begin_petition
from gongzhi.kernel.cases.models import Step
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices import incoming
from gongzhi.kernel.notices.incoming import TALK, State
from gongzhi.kernel.notices.models import Incoming

SALT: Final = "gongzhi.wechat.petition"
AT_ONCE: Final = 200


def form_of(row: Incoming) -> str:
    """Return the address at which the talk of a message goes on as a form, good for a day and for whoever is given it."""
    return reverse("wechat:petition", args=[signing.dumps(row.talk or row.pk, salt=SALT)])


@require_GET
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """Put what was said into the form of a petition, in this browser; nothing is changed by opening it."""
    try:
        talk_id = int(signing.loads(token, salt=SALT, max_age=TALK))
    except signing.BadSignature:
        messages.info(request, _("这个链接已经过期。请在这里直接填写。"))
        return HttpResponseRedirect(reverse("petitions:new"))
    with acting(SYSTEM):
        talk = Incoming.objects.filter(pk=talk_id).first()
        said = incoming.words_of(talk) if talk else []
        words = demand_in(" ".join(one.text for one in said if one.taken_as == MATTER))
        place = place_in(words, talk.region_code) if talk else ""
    return HttpResponseRedirect(begin_petition(request, key=_key_of(talk_id), said=words, region_code=place))


def end_talks_due(now: datetime) -> int:
    """End the talks whose form was sent, so that nobody looks after them; return how many."""
    waiting = Incoming.objects.filter(state=State.ASKED, asked=FORM)
    talks = {UUID(_key_of(talk.pk)): talk for talk in waiting.order_by("-moved_at")[:AT_ONCE]}
    sent = Step.objects.filter(key__in=talks).values_list("key", "case_id")
    for key, case_id in sent:
        incoming.move(talks[key], State.DONE, now, case_id=case_id)
    return len(sent)


def _key_of(talk_id: int) -> str:
    """Return the key of the petition that comes of a talk; nobody else can name it."""
    digest = salted_hmac(f"{SALT}.key", str(talk_id), algorithm="sha256").digest()
    return str(UUID(bytes=digest[:16], version=4))
