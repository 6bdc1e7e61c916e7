"""The administrator's site: our own sign-in with its second factor, and the pages for accounts and posts."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from gongzhi.web.accounts.admin import AccountAdmin, PostAdmin
from gongzhi.web.accounts.views import administrators_door

__all__ = [
    "AccountAdmin",
    "GroupAdmin",
    "PostAdmin",
]  # importing GroupAdmin registers it: now it can be taken back

admin.site.site_header = admin.site.site_title = _("平台管理")
admin.site.index_title = _("账号、岗位与清单")
admin.site.unregister(Group)  # what somebody may do comes from their posts
admin.site.login = administrators_door  # type: ignore[method-assign]
admin.site.password_change = RedirectView.as_view(pattern_name="accounts:password")  # type: ignore[method-assign,assignment]
