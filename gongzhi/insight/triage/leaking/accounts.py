"""Where a person can be reached or recognised by signs of his own choice or his vehicle's: accounts, e-mail, plates."""

import re
from collections.abc import Iterator
from typing import Final

from gongzhi.insight.triage.leaking.found import Kind, Leak

_NUMERALS: Final = "〇零一二三四五六七八九幺"
_GAP: Final = r"(?:[^\w×]|_){0,5}"

#: Provinces as plates abbreviate them, and by their full names.
_PROVINCES: Final = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_NAMES: Final = tuple(
    re.findall(
        "黑龙江|内蒙古|..",
        "北京天津上海重庆河北河南云南辽宁黑龙江湖南安徽山东新疆江苏浙江江西湖北广西甘肃山西内蒙古内蒙陕西吉林福建贵州广东青海西藏四川宁夏海南",
    )
)
_NAMED: Final = (*_NAMES, *(f"{name}省" for name in _NAMES))
_SPEAKS_OF: Final = "".join(_PROVINCES | {name[-1] for name in _NAMED})
#: What a plate ends on: learner, trailer, police, Hong Kong, Macau, consulate, embassy, over size, trial, temporary.
_ENDS: Final = "(?:[ ]?[挂学警港澳领使超试临])?"
_SIGN: Final = f"A-Za-z0-9{_NUMERALS}"
#: Five or six signs (four before a sign of use), one of them a digit at least; O and I are on no plate, but are written for 0 and 1.
_BODY: Final = (
    rf"(?=(?:[ ]?[A-Za-z]){{0,5}}[ ]?[0-9{_NUMERALS}])[{_SIGN}](?:(?:[ .\-\n]?[{_SIGN}]){{4,5}}(?![A-Za-z0-9]){_ENDS}"
    rf"|(?:[ .\-\n]?[{_SIGN}]){{3}}[ ]?[挂学警港澳领使超试临])"
)
_PLATE: Final = re.compile(rf"[{_SPEAKS_OF}]{_GAP}(?:临{_GAP})?[A-Za-z]{_GAP}(?:临{_GAP})?(?P<body>{_BODY})")
#: Tractors and the like have the number of their city for a letter, the armed police a province behind its own letters.
_NUMBERED: Final = re.compile(
    rf"[{''.join(_PROVINCES)}]\d\d{_GAP}[A-Za-z\d]\d{{4}}(?!\d)"
    rf"|[Ww](?<![A-Za-z][Ww])[Jj]{_GAP}(?:[{''.join(_PROVINCES)}]|\d\d){_GAP}[A-Za-z\d]\d{{4}}(?!\d)"
)
#: Where a plate is spoken of it may lack its province, or have a town, an embassy or a slip of the pen in its place.
_CALLED_PLATE: Final = re.compile(
    r"(?:车牌|号牌|牌照|牌号|车号|临牌|电动车|电瓶车|电车|三轮|摩托|拖拉机|教练车|军车|警车|使馆|领馆|挂车)车?(?:号码|号|照)?[^\w\n×]{0,4}(?:[是为叫][^\w\n×]{0,2})?"
    rf"(?P<plate>(?:[\u4e00-\u9fff]{{0,3}}{_GAP}[A-Za-z]?(?:后面?是?)?|[A-Za-z]{{2}}){_GAP}{_BODY})(?![辆台元户人起件个号年月日万米])"
)

#: What may stand between the word for an account and the account.
_LINK: Final = r" ?(?:号码|[账帐][号户]|昵称|用户名|[Ii][Dd]|号|名|群主)?(?:(?:[^\w×。;]|_)|就|也|同号|是|为|加|搜索?|叫|的|我){0,6}$"
#: How messengers are written, also so that no filter finds them.
_MESSENGER: Final = re.compile(
    r"(?:[微薇威徽危维伟葳巍](?:[^\w×]|_)?[信心芯❤♥XxVv]|(?<![A-Za-z])(?:[VvWw] ?[信❤♥]|[VvWw] ?[Xx]|[Ww][Ee] ?[Cc][Hh][Aa][Tt]|[Ww][Ee][Ii] ?(?:[Xx][Ii][Nn]|信)|微[Xx])"
    r"|(?:\+|加我?的?) ?[VvWw微薇]|(?<![\dA-Za-z])[Vv](?=[:号])|[薇微]|卫星(?=号)|绿泡泡?|小绿书"
    r"|抖音|快手|支付宝|小红书|微博|陌陌|钉钉|飞书|探探|贴吧|闲鱼|淘宝|旺旺|(?<![A-Za-z])(?:[Tt]elegram|TG|[Ss]kype|[Ww]hats[Aa]pp|LINE))"
    + _LINK
)
_QQ: Final = re.compile(
    r"(?:(?<![A-Za-z\d])[Qq](?: ?[Qq])?(?:邮箱)?|[扣抠叩秋球]{2}|扣(?=[:号])|企鹅|腾讯)" + _LINK
)
_BOX: Final = re.compile(r"(?:邮箱|信箱|邮件|[Mm]ail|MAIL)(?:地址)?" + _LINK)
_NAME: Final = re.compile(r"[A-Za-z](?<![\w.-][A-Za-z])[\w-]{3,39}(?:@[\w.-]{1,40})?", re.ASCII)
_NO_NAME: Final = re.compile(
    r"(?:we ?chat|wei ?xin|alipay|android|iphone|official|public|douyin|https?|www)(?![a-z0-9_])",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    rf"[\d{_NUMERALS}](?<![\d{_NUMERALS}][\d{_NUMERALS}])(?:[^\w×,。;\n]{{0,2}}[\d{_NUMERALS}]){{4,10}}(?![\dA-Za-z])"
)
#: A word for a messenger that is written as one word with the account (vxabc888).
_GLUED: Final = re.compile(r"(?:we(?:chat|ixin)|[vw]x?)(?=[a-z]\w{3})", re.IGNORECASE)
_BEFORE: Final = 20

_TOP: Final = "(?:com|cn|net|org|edu|gov|top|vip|cc|io|me|info|xyz|hk|tw)"
_DOT: Final = (
    r"(?:\s?\.\s?|\s?(?:[点點]|[(\[]?[Dd][Oo][Tt][)\]]?)\s?"
    rf"|\s?[。·•・,、:]\s?(?=(?:[A-Za-z0-9\-]{{1,20}}[。·•・,、:])?{_TOP}(?![A-Za-z0-9])))"
)
_LABEL: Final = r"(?:[A-Za-z0-9\-]{1,40}|[\u4e00-\u9fff]{1,6}?)"
#: What is written for @ and the domain behind it.
_DOMAIN: Final = re.compile(
    r"[@#(\[{<艾圈 ](?:(?<=[@#])|(?<=[(\[{<])\s?(?:[Aa][Tt]?|@)\s?[)\]}>]|(?<=艾)特|(?<=圈)[Aa]|(?<= )[Aa][Tt] )\s?"
    rf"(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{0,3}}{_DOT}[A-Za-z]{{2,12}})(?![A-Za-z0-9])"
)
_LOCAL: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-"
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]{1,4}$")


def accounts_in(text: str) -> Iterator[Leak]:
    """Find plates, accounts and e-mail addresses in a text of one form."""
    yield from _plates(text)
    yield from _accounts(text)
    yield from _addresses(text)


def _plates(text: str) -> Iterator[Leak]:
    for found in _PLATE.finditer(text):
        start = found.start()
        if found[0][0] not in _PROVINCES:
            named = next((name for name in _NAMED if text.endswith(name, 0, start + 1)), "")
            start = start + 1 - len(named)
            if not named:
                continue
        yield Leak(Kind.PLATE, (start, found.end()), "像是车牌号码")
    for pattern, group in ((_NUMBERED, 0), (_CALLED_PLATE, "plate")):
        for found in pattern.finditer(text):
            yield Leak(Kind.PLATE, found.span(group), "像是车牌号码")


def _accounts(text: str) -> Iterator[Leak]:
    """Find what could be an account, and take it for one where the words before it say so."""
    for found in _NAME.finditer(text):
        name, before = found[0], text[max(0, found.start() - _BEFORE) : found.start()]
        bare = name.partition("@")[0]
        if (len(bare) < 6 and not re.search(r"[\d_-]", bare)) or _NO_NAME.match(name):
            continue
        glued = _GLUED.match(name)
        called = _MESSENGER.search(before) or (glued and _MESSENGER.search(before + glued[0]))
        if called or ("@" not in name and _is_box(text, found.span(), before)):
            yield Leak(Kind.ACCOUNT, found.span(), "像是微信号、QQ号等个人账号")
    for found in _COUNTED.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if _QQ.search(before) or (
            len(found[0]) > 5 and (_MESSENGER.search(before) or _is_box(text, found.span(), before))
        ):
            yield Leak(Kind.ACCOUNT, found.span(), "像是微信号、QQ号等个人账号")


def _is_box(text: str, span: tuple[int, int], before: str) -> bool:
    """Say whether a name is that of a mailbox whose provider is known without being written (163邮箱abc88)."""
    follows = text[span[1] : span[1] + 2].lstrip()[:1]
    return (
        any(map(str.isdigit, text[slice(*span)]))
        and follows not in tuple("@#([.艾圈")
        and bool(_BOX.search(before))
    )


def _addresses(text: str) -> Iterator[Leak]:
    """Find e-mail addresses from what stands in the place of @; those of government offices may stay."""
    for found in _DOMAIN.finditer(text):
        before = text[max(0, found.start() - 64) : found.start()]
        kept = before.rstrip()
        local = kept.rstrip(_LOCAL)
        if local == kept and (chinese := _CHINESE.search(kept)):
            local = kept[: -len(chinese[0])]
        office = re.sub(r"[^A-Za-z0-9]+", ".", found["domain"]).lower().endswith("gov.cn")
        if local != kept and not office:
            yield Leak(Kind.EMAIL, (found.start() - len(before) + len(local), found.end()), "像是个人邮箱")
