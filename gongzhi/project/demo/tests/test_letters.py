"""The demonstration's letters are told once, also when a later version tells them in other words."""

import pytest
from django.utils import timezone

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.demo import loading
from gongzhi.project.demo.letters import tell_letters

pytestmark = pytest.mark.django_db


def test_letters_are_told_once_even_when_a_later_version_words_them_anew():
    for code in {row["region"] for name in ("units.yaml", "persons.yaml") for row in loading._read(name)}:
        a_region(code)
    now = timezone.now()
    county, told = loading.furnished_county(now), loading._read_one("letters.yaml")
    persons = {row["ref"]: row for row in loading._read("persons.yaml")}
    tell_letters(county, told, persons, now)
    stages = set(Letter.objects.values_list("pk", "case__stage"))
    anew = {**told, "letters": [{**one, "text": one["text"] + "谢谢。"} for one in told["letters"]]}

    tell_letters(county, anew, persons, now)

    assert set(Letter.objects.values_list("pk", "case__stage")) == stages and len(stages) == len(
        told["letters"]
    )
