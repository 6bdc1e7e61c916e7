"""The demonstration shows petitions at several stages; loading it again adds nothing."""

from collections import Counter

import pytest
from django.utils import timezone

from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.loading import load_categories, load_responsibilities, load_units
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.demo import loading
from gongzhi.project.demo.petitions import tell_petition
from gongzhi.project.demo.stories import County

pytestmark = pytest.mark.django_db


def test_petitions_stand_at_several_stages_and_are_told_once():
    for code in {row["region"] for name in ("units.yaml", "persons.yaml") for row in loading._read(name)}:
        a_region(code)
    load_units(loading.DATA / "units.yaml")
    load_categories(loading.DATA / "categories.yaml")
    load_responsibilities(loading.DATA / "responsibilities.csv", lambda *_: None)
    county = County(loading._actors(lambda *_: None), loading._units())
    now, stories = timezone.now(), loading._with_persons(loading._read("petitions.yaml"))
    for _ in range(2):
        for story in stories:
            tell_petition(county, story, now)

    found = Counter(Case.objects.values_list("procedure", "stage"))
    stages = {stage for procedure, stage in found if procedure == "petitions.petition"}
    assert {
        "registered",
        "sent",
        "handling",
        "approving",
        "served",
        "reviewed",
        "answered",
        "diverted",
    } <= stages
    assert found["petitions.review", "requested"] == 1
    assert sum(found.values()) == len(stories) + 1
    assert not Step.objects.filter(at__gt=now).exists()
