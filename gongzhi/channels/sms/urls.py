"""The addresses that the provider of short messages calls."""

from django.urls import path

from gongzhi.channels.sms import door

app_name = "sms"
urlpatterns = [
    path("incoming/", door.take_incoming, name="incoming"),
    path("receipts/", door.take_receipt, name="receipts"),
]
