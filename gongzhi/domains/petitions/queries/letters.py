"""The notices that a petitioner is owed in writing, each as the law words it and once more in plain words.

Acceptance and non-acceptance (信访工作条例 art. 23), no longer accepted (art. 36), extension (art. 34) and the opinions
(art. 32, 34-36). A letter is read from the steps, so it says what was done and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.timezone import localtime

from gongzhi.domains.petitions.procedures.law import ACT, NO_LONGER, NOT_ACCEPTED
from gongzhi.domains.petitions.queries.matters import Matter
from gongzhi.domains.petitions.queries.opinions import TITLES as OPINIONS
from gongzhi.domains.petitions.queries.opinions import addressee_of, demand_of, latest_period, opinion_written
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.models import Unit
from gongzhi.web.written import HELP, Parts, Written, last_day, way_back

#: Which letter a step makes, and what its number begins with. No text that we have read fixes the form of the number.
OF_STEPS: Final = {
    "accept": ("acceptance", "信受"),
    "perform": ("acceptance", "信受"),
    "study": ("acceptance", "信受"),
    "not_accept": ("refusal", "信不受"),
    "no_longer_accept": ("finished", "信不再受"),
    "extend": ("extension", "信延"),
    "issue_opinion": ("opinion", ""),
    "divert": ("route", "信告"),
    "answer_duty": ("answer", "信答"),
    "answer_suggestion": ("answer", "信答"),
    "conclude": ("answer", "信答"),
}
TITLES: Final = {
    "acceptance": "信访事项受理告知书",
    "refusal": "信访事项不予受理告知书",
    "finished": "信访事项不再受理告知书",
    "extension": "信访事项延长办理期限告知书",
    "route": "信访事项途径告知书",
    "answer": "信访事项答复书",
}


@dataclass(frozen=True)
class Given:
    """A notice that a step gave: the word by which it is found, and what stands over it."""

    key: str
    title: str
    step: Step


def given(case: Case, steps: Iterable[Step]) -> list[Given]:
    """Name the notices that the steps of a case gave, in their order.

    A matter that was taken back is accepted once more: of the second notice of a kind the key ends in "-2". The opinion is one.
    """
    of_kind: dict[str, list[Step]] = {}
    for step in steps:
        of_kind.setdefault(OF_STEPS[step.move][0], []).append(step)
    titles = {**TITLES, "opinion": OPINIONS.get(case.procedure, "")}
    made = [
        Given(key=kind if number == 1 else f"{kind}-{number}", title=titles[kind], step=step)
        for kind, those in of_kind.items()
        for number, step in enumerate(those[-1:] if kind == "opinion" else those, 1)
    ]
    return sorted(made, key=lambda one: one.step.number)


def letters_of(found: Matter) -> list[Written]:
    """Return every notice of a matter in the order in which it was given; a draft is none."""
    made = [_letter(found, one) for one in _given_in(found)]
    return [one for one in made if one is not None]


def letter_of(found: Matter, key: str) -> Written | None:
    """Return one notice by its key; None where it was not given."""
    return next((_letter(found, one) for one in _given_in(found) if one.key == key), None)


def _given_in(found: Matter) -> list[Given]:
    steps = found.case.steps.filter(move__in=OF_STEPS).select_related("unit").order_by("number")
    return given(found.case, steps)


def _letter(found: Matter, one: Given) -> Written | None:
    case, step = found.case, one.step
    kind, mark = OF_STEPS[step.move]
    if kind == "opinion":
        return opinion_written(found)
    parts, plain = {
        "acceptance": _acceptance,
        "refusal": _refusal,
        "finished": _finished,
        "extension": _extension,
        "route": _route,
        "answer": _answer,
    }[kind](found, step)
    return Written(
        key=one.key,
        title=one.title,
        number=f"{mark}〔{localtime(step.at).year}〕{case.number}号",
        unit=step.unit.name if step.unit else "",
        to=addressee_of(case),
        at=step.at,
        parts=(("您的请求", demand_of(found)), *parts),
        plain=(*plain, way_back(case), HELP),
    )


Said = tuple[Parts, tuple[str, ...]]


def _acceptance(found: Matter, step: Step) -> Said:
    unit = step.unit.name if step.unit else "承办单位"
    if step.move == "perform":
        words = (
            f"经审查，您的事项属于{unit}依法履行职责的范围，由其依法履行或者答复（{ACT}第三十一条第五项）。"
        )
        return (("决定", words),), (f"您反映的事由{unit}直接依法去办，或者答复您。",)
    if step.move == "study":
        words = f"您提出的建议、意见已经收到，{unit}正在研究论证，并将答复您（{ACT}第二十九条）。"
        return (("决定", words),), (f"您的建议{unit}收到了，正在研究，采纳不采纳都会答复您。",)
    day = last_day(latest_period(found, "handle", step.at))
    words = f"经审查，您的事项属于本单位职权范围，决定受理，自受理之日起六十日内办结并书面答复（{ACT}第三十一条第六项、第三十四条）。"
    more = "情况复杂的，经本单位负责人批准可以延长，延长期限不超过三十日，并告知您理由。"
    plain = (
        f"您反映的事，{unit}已经收下来办了。",
        f"最晚{day}给您书面答复。" if day else "六十天之内给您书面答复。",
        "特别复杂的可以再延长三十天，会告诉您为什么。",
    )
    return (("决定", words), ("办结期限", f"至 {day}。{more}" if day else more)), plain


def _refusal(found: Matter, step: Step) -> Said:
    reason = next((one for one in NOT_ACCEPTED if one.key == step.answers.get("reason")), None)
    note = str(step.answers.get("note", ""))
    live = found.petition.live if found.petition else None
    decides = Unit.objects.filter(pk=step.answers.get("competent_id") or 0).first()
    parts = [
        ("决定", "对您提出的事项不予受理。"),
        ("理由", f"{reason.label}。{note}" if reason else note),
        ("依据", str(reason.basis) if reason else ACT),
    ]
    plain = ["这一件没有收下来办。", f"原因：{reason.label if reason else ''}。{note}"]
    if decides is not None:
        parts.append(
            (
                "可以去的地方",
                f"{decides.name}或者它的上一级机关、单位设立或者指定的接待场所。来信、网上、来电提出的，不受级别限制。",
            )
        )
        plain.append(f"这件事归{decides.name}管，可以去那里或者再上一级；写信、上网、打电话在哪里都行。")
    if live is not None:
        parts.append(("正在办理的事项", f"编号 {live.case.number}，请以该件的办理结果为准。"))
        plain.append(f"同一件事已经在办，编号 {live.case.number}，看那一件的结果就行。")
    return tuple(parts), tuple(plain)


def _finished(found: Matter, step: Step) -> Said:
    note, basis = str(step.answers.get("note", "")), str(NO_LONGER[0].basis)
    words = "您的事项已经复核终结，现以同一事实和理由提出，各级机关、单位不再受理。"
    help_words = f"生活确有困难的，可以依法申请救助帮扶（{ACT}第三十七条）。"
    plain = (
        "这件事已经走完复查和复核，再拿同样的事实和理由来提，各级都不再受理。",
        f"单位的说明：{note}",
        "有新的事实或者新的理由，可以作为新的一件提出。",
        "生活有困难，可以依法申请救助。",
    )
    return (("决定", words), ("理由", note), ("依据", basis), ("救助帮扶", help_words)), plain


def _extension(found: Matter, step: Step) -> Said:
    note, day = str(step.answers.get("note", "")), last_day(latest_period(found, "handle", step.at))
    words = f"因情况复杂，经本单位负责人批准，办理期限延长三十日，至 {day}（{ACT}第三十四条）。"
    plain = ("您的事比较复杂，要多用三十天。", f"原因：{note}", f"最晚{day}给您书面答复。")
    return (("决定", words), ("理由", note)), plain


def _route(found: Matter, step: Step) -> Said:
    note = str(step.answers.get("note", ""))
    words = f"您的事项有法定途径，应当依照有关法律、法规的程序提出（{ACT}第二十二条、第三十一条）。"
    plain = (
        "这件事要走法律规定的另一条路，不走信访。",
        f"去哪里、怎么办：{note}",
        "那里另有时限，请早点去。",
    )
    return (("告知", words), ("可以去的地方", note)), plain


def _answer(found: Matter, step: Step) -> Said:
    reply = str(step.answers.get("reply", ""))
    unit = step.unit.name if step.unit else "承办单位"
    return (("答复", reply),), (f"您反映的事，{unit}答复了。", f"单位是这样说的：{reply}")
