"""Categories as people read them."""

import pytest
from django.utils import translation

from gongzhi.kernel.organisations.models import MatterCategory

LAMPS = MatterCategory(label="城区路灯", label_en="Street lamps in town")


@pytest.mark.parametrize(
    ("language", "category", "name"),
    [
        ("zh-hans", LAMPS, "城区路灯"),
        ("en", LAMPS, "Street lamps in town"),
        ("en", MatterCategory(label="本地类别"), "本地类别"),
    ],
)
def test_a_category_is_named_in_the_readers_language(language, category, name):
    with translation.override(language):
        assert str(category) == category.shown == name
