"""Homes down to the door: flats, rows of houses, houses in villages and streets; roads, wells and offices are left."""

import re
from collections.abc import Iterator
from typing import Final

from gongzhi.insight.triage.leaking.found import Kind, Leak

#: What may stand between the parts of a home, as people break and space them.
_GAP: Final = r"[\s,，、的]{0,3}"
_COUNT: Final = (
    r"(?:\d{1,4}|[一二三四五六七八九十百零〇○两壹贰叁肆伍陆柒捌玖拾]{1,5}|[A-Za-z]\d{0,2}|[甲乙丙丁]\d{0,3})"
)
_SIDE: Final = r"[东西南北中左右]"
#: A room is numbered by its floor and its door: 602, 1203, 三〇一.
_ROOM: Final = r"(?:\d{1,2}[012]\d|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖]{1,2}[零〇○][一二三四五六七八九壹贰叁肆伍陆柒捌玖])(?!\d)"
#: What is counted, after a number that would be a room.
_COUNTED: Final = r"(?!\s?(?:户居民|户村民|户业主|户群众|户住户|人|元|万|个|辆|台|米|平方|平米|㎡|亩|年|月|天|分|家|路|次|位|名|吨|套|间|[余多mM%.．]))"
_BUILDING: Final = rf"(?:[A-Za-z]区{_GAP})?(?:{_COUNT}\s?(?:号楼|号院|号公寓|#楼|栋(?!楼)|幢|座|#|号门(?=.{{0,2}}[楼层])|号)|(?<=[院区苑园寓城舍]){_SIDE}楼|[A-Za-z]\d?[栋座幢])"
_UNIT: Final = rf"(?:(?:{_SIDE}[数边]?)?第?{_COUNT}个?|{_SIDE})\s?(?:单元|门洞|门(?!口))"
_STOREY: Final = rf"(?:负?{_COUNT}|[顶底](?=[楼层]{_GAP}(?:{_SIDE}|\d)))\s?(?:楼|层)(?![道梯顶下板]|消防|公共|走廊|电梯|通道|平台|电井|大厅)"
_DOOR: Final = rf"(?:附\d{{1,2}}号|{_ROOM}{_COUNTED}\s?(?:号房|房间|室|房|户|号)?|{_COUNT}\s?(?:号房|房间|室|号(?!楼(?!顶)|院|线|井|窗|桥))|{_SIDE}{{1,2}}(?:边)?户|[A-Za-z][户室])"
#: On a landing a side is enough.
_ON_THE_LANDING: Final = rf"(?:{_DOOR}|{_SIDE}{{1,2}}(?:户|门|边|侧|头|厢房|手)?)"
#: A flat: the building and what leads to the door; a building or its stairs alone are nobody's home.
_FLAT: Final = re.compile(
    rf"(?![一二两三四五六七八九十]+栋[一二两三四五六七八九十]+层)(?:{_COUNT}号院{_GAP})?{_BUILDING}{_GAP}(?:{_UNIT}{_GAP}|{_SIDE}头{_GAP})?(?:{_STOREY}(?:{_GAP}{_ON_THE_LANDING})?|{_DOOR})"
    rf"|{_STOREY}{_GAP}{_UNIT}{_GAP}{_DOOR}|{_STOREY}(?:{_SIDE}{{1,2}}户|{_ROOM}{_COUNTED}(?:室|房|号)?)|{_BUILDING}{_GAP}地下室{_GAP}{_COUNT}号"
    r"|(?P<storey>\d{1,2})[楼层](?P=storey)[0-3]\d(?!\d)"
    rf"|{_UNIT}{_GAP}(?:{_STOREY}{_GAP}{_ON_THE_LANDING}|{_DOOR})"
    rf"|(?:平房)?(?:[A-Za-z]区)?{_COUNT}排{_COUNT}[号户]"
)
_STROKE: Final = r"\s?[-—–]\s?"
_JOINED_ROOM: Final = r"\d{1,2}[012]\d(?:室|户|号)?(?![\d\-./])"
_ROOM_BEHIND: Final = rf"(?!(?:19[1-9]|20[1-9])\d(?!\d)){_JOINED_ROOM}"
#: Three numbers joined by strokes (3-2-501); what may not stand before is asked behind the first sign, which is faster.
_THREE_JOINED: Final = re.compile(
    rf"[A-Za-z\d](?:(?<![\d.\-/A-Za-z—–].)|(?<=期-.))\d{{0,2}}{_STROKE}\d{{1,2}}{_STROKE}{_ROOM_BEHIND}"
)
#: Two numbers or three, after what is said of an estate.
_JOINED: Final = re.compile(
    rf"[苑园院区城庭府寓楼村舍湾郡居座幢栋](?P<home>\s?[A-Za-z]?\d{{1,2}}\s?[-—–#/.·]\s?(?:\d{{1,2}}\s?[-—–/.·]\s?)?{_JOINED_ROOM}|\d{{1,2}}-\d{{1,2}}-\d{{1,2}}(?![\d\-./栋幢号楼单]))"
)
#: What is let or owned under a number.
_LET: Final = re.compile(
    r"(?:商铺|门面房?|门店|车位|车库|储藏室|地下室|宿舍楼?|公寓楼?|筒子楼|单身楼|房间号|公租房|廉租房|安置房|房号|门牌号?|室号)[号为是:： ]{0,2}"
    r"(?P<home>[A-Za-z]?\d{1,2}[-—–]\d{1,4}(?:号|室)?(?![\d\-栋号楼层])|[A-Za-z]\d{3,4}(?!\d)"
    rf"|(?:(?<=公寓)|(?<=公寓楼)|(?<=宿舍)|(?<=筒子楼)|(?<=单身楼)|(?<=宿舍楼)|(?<=房间号)|(?<=房号)|(?<=室号))[号为是:： ]{{0,2}}{_ROOM}{_COUNTED}(?:号|室)?)"
)
#: A room by itself, where somebody lives above, beside or in it.
_ALONE: Final = re.compile(
    r"(?:楼[上下]|我家|我住|隔壁|对门|邻居|家住)[是的在住 ]{0,2}(?P<home>\d{1,2}0[1-9](?!\d)(?!人|元|万|个|年|天(?!天)|块)(?:室|户|号)?(?:住户|业主)?)"
)
_LODGER: Final = re.compile(r"\d(?<!\d.)\d?0[1-9](?:室的?|号的?|的)?(?:住户|业主|邻居|租户|租客)")
#: What has a number in a village or a street and is no house.
_NO_HOUSE: Final = r"(?![楼线文令路井桥闸泵机站变灯杆车电池塘沟渠坑口点厕公馆厅棚台窗地标图库仓段桩墩球界]|[\s,，]?(?:井盖|配电|大院|院外|院内道|通告|公告|信箱|病房|病床))"
#: A house of a group of a village, and of a village.
_GROUP: Final = re.compile(
    rf"(?:第?{_COUNT}|(?<=村)[东西南北前后中])(?:村民小组|村民组|小组|组|队|道?巷|道?街|胡同)[ ,，]?{_COUNT}号(?:院)?{_NO_HOUSE}"
)
_VILLAGE: Final = re.compile(
    rf"[村庄寨湾屯沟营](?P<home>(?:[东西南北中前后]{{1,2}}[街巷]|[\u4e00-\u9fff]{{1,3}}[组坡场崖])?\d{{1,4}}号(?:院|附\d{{1,2}}号)?{_NO_HOUSE})"
)
#: A house by its place in the lane: 村东头第三家.
_NTH: Final = re.compile(
    rf"(?:那一?[家户]|(?:第{_COUNT}|倒数第{_COUNT}|头一|最后一)(?:[家户排]|个(?:大?门|院)(?!口)|处(?=宅|院|房|$|[，。；,;])))(?![^，。；,;\s]{{0,5}}(?:店|馆|厂|公司|超市|企业|单位|饭|院|吧|厅|商|摊|门市|学校|银行|药房))"
)
_BESIDE: Final = re.compile(
    r"(?:[^，。；,;\s]{0,6}(?:[东西南北前后][头边面侧]|[头边面侧口旁根]|[后前里]边|对面|隔壁|对门|外头?|往里走?|[左右]手边?|斜对过|[路街巷][东西南北])|(?:挨着|紧挨|靠着)[^，。；,;\s]{1,6}|[东西南北]起|[东西南北][边头]?数|第[一二三四五六七八九十\d]{1,2}排|从[东西南北][往向][东西南北]数?)$"
)
#: What leads from a gate to a home.
_ASIDE: Final = r"(?:旁门|后院|前院|楼上|院?内?[东西南北正堂偏厢]{1,2}[屋房]|院?内?[一二三四五六][层楼])"
#: A number in a street with what only a home has.
_HOUSE: Final = re.compile(
    rf"(?:路|街|巷|道|胡同|弄|里|条|坊|大院)(?:[东西南北中]段)?\d{{1,4}}号(?:院)?(?:附\d{{1,2}}号|内?(?=[东西]户){_SIDE}户|{_ASIDE}|{_COUNT}楼(?![大道梯顶])|(?=的?(?:住户|居民|业主|邻居|这一排|出来|走失|房屋|住宅|住房|院落|宅)))"
)
#: A number in a street, of which somebody said that the home is meant.
_OWN: Final = re.compile(
    rf"(?:[我俺他她咱]家|[我俺他她咱]的房|老宅|自建房)[^。；;\n]{{0,20}}?(?P<home>[\u4e00-\u9fff]{{1,6}}[路街巷道弄同底坡头沿]\d{{1,4}}号(?:院)?(?:{_ASIDE}|{_NO_HOUSE}))"
)
_END: Final = rf"(?:[隔对][壁门]|{_COUNT}号(?:院)?{_ASIDE}|{_COUNT}号院{_COUNT}(?:号楼|栋|幢)|{_COUNT}号(?:院|附\d{{1,2}}号)?{_NO_HOUSE}|第{_COUNT}[家户排]|那[一]?[家户]|最后一[家户]|第{_COUNT}个大?门|头一[家户]|{_COUNT}[楼层](?![大道梯])|\d{{1,3}}(?:号楼|栋|幢|座|-(?=\d))(?:{_COUNT}单元)?)"
#: Where somebody says to live.
_LIVES: Final = re.compile(
    r"(?:家住|居住在|居住于|租住[在于]?|暂住[在于]?|住在|住址|现住|现居住?|家在|我住|住(?=[^，。；院房宅户所建\s]{2,8}(?:[路街巷道同村庄]|[园苑区城寓]\s?\d))|我家是|我家门牌|家庭住址|家庭地址|户籍地址?|户口地址"
    r"|收[件货]地址|送达地址|通讯地址|邮寄地址|联系地址|居住地址?|地址|房[子屋](?:在|位于)|户籍所在地|户口所在地|寄到|送到|老家|坐落[在于]?|原住|躺在|寄住在?|借住在?|我住的)[在于是为:： ]{0,2}"
    rf"(?P<home>[^，。；,;\n]{{2,24}}?{_END})"
    r"|门牌号?[码是为:： ]{0,2}(?P<plate>(?:[\u4e00-\u9fff]{1,6}[路街巷道同弄里村庄])?[甲乙丙丁]?\d{1,4}号)"
)
#: In a lane there are homes; offices are told by their names.
_LANE: Final = re.compile(
    rf"[巷弄同](?:[东西南北中]段|里头?)?[甲乙丙丁]?\d{{1,4}}号(?:院)?(?:附\d{{1,2}}号)?{_NO_HOUSE}"
)
#: A storey at a corner that somebody calls home.
_CORNER: Final = re.compile(rf"[角头侧边面]{_COUNT}[楼层](?=是?我家)")
#: An office says where it is; flats that belong to one are homes all the same.
_OFFICE: Final = re.compile(
    r"(?:办公|政府|大厅|窗口|中心(?!大?[街路])|法院|检察院|医院|门诊|病房|(?:学校|小学|中学|大学)(?![路街巷])|教学楼|综合楼|派出所|银行|公司|单位|机关|会议室|活动室|卫生室|接待室|教室|委员会|联合会|居委会|村委会|大厦|酒店|宾馆|[局厅](?![街路巷])|接待地点|办理地点|我[局委院所办])"
)
_DWELLING: Final = re.compile(
    r"家属[院楼区]|宿舍|公寓|小区|[苑园]|家住|住在|我家|家在|居住|租住|花园|新村|[东西南北]院|号院|您[户家]|住户|业主|用户|户主|我住|全体"
)
_OFFICE_BEHIND: Final = re.compile(
    r"[ ,，(（]{0,2}(?!打|给|找|向|问|联系|我|俺)[^，。；,;\n]{0,10}(?:办公|窗口|接待室|会议室|教室|大厅|服务中心|公司|诊室|病房|科室|[局]|就诊|办理|咨询)"
)
_HEAD: Final = re.compile(r"\s?(?:办公|单位|联系|邮寄)?地[址点][:：为是]")
#: What stands behind a comma and says another place than that of the office before it.
_ANOTHER_PLACE: Final = re.compile(r"(?!位于|地[址点]|设在|在|到|请|就|也|位置)[\u4e00-\u9fff]{4}")
#: A number, or what stands for one.
_ANY_NUMBER: Final = re.compile(r"[\d一二三四五六七八九十壹贰叁肆伍陆柒捌玖那]|头一")
#: Where a flat may begin: a number, a letter or a side, with a word for a part of a house not far behind.
_BEGINS: Final = re.compile(
    r"[\d一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾东西南北中左右A-Za-z第平甲乙丙丁顶底](?=.{0,7}[号栋幢座#排门单楼层])",
    re.DOTALL,
)
_NAME_OF_A_STREET: Final = re.compile(r"[\u4e00-\u9fff]+$")
_TO_THE_UNIT: Final = "住址写到了门牌或单元"
_TO_THE_DOOR: Final = "住址写到了门牌"
_PATTERNS: Final = (
    (_THREE_JOINED, _TO_THE_UNIT),
    (_JOINED, _TO_THE_UNIT),
    (_LET, _TO_THE_UNIT),
    (_ALONE, _TO_THE_UNIT),
    (_LODGER, _TO_THE_UNIT),
    (_VILLAGE, _TO_THE_DOOR),
    (_OWN, _TO_THE_DOOR),
)
#: Who gives an address means all of it; who says to live in an estate often speaks of the estate.
_ADDRESS: Final = re.compile("[址籍寄送]")
#: From where it is said, the signs of the home, and why it is one.
Home = tuple[int, tuple[int, int], str]


def homes_in(text: str) -> Iterator[Leak]:
    """Find homes in a text of one form; of a flat the estate stays readable, for the matter is often about it."""
    if not _ANY_NUMBER.search(text):
        return
    told = [
        home
        for home in (*_numbered(text), *_told(text), *_streets(text))
        if not _is_an_office(text, home[0], home[1][1])
    ]
    yield from (Leak(Kind.ADDRESS, span, why) for _from, span, why in told)
    flats = [span for _from, span, why in told if why is _TO_THE_UNIT]
    for found in _LIVES.finditer(text):
        start, end = found.span(found.lastgroup or 0)
        is_told_already = any(start < flat[1] and flat[0] < end for flat in flats) and not _ADDRESS.search(
            found.group()
        )
        if not is_told_already and not _is_an_office(text, found.start(), end):
            yield Leak(Kind.ADDRESS, (start, end), _TO_THE_DOOR)
    for nth in _NTH.finditer(text):
        if beside := _BESIDE.search(text, max(0, nth.start() - 9), nth.start()):
            yield Leak(Kind.ADDRESS, (beside.start(), nth.end()), _TO_THE_DOOR)


def _numbered(text: str) -> Iterator[Home]:
    """Find flats and houses of groups; looked for only where a number or a side begins, since there are many ways to write them."""
    done = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() < done:
            continue
        for pattern, why in ((_FLAT, _TO_THE_UNIT), (_GROUP, _TO_THE_DOOR)):
            if found := pattern.match(text, begin.start()):
                done = found.end()
                yield found.start(), found.span(), why
                break


def _told(text: str) -> Iterator[Home]:
    """Find rooms, joined numbers and houses that need something beside them."""
    for pattern, why in _PATTERNS:
        for found in pattern.finditer(text):
            yield found.start(), found.span(found.lastgroup or 0), why


def _streets(text: str) -> Iterator[Home]:
    """Find numbers in streets with what only a home has."""
    for pattern in (_HOUSE, _LANE, _CORNER):
        for found in pattern.finditer(text):
            name = _NAME_OF_A_STREET.search(text, max(0, found.start() - 12), found.start())
            start = name.start() if name else found.start()
            yield start, (start, found.end()), _TO_THE_DOOR


def _is_an_office(text: str, start: int, end: int) -> bool:
    """Say whether the clause speaks of the rooms of an office, and not of where somebody lives."""
    if _DWELLING.match(text, start):
        return False
    clause = max(text.rfind(sign, 0, start) for sign in "。；;？?！!\n") + 1
    if _HEAD.match(text, clause):  # 县民政局；地址：文昌路128号
        clause = max(text.rfind(sign, 0, clause - 1) for sign in "。；;？?！!\n") + 1
    before = text[max(clause, start - 24) : end]
    if (comma := max(map(before.rfind, ",，"))) > 0 and _ANOTHER_PLACE.match(before, comma + 1):
        before = before[comma + 1 :]
    office = max((found.end() for found in _OFFICE.finditer(before)), default=0)
    return bool((office and not _DWELLING.search(before, office)) or _OFFICE_BEHIND.match(text, end))
