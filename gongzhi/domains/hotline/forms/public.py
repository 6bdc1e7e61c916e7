"""What anybody may narrow the public answers by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.organisations.categories import categories
from gongzhi.kernel.organisations.regions import counties


def _regions() -> list[tuple[str, Any]]:
    return [("", _("全省")), *((city, list(group)) for city, group in counties())]


def _broad_categories() -> list[tuple[str, Any]]:
    return [("", _("全部")), *((one.key, one.shown) for one in categories(1))]


class PublicFilter(forms.Form):
    """Which public answers to show; a plain GET form."""

    use_required_attribute = False
    region = forms.ChoiceField(
        label=_("地区"), required=False, choices=_regions, widget=forms.Select(attrs={"class": "c-input"})
    )
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=_broad_categories,
        widget=forms.Select(attrs={"class": "c-input"}),
    )
    q = forms.CharField(
        label=_("关键词"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "class": "c-input"}),
    )
