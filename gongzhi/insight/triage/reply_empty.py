"""Tells a reply that says nothing of the matter: only greetings, that it was received, passed on, or is being looked into."""

import re
from typing import Final

#: A reply that keeps fewer signs than this, once what any reply says is taken away, answers nothing.
FEWEST_SIGNS: Final = 8

_OFFICE: Final = r"[\u4e00-\u9fffA-Za-z0-9、（）()]{0,24}"
_EMPTY: Final = (
    # How people are addressed, and who signs.
    r"(?:尊敬的)?(?:网友|市民|群众|来信人|来电人|先生|女士|同志|朋友|居民|业主|家长|[“\"][^”\"]{0,20}[”\"]|您好|你好)+",
    # That it was read.
    r".{0,40}(?:收悉|已收到|已阅|已知悉|已登记|已受理|已记录|现回复如下|回复如下|答复如下|现将有关情况.*)",
    r"(?:关于|对于|针对|对|就)?(?:您|你|群众)?(?:在.{0,16})?所?(?:反映|提出|咨询|投诉|反应)的.{0,40}(?:问题|情况|诉求|事项|建议|一事)",
    # That somebody else will deal with it, or somebody is.
    rf"(?:关于|对于|针对|就)?.{{0,30}}(?:已经?|现已|将|会|正|正在|及时|立即|马上|第一时间){_OFFICE}"
    r"(?:转|转交|交|交由|批转|转办|转给|转送|报|上报|反馈|移交|派发|通知|责成|安排|要求|联系|督促|协调|组织){1,2}"
    rf"(?:给|至|到|由|请)?{_OFFICE}(?:办理|处理|处置|核处|核实|调查|研究|跟进|解决|落实|部门|单位|科室|局|办|政府|街道|乡|镇|院|公司)(?:和?(?:反馈|答复|回复|处理|解决|落实))?",
    r".{0,12}(?:正在|将|会|继续|进一步|尽快|抓紧|认真|积极|加强|及时|陆续)(?:尽快|抓紧|认真|积极|及时|予以|进行|依法|会同|有关部门)*"
    r"(?:调查|核实|核查|处理|办理|研究|解决|跟进|协调|推进|落实|答复|回复|反馈|关注|督促|考虑|改进|了解)+(?:之?中|您|你|此事|该问题|相关工作|情况|工作|结果)*",
    r".{0,14}(?:高度重视|十分重视|非常重视|认真对待|引起重视)",
    r"(?:待|有|如有|一有|等).{0,14}(?:结果|进展|消息|意见|后).{0,14}(?:回复|答复|反馈|告知|联系|公布)?(?:您|你)?",
    r"请(?:您|你)?(?:耐心)?(?:等待|等候|关注|留意|放心|知悉|谅解|理解|支持).{0,10}",
    r"(?:请|如需|如有|若有|有).{0,20}(?:疑问|问题|不明|需要|咨询).{0,30}",
    # Thanks.
    r".{0,8}(?:感谢|谢谢|致谢|祝您|祝你|敬请|不便).{0,30}",
    r"(?:特此|此复|专此|以上)(?:回复|答复|奉复)?",
)
_NOTHING: Final = re.compile("|".join(f"(?:{one})" for one in _EMPTY))
#: What was done to something, in the fewest words.
_DONE: Final = re.compile(
    r"[\u4e00-\u9fff]{2}.{0,12}(?:已|已经|全部|均已)(?:修复|修好|修通|更换|换好|换新|清理|清运|清走|清除|安装|装好|疏通|拆除|恢复|接通|通水|通电|补发|发放|退还|补种|填平"
    r"|补好|关停|整改到位|施划|接好|送到)"
)
_CLAUSE: Final = re.compile(r"[，,。；;：:！!？?\n]+")
_DATED: Final = re.compile(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|20\d\d年|\d{3,4}-\d{7,8}|https?://[\x21-\x7e]+|[A-Za-z]+\d{4,}"
)
_SIGN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def says_nothing(reply: str) -> bool:
    """Say whether nothing of a reply is about the matter itself: no finding, no rule, no act that was done, no day."""
    return _signs_left(reply) < FEWEST_SIGNS and not _DONE.search(reply)


def _signs_left(reply: str) -> int:
    left = 0
    for clause in _CLAUSE.split(_DATED.sub("", reply)):
        said = "".join(clause.split())
        if said and not _NOTHING.fullmatch(said):
            left += len(_SIGN.findall(said))
            if left >= FEWEST_SIGNS:
                break
    return left
