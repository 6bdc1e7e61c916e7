"""Addresses: the citizen's pages first, then the officials'."""

from django.urls import path

from gongzhi.domains.mailbox.views import offices, official, own, papers, posting, publishing, register, write

app_name = "mailbox"
urlpatterns = [
    path("", write.Offices.as_view(), name="offices"),
    path("to/<slug:office>/", write.OfficePage.as_view(), name="office"),
    path("published/<int:case_id>/", write.PublishedPage.as_view(), name="published"),
    path("to/<slug:office>/new/", write.Write.as_view(), name="new"),
    path("received/<uuid:key>/", write.Received.as_view(), name="received"),
    path("received/<uuid:key>/receipt/", write.Receipt.as_view(), name="receipt"),
    path("<int:case_id>/", own.Progress.as_view(), name="progress"),
    path("<int:case_id>/lookers/", own.Lookers.as_view(), name="lookers"),
    path("<int:case_id>/answer/", own.Answer.as_view(), name="answer"),
    path("<int:case_id>/answer/pdf/", own.AnswerPdf.as_view(), name="answer-pdf"),
    path("<int:case_id>/attach/", papers.OwnAttach.as_view(), name="attach-own"),
    path("<int:case_id>/files/<int:document>/", papers.OwnPaper.as_view(), name="paper"),
    path("<int:case_id>/add/", own.Add.as_view(), name="add"),
    path("<int:case_id>/withdraw/", own.Withdraw.as_view(), name="withdraw"),
    path("<int:case_id>/leave/<slug:answer>/", own.Leave.as_view(), name="leave"),
    path("<int:case_id>/onward/", own.Onward.as_view(), name="onward"),
    path("<int:case_id>/rate/", own.Rate.as_view(), name="rate"),
    path("kept/", offices.Kept.as_view(), name="kept"),
    path("kept/<slug:office>/close/", offices.Close.as_view(), name="close"),
    path("register/", register.Register.as_view(), name="register"),
    path("register/<int:pk>/", register.Taken.as_view(), name="taken"),
    path("register/<int:pk>/receipt/", register.TakenReceipt.as_view(), name="taken-receipt"),
    path("post/", posting.ToPost.as_view(), name="to-post"),
    path("cases/<int:pk>/answer/pdf/", posting.AnswerPdf.as_view(), name="answer-to-post"),
    path("cases/<int:pk>/posted/", posting.Posted.as_view(), name="posted"),
    path("cases/<int:pk>/", official.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/attach/", papers.Attach.as_view(), name="attach"),
    path("cases/<int:pk>/documents/<int:document>/", papers.Paper.as_view(), name="document"),
    path("cases/<int:pk>/publish/", publishing.Publish.as_view(), name="publish"),
    path("cases/<int:pk>/take-down/", publishing.TakeDown.as_view(), name="take-down"),
    path("cases/<int:pk>/reveal/", official.Reveal.as_view(), name="reveal"),
    path("cases/<int:pk>/do/<slug:move>/", official.StepPage.as_view(), name="move"),
]
