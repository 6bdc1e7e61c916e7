"""A picture sent in the talk becomes a paper of its matter, without the place it was taken at; what is not kept is said."""

import io
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from gongzhi.channels.talk import answers
from gongzhi.channels.wechat import pictures
from gongzhi.channels.wechat.account import FileAccount
from gongzhi.channels.wechat.pictures import KEPT_BY_PLATFORM, keep_pictures_due
from gongzhi.channels.wechat.tests.test_door import ALICE, BOB, account, county, said, send, xml_of
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.services import hand_to_petitions
from gongzhi.domains.petitions.models import Petition
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import documents_of, open_document
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.models import Incoming, Message
from gongzhi.kernel.people.binding import bind_follower, offer_binding
from gongzhi.kernel.people.persons import person_with_openid

__all__ = ["account", "county"]
pytestmark = pytest.mark.django_db
PLACE = 0x8825  # where EXIF keeps the place


@pytest.fixture
def media(monkeypatch, tmp_path, settings):
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    monkeypatch.setattr(pictures, "account_in_use", lambda: FileAccount(tmp_path))
    (tmp_path / "media").mkdir()
    return tmp_path / "media"


def a_photo():
    exif = Image.Exif()
    exif.get_ifd(PLACE)[1] = "N"
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG", exif=exif)
    assert PLACE in Image.open(io.BytesIO(made.getvalue())).getexif()
    return made.getvalue()


def show(client, name="m1", sender=ALICE):
    return said(send(client, xml_of(kind="image", sender=sender, more=f"<MediaId>{name}</MediaId>")))


def work(now=None):
    with acting(SYSTEM):
        return keep_pictures_due(now or timezone.now())


def register(client, sender=ALICE):
    for words in ("汤阴县村口的路灯坏了一个星期，晚上看不见路", "赵大爷"):
        send(client, xml_of(words, sender=sender))
    return Request.objects.latest("pk")


def test_a_picture_in_the_talk_is_kept_once_the_matter_is_registered(client, county, media):
    (media / "m1").write_bytes(a_photo())
    send(client, xml_of("汤阴县村口的路灯坏了一个星期，晚上看不见路"))
    assert show(client) == answers.PICTURE_IN_TALK
    assert work() == 0, "there is no matter yet"
    send(client, xml_of("赵大爷"))

    request = Request.objects.get()
    assert request.text == "汤阴县村口的路灯坏了一个星期，晚上看不见路"
    assert (work(), work()) == (1, 0)
    (paper,) = documents_of(request.pk)
    assert (paper.kind, paper.from_office, paper.name) == (Document.Kind.PHOTO, False, "微信照片.jpg")
    assert PLACE not in Image.open(open_document(paper)).getexif()


def test_a_picture_for_the_one_matter_in_hand_is_added_and_one_for_none_is_asked_for_later(
    client, county, media
):
    assert show(client) == answers.PICTURE_LATER
    request = register(client)
    (media / "m2").write_bytes(a_photo())
    assert show(client, "m2") == answers.PICTURE_ADDED
    assert show(client, "m2", sender=BOB) == answers.PICTURE_LATER, "another follower has none in hand"
    assert work() == 1
    assert documents_of(request.pk).count() == 1


def test_who_is_bound_to_a_phone_adds_pictures_to_what_was_asked_with_it(client, county, media):
    request = county.submit(timezone.now())
    follower = person_with_openid(ALICE, now=timezone.now())
    offer_binding(request.case.opened_by_id, code="ABCDEFGH", now=timezone.now())
    assert bind_follower(follower, code="ABCDEFGH", now=timezone.now())
    (media / "m1").write_bytes(a_photo())

    assert show(client) == answers.PICTURE_ADDED
    assert work() == 1
    assert documents_of(request.pk).count() == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"\x00\x01 nothing we know", "不能上传"), (b"x" * (10 * 1024 * 1024 + 1), "不能超过")],
)
def test_whose_picture_is_not_kept_is_told_why(client, county, media, content, why):
    request = register(client)
    (media / "m1").write_bytes(content)
    show(client)
    assert work() == 0
    assert not documents_of(request.pk).exists()
    assert why in Message.objects.get(recipient__startswith="picture:").text
    assert not Incoming.objects.exclude(media_id="").exists()


def test_what_the_platform_does_not_hand_over_is_asked_for_again_and_given_up_with_a_word(
    client, county, media
):
    request, now = register(client), timezone.now()
    show(client, "late")
    assert work(now) == 0
    (media / "late").write_bytes(a_photo())
    assert work(now + timedelta(minutes=1)) == 1
    assert documents_of(request.pk).count() == 1

    show(client, "never")
    assert work(now + timedelta(hours=1)) == 0
    assert not Message.objects.filter(recipient__startswith="picture:").exists()
    assert work(timezone.now() + KEPT_BY_PLATFORM) == 0
    assert "再发一次" in Message.objects.get(recipient__startswith="picture:").text
    assert not Incoming.objects.exclude(media_id="").exists()


def test_a_picture_that_is_late_follows_its_matter_to_the_petition_office(client, county, media):
    request = register(client)
    (media / "m2").write_bytes(a_photo())
    show(client, "m2")
    hand_to_petitions(actor=county.dispatcher, case_id=request.pk, now=timezone.now(), key=str(uuid.uuid4()))
    assert work() == 1
    assert documents_of(Petition.objects.get().pk).count() == 1
    assert not documents_of(request.pk).exists()
