"""Every door through which something is written, and a county in which each can be tried."""

import io
import uuid
from datetime import date, timedelta
from http import HTTPStatus

from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.insight.integrity.models import Finding
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.tests.factories import a_local_value
from gongzhi.project.api import api
from gongzhi.web.tests.browsers import shown_code, signed_in

LOOKS = (  # what is written because somebody looked, tried or was told once more
    *("django_session", "people_attempt", "access_look", "notices_read"),
    *("audit_leaf", "audit_node", "audit_checkpoint", "audit_sealing"),
)
#: The doors of the mailbox that `test_letters_are_written_once` tries.
LETTER_DOORS = ("new", "register", "move", "add", "withdraw", "rate", "onward")
#: The doors of the petitions that `test_petitions_are_written_once` tries.
PETITION_DOORS = (
    *("protection", "answer-protection"),
    *("move", "reception", "add", "withdraw", "receive", "ask-review", "ask-rereview", "rate"),
)
READ = "action NOT LIKE '%.read' AND action NOT LIKE '%.code_shown' AND action <> 'person.search'"


def posting_routes(resolver=None, space=""):
    """The names of all routes outside of admin and interface whose page answers a POST."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in ("admin", "api"):
                yield from posting_routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif _answers_post(entry.callback):
            yield f"{space}{entry.name or entry.pattern}"


def _answers_post(view):
    kind = getattr(view, "view_class", None)
    if kind is None:  # a plain function says nothing about itself: it is asked, and counts unless it declines
        try:
            return view(RequestFactory().post("/")).status_code != HTTPStatus.METHOD_NOT_ALLOWED
        except TypeError:  # it wants a part of its address
            return True
    return hasattr(kind, "post") and "post" in kind.http_method_names


def interface_writes():
    """The operations of the interface that are not GET, by the name of their function."""
    return {
        operation.view_func.__name__
        for _prefix, router in api._routers
        for path in router.path_operations.values()
        for operation in path.operations
        if set(operation.methods) - {"GET"}
    }


def administrators_adds(site: AdminSite, request):
    """The models of which an administrator may add rows."""
    return {
        model._meta.label
        for model, each in site._registry.items()
        if isinstance(each, ModelAdmin) and each.has_add_permission(request)
    }


def rows():
    """Every table with the number and a digest of its rows, without what is written about mere looks."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in LOOKS or table.startswith("django_"):
                continue
            only = f"WHERE {READ}" if table == "audit_entry" else ""
            cursor.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t {only}"  # noqa: S608
            )
            found[table] = cursor.fetchone()
    return found


def changed(before, after):
    """The tables that differ."""
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def a_finding(county, cases=(), reason="", answer=""):
    """A finding about the bureau of a county that nobody has decided, on some matters."""
    return Finding.objects.create(
        kind="one_photo_for_many",
        domain="hotline",
        unit=county.bureau,
        region_code=county.region.code,
        first=date(2026, 7, 1),
        last=date(2026, 9, 30),
        cases=list(cases),
        figures={"hits": 2, "different": 2},
        found_at=timezone.now(),
        reason=reason,
        answer=answer,
    )


def photo(shade=120):
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (40, 40), (shade, 90, 60)).save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), content_type="image/jpeg")


class Town(County):
    """A county with requests at every stage."""

    def __init__(self):
        super().__init__()
        self.now = timezone.now()

    def browser(self, who):
        """The browser of an official, signed in to their post; of nobody otherwise."""
        return signed_in(getattr(self, who)) if who else Client()

    def citizen(self, *requests):
        """The browser of a person who has shown the codes of some requests."""
        return shown_code(*(request.case for request in requests))

    def at(self, stage):
        """A new request at a stage."""
        return getattr(self, f"_{stage}")()

    def _received(self):
        return self.submit(self.now)

    def _dispatched(self):
        return self.dispatched(self.now)

    def _handling(self):
        return self.handling(self.now)

    def _replied(self):
        return self.replied(self.now)

    def _disputed(self):
        request = self.submit(self.now)
        for _ in range(2):
            services.dispatch_request(actor=self.dispatcher, case_id=request.pk, now=self.now, key=a_key())
            services.return_request(
                actor=self.handler,
                case_id=request.pk,
                reason="not_our_duty",
                note="不归我们",
                now=self.now,
                key=a_key(),
            )
        return request

    def _review(self):
        a_local_value(
            "hotline.reply_review", True, since=self.now.date() - timedelta(days=len(Case.objects.all()) + 1)
        )
        return self.replied(self.now)

    def _dissatisfied(self):
        request = self.replied(self.now)
        services.rate_request(
            actor=self.asker(request), case_id=request.pk, grade=1, words="", now=self.now, key=a_key()
        )
        return request

    def _contested(self):
        request = self.replied(self.now)
        services.contest_reply(
            actor=self.asker(request), case_id=request.pk, note="没修好", now=self.now, key=a_key()
        )
        return request

    def _invited(self):
        request = self.handling(self.now)
        services.invite_units(
            actor=self.handler,
            case_id=request.pk,
            units=[self.other.pk],
            note="请协助",
            now=self.now,
            key=a_key(),
        )
        return Case.objects.get(parent=request.pk)

    def _joined(self):
        child = self._invited()
        services.move_request(
            actor=self.other_handler, case_id=child.pk, move="join", now=self.now, key=a_key()
        )
        return child


def a_draft(client, title="路灯不亮"):
    """Fill in the first three steps; return the draft's key and the address of the last step."""
    key = str(uuid.uuid4())
    client.post(
        "/hotline/new/kind/?in=urban", {"key": key, "category": "urban.lighting.streetlamp", "kind": "help"}
    )
    what = {"text": f"{title}，坏了一个星期，看不见路。", "place": "桥北"}
    places = {"region-county": "410523", "region-township": "410523100", "region-village": "410523100201"}
    client.post(f"/hotline/new/{key}/what/", {"key": key, **what, **places})
    contact = {"key": key, "name": "赵大爷", "phone": "13800001111", "privacy": "ordinary"}
    client.post(f"/hotline/new/{key}/contact/", contact)
    return key, f"/hotline/new/{key}/check/"
