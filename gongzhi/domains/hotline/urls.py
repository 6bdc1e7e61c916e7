"""Addresses of the hotline: the citizens' pages first, then the officials'."""

from django.urls import path

from gongzhi.domains.hotline.views import citizen_public, citizen_report, citizen_track

app_name = "hotline"
urlpatterns = [
    path("new/", citizen_report.Start.as_view(), name="new"),
    path("new/kind/", citizen_report.KindStep.as_view(), name="new-kind"),
    path("new/<uuid:key>/what/", citizen_report.WhatStep.as_view(), name="new-what"),
    path("new/<uuid:key>/contact/", citizen_report.ContactStep.as_view(), name="new-contact"),
    path("new/<uuid:key>/check/", citizen_report.CheckStep.as_view(), name="new-check"),
    path("new/<uuid:key>/received/", citizen_report.Received.as_view(), name="received"),
    path("new/<uuid:key>/receipt/", citizen_report.Receipt.as_view(), name="receipt"),
    path("track/", citizen_track.Track.as_view(), name="track"),
    path("track/<int:case_id>/", citizen_track.ProgressPage.as_view(), name="progress"),
    path("track/<int:case_id>/rate/", citizen_track.Rate.as_view(), name="rate"),
    path("track/<int:case_id>/contest/", citizen_track.Contest.as_view(), name="contest"),
    path("track/<int:case_id>/add/", citizen_track.Add.as_view(), name="add"),
    path("track/<int:case_id>/urge/", citizen_track.Urge.as_view(), name="urge"),
    path("track/<int:case_id>/withdraw/", citizen_track.Withdraw.as_view(), name="withdraw"),
    path("public/", citizen_public.PublicList.as_view(), name="public"),
    path("public/<int:case_id>/", citizen_public.PublicCase.as_view(), name="public-case"),
    path("draws/", citizen_public.Draws.as_view(), name="draws"),
    # The officials' pages: one line each, below.
]
