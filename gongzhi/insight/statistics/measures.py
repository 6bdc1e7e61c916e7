"""What is measured: name, unit, formula and source of every figure, defined once for pages, exports and interfaces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from gongzhi.insight.statistics.models import AGES, BANDS, COUNTS, OPEN_COUNTS
from gongzhi.kernel.declare.words import Words

#: Counts smaller than this might tell who it was, and are not shown.
FEW: Final = 5
GRADES: Final = ("grade_5", "grade_4", "grade_3", "grade_2", "grade_1")
Counts = Mapping[str, int]
NOTHING: Final[Counts] = dict.fromkeys((*COUNTS, *OPEN_COUNTS), 0)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure: the sum of the counts `top` without those `less`, over that of `bottom` where there is one, times `scale`.

    `better` says which way is better for people: 1 more, -1 less, 0 neither.
    An `opinion` tells what people said: there the few among the many are protected as well.
    """

    key: str
    label: Words
    unit: Words
    formula: Words
    source: Words
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    scale: float = 1.0
    better: int = 0
    opinion: bool = False

    def of(self, counts: Counts) -> float | None:
        """Return the figure; None when nothing happened of which it could speak."""
        top = self._top(counts)
        if not self.bottom:
            return float(top)
        bottom = sum(counts[name] for name in self.bottom)
        return self.scale * top / bottom if bottom else None

    def number(self, counts: Counts) -> int:
        """Return of how many matters the figure speaks."""
        return sum(counts[name] for name in self.bottom) if self.bottom else self._top(counts)

    def tells_of_few(self, counts: Counts) -> bool:
        """Say whether the figure might tell who it was: it speaks of one to four matters, or one to four said otherwise."""
        number = self.number(counts)
        other = number - self._top(counts)
        return 0 < number < FEW or (self.opinion and (0 < other < FEW or 0 < number - other < FEW))

    def _top(self, counts: Counts) -> int:
        return sum(counts[name] for name in self.top) - sum(counts[name] for name in self.less)


MEASURES: Final = (
    Measure(
        key="received",
        label=_("受理诉求"),
        unit=_("件"),
        formula=_("这段时间登记的件数"),
        source="GB/T 33358-2016",
        top=("opened",),
    ),
    Measure(
        key="days",
        label=_("平均答复用时"),
        unit=_("天"),
        formula=_("从登记到答复的时间之和，除以答复件数"),
        source="GB/T 33358-2016",
        top=("hours",),
        bottom=("answered",),
        scale=1 / 24,
        better=-1,
    ),
    Measure(
        key="on_time",
        label=_("按期答复率"),
        unit="%",
        formula=_("在告诉群众的期限内答复的，占答复件数的比例"),
        source=_("各市公布的承诺期限；法定期限见承办单位统计"),
        top=("on_time",),
        bottom=("answered",),
        scale=100,
        better=1,
    ),
    Measure(
        key="solved",
        label=_("解决率"),
        unit="%",
        formula=_("办结为「已解决」的，占已解决、已解释、不予支持三类的比例；办结不等于解决"),
        source="GB/T 33358-2016",
        top=("solved",),
        bottom=("solved", "explained", "rejected"),
        scale=100,
        better=1,
    ),
    Measure(
        key="satisfied",
        label=_("群众满意率"),
        unit="%",
        formula=_("非常满意、满意、基本满意的，占已评价的比例"),
        source="国办发〔2019〕51号",
        top=GRADES[:3],
        bottom=GRADES,
        scale=100,
        better=1,
        opinion=True,
    ),
    Measure(
        key="closed",
        label=_("办结"),
        unit=_("件"),
        formula=_("这段时间办结的件数，不论结果"),
        source="GB/T 33358-2016",
        top=("closed",),
    ),
)

#: How matters ended, kept apart: what is closed is not solved for that. They add up to what was closed.
RESULTS: Final = (
    Measure(
        key="ended_solved",
        label=_("已解决"),
        unit=_("件"),
        formula=_("这段时间办结为「已解决」的件数"),
        source="GB/T 33358-2016",
        top=("solved",),
    ),
    Measure(
        key="ended_explained",
        label=_("已解释"),
        unit=_("件"),
        formula=_("这段时间办结为「已解释」的件数：没有法律依据，或者暂时不能解决"),
        source="GB/T 33358-2016",
        top=("explained",),
    ),
    Measure(
        key="ended_rejected",
        label=_("不予支持"),
        unit=_("件"),
        formula=_("这段时间办结为「不予支持」的件数"),
        source="GB/T 33358-2016",
        top=("rejected",),
    ),
    Measure(
        key="ended_otherwise",
        label=_("其他结果"),
        unit=_("件"),
        formula=_("这段时间以其他结果办结的件数：转其他途径、撤回、达成一致"),
        source="GB/T 33358-2016",
        top=("closed",),
        less=("solved", "explained", "rejected"),
    ),
)
#: What is open at the last count, whenever it came.
OPEN: Final = Measure(
    key="open",
    label=_("在办"),
    unit=_("件"),
    formula=_("现在没有办结的件数"),
    source="GB/T 33358-2016",
    top=AGES,
)
LATE: Final = Measure(
    key="late",
    label=_("超期未办"),
    unit=_("件"),
    formula=_("在办、已过最近一个应由机关遵守的期限的件数；暂停计时的不算"),
    source=_("各事项的法定期限和承诺期限"),
    top=("late",),
    better=-1,
)
SUPERVISED: Final = Measure(
    key="supervised",
    label=_("督办中"),
    unit=_("件"),
    formula=_("在办、曾经列入督办的件数"),
    source="DB41/T 1860-2019",
    top=("supervised",),
)
_AGE_WORDS: Final = (
    _("3 天以内"),
    _("4—7 天"),
    _("8—15 天"),
    _("16—30 天"),
    _("31—60 天"),
    _("60 天以上"),
)
#: How long what is open has waited: calendar days since it was registered.
WAITED: Final = tuple(
    Measure(
        key=name,
        label=words,
        unit=_("件"),
        formula=_("在办、从登记那天到今天为这些天的件数"),
        source="GB/T 33358-2016",
        top=(name,),
    )
    for name, words in zip(AGES, _AGE_WORDS, strict=True)
)
STANDING: Final = (OPEN, LATE, SUPERVISED)
#: What is shown of days that are over, and what is shown of now.
OF_DAYS: Final = (*MEASURES, *RESULTS)
OF_NOW: Final = (*STANDING, *WAITED)
BY_KEY: Final = {measure.key: measure for measure in (*OF_DAYS, *OF_NOW)}


def band_of(name: str) -> tuple[int, int | None]:
    """Return the first and the last of the days that an age band covers; the longest has no last."""
    at = AGES.index(name)
    return (BANDS[at - 1] + 1 if at else 0), (BANDS[at] if at < len(BANDS) else None)


#: Of the matters of a unit, those that it has answered to in time or ought to have: see `Score` of a domain.
RESPONDED: Final = Measure(
    key="responded",
    label=_("响应率"),
    unit="%",
    formula=_(
        "在法定答复期限内联系群众、告知进展或者答复的，占已这样做和期限已满的件数之和的比例；未到期的不计"
    ),
    source=_("郑州市2025年热线评价（响应率、解决率、满意率）；国办发〔2020〕53号；公式由本平台写明"),
    top=("responded",),
    bottom=("response_due",),
    scale=100,
    better=1,
)
#: 响应率、解决率、满意率: what units are measured by.
RATES: Final = (RESPONDED, BY_KEY["solved"], BY_KEY["satisfied"])
