"""The opinion in writing on a petition, a review or a re-review, as the law words it and once more in plain words (art. 32, 34-36)."""

from datetime import datetime
from typing import Final

from gongzhi.domains.petitions.procedures.law import ACT
from gongzhi.domains.petitions.queries.english import opinion_in_english
from gongzhi.domains.petitions.queries.matters import Matter
from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.web.written import HELP, Written, last_day

TITLES: Final = {
    "petitions.petition": "信访事项处理意见书",
    "petitions.review": "信访事项复查意见书",
    "petitions.rereview": "信访事项复核意见书",
}
#: In which period the person may ask the level above to look again (art. 35, 36); after a re-review there is none.
REMEDIES: Final = {"petitions.petition": "ask_review", "petitions.review": "ask_rereview"}
#: What is written by hand when the paper is handed over in person.
RECEIVED_BY_HAND: Final = (
    "收到日期：　　　　年　　月　　日　　　　收件人签名：\n申请期限最后一日：　　　　年　　月　　日"
)
OUTCOMES: Final = {
    "solved": (
        "请求事实清楚，符合法律、法规、规章和政策规定，予以支持",
        "您的要求有道理，单位同意照办。",
    ),
    "explained": (
        "请求事由合理但缺乏法律依据，作出解释说明",
        "您的要求有合理的地方，但现在没有规定可以照办，单位作了解释。",
    ),
    "rejected": (
        "请求缺乏事实根据或者不符合法律、法规、规章和政策规定，不予支持",
        "您的要求没有得到支持。",
    ),
}


def opinion_written(found: Matter) -> Written | None:
    """Return the opinion that was issued, to read and to print; None before."""
    opinion, case = found.issued, found.case
    if opinion is None or opinion.issued_at is None:
        return None
    official, plain = OUTCOMES[opinion.outcome]
    remedy, remedy_plain = _remedy(found)
    grounds = (("申请理由", found.review.grounds),) if found.review else ()
    return Written(
        key="opinion",
        title=TITLES[case.procedure],
        number=opinion.number,
        unit=opinion.unit.name,
        to=addressee_of(case),
        at=opinion.issued_at,
        parts=(
            ("请求", demand_of(found)),
            *grounds,
            ("查明的事实和理由", opinion.facts),
            ("处理意见", f"{official}。\n{opinion.decision}"),
            ("依据", opinion.basis),
            ("救济途径", remedy),
        ),
        plain=(
            plain,
            f"单位是这样决定的：{opinion.decision}",
            f"查到的情况：{opinion.facts}",
            *remedy_plain,
            HELP,
        ),
        english=opinion_in_english(found, opinion, latest_period(found, REMEDIES.get(case.procedure, ""))),
        code=opinion.code,
        fill=RECEIVED_BY_HAND,
    )


def addressee_of(case: Case) -> str:
    """Return to whom a notice goes; the unit prints and serves that of a confidential matter and must not learn it (art. 30)."""
    return "" if case.sealed or case.opened_by is None else case.opened_by.masked_name


def _remedy(found: Matter) -> tuple[str, tuple[str, ...]]:
    """Return what the person may do against an opinion, with the last day once it was served (art. 35, 36)."""
    kind = found.case.procedure
    if kind == "petitions.rereview":
        words = f"本复核意见为信访程序的终结意见。仍以同一事实和理由提出的，各级机关、单位不再受理（{ACT}第三十六条）。"
        return words, (
            "信访这条路到这里就走完了，用同样的事实和理由再提，不再受理。",
            "生活有困难，可以依法申请救助。",
        )
    name, article = ("复查", "第三十五条") if kind == "petitions.petition" else ("复核", "第三十六条")
    day = last_day(latest_period(found, REMEDIES[kind]))
    last = f"最后一日为 {day}。" if day else "收到日期和最后一日，在送达时填写。"
    words = f"不服本意见的，可以自收到之日起三十日内请求上一级机关、单位{name}（{ACT}{article}）。{last}"
    return words, (
        f"不同意的话，可以请上一级单位再看一遍，这叫「{name}」。",
        f"最晚 {day} 提出来。" if day else "从收到这份意见书的第二天算起，三十天之内提出来。",
        f"在手机上点「申请{name}」，或者写好送到上一级单位，都行。",
    )


def demand_of(found: Matter) -> str:
    """Return what the person demands, in their own words."""
    about = found.review or found.petition
    return about.demand if about else ""


def latest_period(found: Matter, clock: str, at: datetime | None = None) -> Deadline | None:
    """Return the period of a matter that was begun last under this clock, by the moment *at*; None where there was none."""
    begun = found.case.deadlines.filter(clock=clock).order_by("-pk")
    return (begun if at is None else begun.filter(started_at__lte=at)).first()
