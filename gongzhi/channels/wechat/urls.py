"""The address that the WeChat platform calls, and the one under which a follower goes on with a petition."""

from django.urls import path

from gongzhi.channels.wechat import door, forms

app_name = "wechat"
urlpatterns = [
    path("", door.official_account, name="door"),
    path("petition/<str:token>/", forms.go_on, name="petition"),
]
