"""Copies of messages as people make them, and messages that only look like copies, both drawn from a seed.

`medium`: slips, synonyms, dropped and moved sentences, 10 to 20 % of the signs; `heavy`: shortened to a half or a third,
re-ordered, another greeting, numbers written otherwise, 30 to 40 % of the signs. Slips strike anywhere among Chinese signs, names of places
too, half of them in runs of two to four as when a phrase is put otherwise. `lookalikes` say the same about another road,
estate or number.
"""

import random
import re
from collections.abc import Sequence
from typing import Final

GREETINGS: Final = ("尊敬的领导您好，", "您好！", "书记好，打扰了。", "各位领导，", "请转有关部门：", "")
SYNONYMS: Final = {
    "请问": "想问",
    "希望": "盼望",
    "解决": "处理",
    "什么时候": "何时",
    "没有": "没",
    "非常": "特别",
    "影响": "妨碍",
    "尽快": "早日",
    "现在": "如今",
    "居民": "住户",
    "业主": "住户",
    "反映": "投诉",
    "严重": "厉害",
    "因为": "由于",
    "但是": "不过",
    "问题": "情况",
    "部门": "单位",
    "相关": "有关",
    "要求": "请求",
    "已经": "早就",
    "进行": "搞",
    "工作": "事情",
    "孩子": "小孩",
    "晚上": "夜里",
}
COMMON: Final = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开"
DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
ROADS: Final = [a + b for a in "槐柳松枫桂兰文武永安长宁清明金银东西" for b in "荫溪岭泉塘桥华兴康泰丰源澜波"]
TEMPLATES: Final = (
    (
        "{r}路{n}号门前的路灯坏了",
        "我是{r}路的居民，{r}路{n}号到{m}号之间的路灯从上个月起全部不亮，老人晚上出门摔倒过，打过三次电话都没有人来修，请尽快派人。",
    ),
    (
        "{r}花园{n}栋电梯经常停运",
        "{r}花园{n}栋的电梯一周停三次，物业说在等配件，住在{m}楼的老人下不了楼。请住建部门督促{r}花园物业维修电梯，公开维修资金的用途。",
    ),
    (
        "{n}路公交车经常不准时",
        "每天早上在{r}路口等{n}路公交车，站牌写八分钟一班，实际要等{m}分钟，上班总是迟到。希望公交公司增加{n}路的班次。",
    ),
    (
        "{r}村自来水浑浊",
        "{r}村{n}组的自来水发黄有沉淀，烧开也有怪味，全组{m}户人家靠买水过日子，请水务部门到{r}村化验水质。",
    ),
    (
        "{r}小区楼下烧烤摊油烟扰民",
        "{r}小区{n}栋一楼的烧烤店每天营业到凌晨，油烟直排，{m}户居民不敢开窗，城管来过就收，走了又摆，请彻底解决。",
    ),
    (
        "{r}街施工噪音太大",
        "{r}街{n}号工地夜里十二点还在打桩，附近{m}户居民无法休息，多次向环保部门反映没有结果，请{r}街工地遵守夜间施工规定。",
    ),
)
_SENTENCE: Final = re.compile(r"[^，。！？；,!?;]+[，。！？；,!?;]*")


def medium(text: str, chance: random.Random) -> str:
    """Return a copy with some sentences dropped or moved, and 10 to 20 % of the signs changed."""
    parts = [part for part in _SENTENCE.findall(text) if part.strip()]
    if len(parts) > 3:
        parts = [part for part in parts if chance.random() > 0.12]
        at = chance.randrange(len(parts))
        parts.insert(chance.randrange(len(parts)), parts.pop(at))
    return slipped(put_otherwise("".join(parts), chance), chance.uniform(0.1, 0.2), chance)


def heavy(text: str, chance: random.Random) -> str:
    """Return a copy shortened to a half or a third and re-ordered, with 30 to 40 % of the signs changed."""
    parts = [part for part in _SENTENCE.findall(text) if part.strip()]
    chance.shuffle(parts)
    wanted, kept = len(text) * chance.uniform(0.33, 0.5), ""
    while parts and len(kept) < wanted:
        kept += parts.pop()
    if chance.random() < 0.5:
        kept = kept.translate(DIGITS)
    return chance.choice(GREETINGS) + slipped(put_otherwise(kept, chance), chance.uniform(0.3, 0.4), chance)


def put_otherwise(text: str, chance: random.Random) -> str:
    """Replace half of the known words by others of the same sense."""
    for word, other in SYNONYMS.items():
        if chance.random() < 0.5:
            text = text.replace(word, other)
    return text


def slipped(text: str, share: float, chance: random.Random) -> str:
    """Change, drop or double the given share of the Chinese signs, half of them in runs."""
    signs = list(text)
    left = int(len(signs) * share)
    while left > 0:
        run = min(chance.choice((1, 1, 1, 2, 3, 4)), left)
        at = chance.randrange(len(signs))
        for place in range(at, min(at + run, len(signs))):
            if "\u4e00" <= signs[place][:1] <= "\u9fff":
                kind = chance.random()
                signs[place] = (
                    chance.choice(COMMON)
                    if kind < 0.7
                    else ""
                    if kind < 0.9
                    else signs[place] + chance.choice(COMMON)
                )
        left -= run
    return "".join(signs)


def lookalikes(count: int, chance: random.Random) -> list[tuple[str, tuple[object, ...]]]:
    """Return *count* messages from a few wordings, each with what it is about; two are the same matter when that is equal."""
    made = []
    for _ in range(count):
        at = chance.randrange(len(TEMPLATES))
        road, number, other = chance.choice(ROADS), chance.randrange(1, 400), chance.randrange(5, 60)
        title, text = TEMPLATES[at]
        words = f"{title}。{text}".format(r=road, n=number, m=other)
        made.append((put_otherwise(words, chance), (at, road, number)))
    return made


def long_enough(texts: Sequence[str]) -> list[str]:
    """Return texts of 60 signs or more: of a third of less, nothing could be recognised."""
    return [text for text in texts if len(text) >= 60]
