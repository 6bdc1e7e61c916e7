"""The demonstration shows petitions at several stages; loading it again adds nothing."""

from collections import Counter

import pytest
from django.utils import timezone

from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.demo import loading
from gongzhi.project.demo.petitions import tell_petition

pytestmark = pytest.mark.django_db


def test_petitions_stand_at_several_stages_and_are_told_once():
    for code in {row["region"] for name in ("units.yaml", "persons.yaml") for row in loading._read(name)}:
        a_region(code)
    now = timezone.now()
    county, stories = loading.furnished_county(now), loading._with_persons(loading._read("petitions.yaml"))
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
