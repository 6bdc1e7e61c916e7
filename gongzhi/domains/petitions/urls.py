"""Addresses: the citizen's pages first, then the officials'."""

from django.urls import path

from gongzhi.domains.petitions.views import (
    letters,
    official,
    openness,
    protecting,
    reception,
    report,
    track,
    verify,
    yearly,
)

app_name = "petitions"
urlpatterns = [
    path("new/", report.KindStep.as_view(), name="new"),
    path("new/<uuid:key>/what/", report.WhatStep.as_view(), name="new-what"),
    path("new/<uuid:key>/contact/", report.ContactStep.as_view(), name="new-contact"),
    path("new/<uuid:key>/check/", report.CheckStep.as_view(), name="new-check"),
    path("new/<uuid:key>/received/", report.Received.as_view(), name="received"),
    path("units/", openness.Units.as_view(), name="units"),
    path("units/mine/", openness.MyUnit.as_view(), name="openness"),
    path("units/<int:pk>/", openness.UnitPage.as_view(), name="unit"),
    path("units/<int:pk>/edit/", openness.EditUnit.as_view(), name="edit-unit"),
    path("protections/", protecting.Protections.as_view(), name="protections"),
    path("protections/<int:pk>/", protecting.AnswerProtection.as_view(), name="answer-protection"),
    path("verify/", verify.Verify.as_view(), name="verify"),
    path("<int:case_id>/", track.Progress.as_view(), name="progress"),
    path("<int:case_id>/opinion/", track.OpinionSheet.as_view(), name="opinion"),
    path("<int:case_id>/letters/<slug:which>/", letters.OwnLetter.as_view(), name="letter"),
    path("<int:case_id>/letters/<slug:which>/pdf/", letters.OwnLetterPdf.as_view(), name="letter-pdf"),
    path("<int:case_id>/lookers/", track.Lookers.as_view(), name="lookers"),
    path("<int:case_id>/protection/", protecting.AskProtection.as_view(), name="protection"),
    path("<int:case_id>/add/", track.Add.as_view(), name="add"),
    path("<int:case_id>/withdraw/", track.Withdraw.as_view(), name="withdraw"),
    path("<int:case_id>/receive/", track.Receive.as_view(), name="receive"),
    path("<int:case_id>/review/", track.AskReview.as_view(), name="ask-review"),
    path("<int:case_id>/rereview/", track.AskRereview.as_view(), name="ask-rereview"),
    path("<int:case_id>/rate/", track.Rate.as_view(), name="rate"),
    path("form/", reception.Sheet.as_view(), name="form"),
    path("reception/", reception.Reception.as_view(), name="reception"),
    path("reception/<int:pk>/", reception.Taken.as_view(), name="taken"),
    path("yearly/", yearly.Yearly.as_view(), name="yearly"),
    path("cases/<int:pk>/", official.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/reveal/", official.Reveal.as_view(), name="reveal"),
    path("cases/<int:pk>/opinion/", official.OpinionSheet.as_view(), name="sheet"),
    path("cases/<int:pk>/opinion/pdf/", letters.OpinionPdf.as_view(), name="sheet-pdf"),
    path("cases/<int:pk>/do/<slug:move>/", official.StepPage.as_view(), name="move"),
]
