"""Addresses of the hotline: the citizens' pages first, then the officials'."""

from django.urls import path

from gongzhi.domains.hotline.views import (
    call_taker,
    citizen_public,
    citizen_received,
    citizen_report,
    citizen_track,
    integrity,
    many,
    official,
    papers,
    samples,
    scorecard,
    steps,
)

app_name = "hotline"
urlpatterns = [
    path("new/", citizen_report.Start.as_view(), name="new"),
    path("new/kind/", citizen_report.KindStep.as_view(), name="new-kind"),
    path("new/<uuid:key>/what/", citizen_report.WhatStep.as_view(), name="new-what"),
    path("new/<uuid:key>/contact/", citizen_report.ContactStep.as_view(), name="new-contact"),
    path("new/<uuid:key>/check/", citizen_report.CheckStep.as_view(), name="new-check"),
    path("new/<uuid:key>/received/", citizen_received.Received.as_view(), name="received"),
    path("new/<uuid:key>/receipt/", citizen_received.Receipt.as_view(), name="receipt"),
    path("track/<int:case_id>/", citizen_track.ProgressPage.as_view(), name="progress"),
    path("track/<int:case_id>/lookers/", citizen_track.Lookers.as_view(), name="lookers"),
    path("track/<int:case_id>/rate/", citizen_track.Rate.as_view(), name="rate"),
    path("track/<int:case_id>/contest/", citizen_track.Contest.as_view(), name="contest"),
    path("track/<int:case_id>/add/", citizen_track.Add.as_view(), name="add"),
    path("track/<int:case_id>/urge/", citizen_track.Urge.as_view(), name="urge"),
    path("track/<int:case_id>/withdraw/", citizen_track.Withdraw.as_view(), name="withdraw"),
    path("track/<int:case_id>/files/<int:document>/", citizen_track.Paper.as_view(), name="paper"),
    path("public/", citizen_public.PublicList.as_view(), name="public"),
    path("public/<int:case_id>/", citizen_public.PublicCase.as_view(), name="public-case"),
    path("draws/", citizen_public.Draws.as_view(), name="draws"),
    # The officials' pages: one line each, below.
    path("cases/<int:pk>/", official.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/reveal/", official.Reveal.as_view(), name="reveal"),
    path("cases/<int:pk>/link/", official.Link.as_view(), name="link"),
    path("cases/<int:pk>/work-order/", official.WorkOrder.as_view(), name="work-order"),
    path("cases/<int:pk>/attach/", papers.Attach.as_view(), name="attach"),
    path("cases/<int:pk>/documents/<int:document>/", papers.Paper.as_view(), name="document"),
    path("cases/<int:pk>/do/<slug:move>/", steps.StepPage.as_view(), name="move"),
    path("dispatch/", many.DispatchMany.as_view(), name="dispatch-many"),
    path("call/", call_taker.Call.as_view(), name="call"),
    path("call/<int:pk>/", call_taker.Taken.as_view(), name="taken"),
    path("scorecard/", scorecard.Scorecard.as_view(), name="scorecard"),
    path("scorecard/findings/", integrity.Findings.as_view(), name="findings"),
    path("scorecard/findings/<int:pk>/", integrity.FindingPage.as_view(), name="finding"),
    path("scorecard/findings/<int:pk>/answer/", integrity.AnswerFinding.as_view(), name="answer-finding"),
    path("scorecard/findings/<int:pk>/decide/", integrity.DecideFinding.as_view(), name="decide-finding"),
    path("samples/", samples.Samples.as_view(), name="samples"),
    path("samples/<int:pk>/", samples.Sample.as_view(), name="sample"),
]
