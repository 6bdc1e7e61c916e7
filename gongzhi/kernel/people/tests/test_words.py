"""Refusals of this package are known in the second language too."""

from django.utils import translation
from django.utils.translation import gettext


def test_refusals_are_known_in_english():
    with translation.override("en"):
        assert gettext("新密码和当前密码一样，请换一个。").startswith("The new password")
        assert "%(minutes)d minutes" in gettext(
            "试得太频繁了，请等 %(minutes)d 分钟再试。着急的话请打 12345，人工可以帮您。"
        )
