"""What `province` measures is really done: each act answers as it should, before and after more cases came in."""

import pytest

from benchmarks import province
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case


@pytest.mark.django_db(transaction=True)
def test_every_act_is_done_at_each_size_and_the_worst_growth_is_told(monkeypatch):
    monkeypatch.setattr(province, "BRIEF", (1_500, 3_000))
    monkeypatch.setattr(province, "TIMES", (1, 1))

    told = province.run(quick=True)

    figures, before = told["figures"], told["baseline"]
    assert figures["cases"] == 3_000 and before["cases"] == 1_500
    acts = {name.removesuffix("_p95_ms") for name in figures if name.endswith("_p95_ms")}
    pace = figures["home_median_ms"] / before["home_median_ms"]
    growth = {name: figures[f"{name}_p95_ms"] / before[f"{name}_p95_ms"] / pace for name in acts - {"home"}}
    assert figures["p95_growth"] == told["ratio"] == round(max(growth.values()), 2)
    assert growth[figures["grew_most"]] == max(growth.values())
    sent = Request.objects.filter(case__channel="api")
    assert sent.count() == 2 * 6 * 2, (
        "at both sizes six turns, each with a request of its own and one to dispatch"
    )
    assert Case.objects.filter(stage="dispatched", channel="api").count() == 2 * 6
