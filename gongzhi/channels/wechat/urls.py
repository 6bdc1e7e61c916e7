"""The address that the WeChat platform calls."""

from django.urls import path

from gongzhi.channels.wechat import door

app_name = "wechat"
urlpatterns = [path("", door.official_account, name="door")]
