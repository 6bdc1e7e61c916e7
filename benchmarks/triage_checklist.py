"""What the checklist of replies sends back: of real replies as few as are wanting, of replies spoilt on purpose nearly all.

A reply is read as at the door: beside its own message, the nearest other one and `OTHERS` more of the same file with the replies to
them, and the message it was written for where that is another. Spoilt replies
are the reply to another message at random or to the nearest one; phrases that say nothing, put together from parts; the
real reply copied from one to another matter with other figures; and a real reply that asks for what the message has.
A question taken from another message shows how many open questions are seen. Real replies are mostly decent, some say nothing:
both shares are shown. The curves behind `other_matter` were learnt from the same file, so expect a little less elsewhere.
"""

import json
import random
import re
import sys
from collections import Counter
from typing import Any, Final

from benchmarks.triage_replies import MESSAGES, nearest, rows_of
from gongzhi.insight.triage.reply_points import Found, Given, Office, Point, points_in

OTHERS: Final = 60
SEED, NUMBER, NUMBER_QUICK = 7, 300, 40
GREETINGS = ("您好！", "网友您好：", "尊敬的市民：您好！", "")
RECEIVED = ("您反映的问题已收悉。", "来信收悉。", "您的留言我们已收到。", "")
PASSED_ON = (
    "已转有关部门处理。", "现已转交县住建局核实办理。", "我局将尽快安排人员调查处理。", "该问题正在调查核实中。", "已责成镇政府调查处理，有结果后及时回复您。",
    "我们高度重视，将认真研究。", "已安排相关科室跟进落实。", "将会同有关部门抓紧研究解决。", "已联系相关单位处理。", "我们会持续关注并督促解决。",
)  # fmt: skip
THANKS = ("谢谢。", "感谢您对我们工作的理解与支持！", "如有疑问请拨打12345。", "")
ASKING = (
    "请您提供联系电话，以便核实。",
    "请留下您的联系方式。",
    "麻烦您告知具体位置。",
    "请补充说明详细地址。",
)

Row = dict[str, str]


def measure(quick: bool = False) -> dict[str, Any]:
    """Return the share that comes back of real replies, by point, and of each kind of spoilt ones; and the share with advice."""
    if not MESSAGES.is_file():
        return {"skipped": "the texts to measure with are not there"}
    rows = rows_of(700 if quick else None)
    closest = nearest([f"{row['topic']} {row['detail']}" for row in rows])
    chance = random.Random(SEED)  # noqa: S311 - a sample that can be repeated
    asked = chance.sample(range(len(rows)), NUMBER_QUICK if quick else NUMBER)
    points: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for place in asked:
        near = int(closest[place])
        real = _found(rows, (place, near), rows[place]["reply"], chance)
        points.update({one.point.value for one in real})
        back["real"] += any(one.stops for one in real)
        for kind, (reply, wanted, more) in _spoilt(rows, place, near, chance).items():
            found = _found(rows, (place, near), reply, chance, more)
            back[kind] += any(one.point in wanted for one in found)
    share = {kind: round(number / len(asked), 3) for kind, number in sorted(back.items())}
    real_back = share.pop("real")
    return {
        "replies": len(asked),
        "real_sent_back": real_back,
        "real_by_point": {point: round(number / len(asked), 3) for point, number in sorted(points.items())},
        "spoilt_caught": share,
        "open_questions": _open_questions(rows, asked, chance),
    }


def _found(
    rows: list[Row], about: tuple[int, int], reply: str, chance: random.Random, more: str = ""
) -> list[Found]:
    """Read a reply to the first of two messages, the other of which is most like it, as the door would."""
    place, closest = about
    near = [at for at in {closest, *chance.sample(range(len(rows)), OTHERS)} if at != place]
    replies = [*(rows[at]["reply"] for at in near if rows[at]["reply"] != reply), *([more] if more else [])]
    meant = [other for other in rows if other["reply"] == reply and other is not rows[place]]
    messages = [f"{other['topic']} {other['detail']}" for other in [*(rows[at] for at in near), *meant]]
    row, given = rows[place], Given(phone=True, place=True)
    return points_in(row["detail"], reply, given, Office(replies, messages), title=row["topic"])


def _spoilt(
    rows: list[Row], place: int, closest: int, chance: random.Random
) -> dict[str, tuple[str, set[Point], str]]:
    """Return spoilt replies to a message by kind, with the points that may name each, and a reply given before."""
    own, other = rows[place]["reply"], rows[chance.choice([at for at in range(len(rows)) if at != place])]
    anything = set(Point) - {Point.NO_BASIS, Point.NO_DATE, Point.NO_OPENING, Point.NO_CLOSING}
    empty = "".join(chance.choice(part) for part in (GREETINGS, RECEIVED, PASSED_ON, THANKS))
    return {
        "other_message": (other["reply"], anything, ""),
        "nearest_message": (rows[closest]["reply"], anything, ""),
        "empty_phrases": (empty, {Point.EMPTY}, ""),
        "asks_for_what_was_given": (own + chance.choice(ASKING), {Point.ASKS_AGAIN, Point.EMPTY}, ""),
        "copied": (own, {Point.COPIED, Point.EMPTY}, _other_figures(own, chance)),
    }


def _other_figures(reply: str, chance: random.Random) -> str:
    """Return a reply as it was given to another matter before: other figures, and a sentence in twenty left out."""
    sentences = re.findall(r"[^。！？\n]*[。！？\n]?", reply)
    kept = "".join(one for one in sentences if chance.random() > 0.05)
    return re.sub(r"\d", lambda _found: chance.choice("0123456789"), kept)


def _open_questions(rows: list[Row], asked: list[int], chance: random.Random) -> dict[str, Any]:
    """Return how many questions of another message, put at the end of this one, are seen to be left open by its reply."""
    sentence = re.compile(r"[^。！？!?；;\n]{10,}(?:？|\?)")
    known = [found for row in rows for found in sentence.findall(row["detail"])[:1]]
    seen = 0
    for place in asked:
        row, foreign = rows[place], chance.choice(known)
        found = points_in(f"{row['detail']}\n{foreign}", row["reply"], title=row["topic"])
        stopping = {one.point for one in found} & {Point.EMPTY, Point.OTHER_MATTER, Point.FITS_ANOTHER}
        shown = {one.passage for one in found if one.point is Point.UNANSWERED}
        seen += bool(stopping) or any(one in foreign for one in shown)
    return {"planted": len(asked), "seen": round(seen / len(asked), 3)}


if __name__ == "__main__":
    print(json.dumps(measure("quick" in sys.argv), indent=1))  # noqa: T201 - its output
