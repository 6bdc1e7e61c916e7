"""Addresses: the citizen's pages first, then the officials'."""

from django.urls import path

from gongzhi.domains.personal_information.views import citizen, official, wechat

app_name = "personal_information"
urlpatterns = [
    path("", citizen.Start.as_view(), name="start"),
    path("wechat/", wechat.Bind.as_view(), name="wechat"),
    path("wechat/part/", wechat.Part.as_view(), name="part"),
    path("new/<slug:right>/", citizen.Ask.as_view(), name="new"),
    path("<int:case_id>/", citizen.Progress.as_view(), name="progress"),
    path("<int:case_id>/copy/", citizen.Copy.as_view(), name="copy"),
    path("<int:case_id>/lookers/", citizen.Lookers.as_view(), name="lookers"),
    path("<int:case_id>/withdraw/", citizen.Withdraw.as_view(), name="withdraw"),
    path("<int:case_id>/stay/", citizen.Stay.as_view(), name="stay"),
    path("cases/<int:pk>/", official.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/reveal/", official.Reveal.as_view(), name="reveal"),
    path("cases/<int:pk>/do/<slug:move>/", official.StepPage.as_view(), name="move"),
]
