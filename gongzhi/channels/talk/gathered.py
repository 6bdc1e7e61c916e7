"""What was said in one talk, put together: the matter, the place, the name, and whom a complaint is about."""

import re
from typing import Final

from gongzhi.kernel.notices.incoming import NOT_SAID, declines, name_said
from gongzhi.kernel.notices.models import Incoming

MATTER, PLACE, NAME, CHOICE, PICTURE, FORM = "matter", "place", "name", "choice", "picture", "form"
WHOM: Final = "whom"
#: What makes words a complaint about an office or somebody in it, in which whom it is about must never read it
#: (信访工作条例 art. 30): they say so, or tell what officials must not do together with an office.
SAYS_SO: Final = re.compile("(?:投诉|举报|检举|控告|告状)(?!过|了|无门|没用|电话|热线)")
CONDUCT: Final = re.compile(
    "(?<!没有)(?<!没)(?:吃拿卡要|不作为|乱作为|索(?:要|贿)|受贿|行贿|收(?:了)?(?:钱|红包|礼|好处)|贪污|截留|冒领|优亲厚友|推诿|踢皮球|刁难|包庇"
    "|乱收费|以权谋私|滥用职权|侵占|挪用|态度(?:恶劣|不好|很?差|蛮横)|骂人|打人|暗箱)"
)
#: An office or an official, with what stands before it.
BODY: Final = re.compile(
    r"[^\W\d_]{0,10}?(?:派出所|司法所|办事处|村委会?|居委会?|[县区镇乡]政府|管委会|法院|检察院|大队|中队|(?:服务|登记|受理)中心|服务大厅|窗口|[^\W\d_]局"
    "|信访办|村支书|支书|村主任|主任|书记|[县镇乡局所科站队]长|村干部|干部|工作人员|城管|民警|协警|话务员|接线员)"
)
#: What people say before they name it.
BEFORE: Final = re.compile("^(?:我们?|俺们?|要|想|去|到|在|被|叫|是|说|对|向|给)+")


def in_words(rows: list[Incoming], *taken_as: str) -> str:
    """Return the words that were taken as any of these, in the order in which they came."""
    return " ".join(row.text for row in rows if row.taken_as in taken_as)


def name_in(said: list[Incoming]) -> str:
    """Return how the person said that they are called; empty where they did not."""
    return name_said(in_words(said, NAME))


def any_of(said: list[Incoming], taken_as: str) -> bool:
    """Say whether something was said that was taken as this."""
    return any(row.taken_as == taken_as for row in said)


def complains(text: str) -> bool:
    """Say whether a text complains of an office or of somebody in it."""
    return bool(SAYS_SO.search(text)) or (bool(CONDUCT.search(text)) and bool(BODY.search(text)))


def whom_in(text: str) -> str:
    """Return the office or the official that a complaint names, in its own words; empty where it names none."""
    found = BODY.search(SAYS_SO.sub("，", text))
    return BEFORE.sub("", found[0]) if found else ""


def lacks_whom(said: list[Incoming]) -> bool:
    """Say whether a talk complains and says nowhere about whom."""
    matter = in_words(said, MATTER)
    return complains(matter) and not whom_in(matter) and not any_of(said, WHOM)


def complained_of(said: list[Incoming]) -> str:
    """Return whom a complaint is about, as the person said it; empty for what is none.

    Who complains and says nobody has it looked into before it is given to anyone.
    """
    matter, named = in_words(said, MATTER), in_words(said, WHOM)
    if not complains(matter):
        return ""
    return (NOT_SAID if declines(named) else named or whom_in(matter) or NOT_SAID)[:120]
