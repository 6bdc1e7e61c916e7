"""Addresses for the tests of the shell: its own pages, stand-ins for the domains' pages, and pages that decline."""

from typing import Any, ClassVar

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.web import errors
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class WordForm(Form):
    """One word."""

    word = forms.CharField(label="词", max_length=10)


class SayWord(UseCasePage):
    """Carries out what the word says."""

    title = "说一个词"
    button = "说"
    form_class = WordForm
    said: ClassVar[list[tuple[str, str]]] = []

    def perform(self, form: Form, *, key: str) -> object:
        """Note the word, or decline."""
        word = form.answers["word"]
        if word == "forbidden":
            raise NotAllowed("请换到承办岗位再试")
        if word == "impossible":
            raise NotPossible("%(name)s 已经办结，不能再派", name="410102-0000001")
        if word == "conflict":
            raise Conflict("这份内容已经提交过")
        self.said.append((key, word))
        return word

    def next_url(self, outcome: Any) -> str:
        """Say where to go."""
        return f"/said/{outcome}/"


def _stand_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def _declines(request: HttpRequest) -> HttpResponse:
    raise NotPossible("请先选择 %(what)s", what="承办单位")


def _without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


hotline = ([path(f"{name}/", _stand_in, name=name) for name in ("new", "track", "public")], "hotline")
urlpatterns = [
    path("", include("gongzhi.desks.citizen.urls")),
    path("", include("gongzhi.web.urls")),
    path("hotline/", include(hotline)),
    path("word/", SayWord.as_view(), name="word"),
    path("declines/", _declines),
    path("broken/", _broken),
    path("without-database/", _without_database),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
