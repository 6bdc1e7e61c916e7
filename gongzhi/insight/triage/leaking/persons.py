"""Names with how people are addressed, homes down to the door, plates, and accounts in a text."""

import re
from collections.abc import Iterator
from typing import Final

from gongzhi.insight.triage.leaking.found import Kind, Leak
from gongzhi.insight.triage.leaking.homes import homes_in
from gongzhi.insight.triage.leaking.names import names_in

_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-Za-z][ ·.\-•・]{0,2}"
    r"(?=(?:[ ]?[A-Za-z]){0,5}[ ]?\d)(?:[A-HJ-NP-Za-hj-np-z0-9][ .\-]?){4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![A-Za-z0-9])"
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+[ ]?@[ ]?[\w-]+(?:[ ]?\.[ ]?[A-Za-z]{2,})+", re.ASCII)
_ACCOUNT: Final = re.compile(
    r"(?:(?:微信|薇信|威信|V信|v信|VX|vx|WX|wx|WeChat|wechat|weixin)(?:号|号码|账号)?(?:[:是为, ]|也?同号){0,3}(?P<wechat>[A-Za-z][\w-]{5,19}|\d{6,11})"
    r"|(?:QQ|qq|Qq|扣扣|企鹅号)(?:号码|号|账号|邮箱)?[:是为, ]{0,3}(?P<qq>\d(?:[ .-]?\d){4,10}))(?![\d])",
    re.ASCII,
)


def persons_in(text: str) -> Iterator[Leak]:
    """Find names, homes, plates and accounts in a text of one width."""
    yield from names_in(text)
    yield from homes_in(text)
    for pattern, group, kind, why in _PLAIN:
        for found in pattern.finditer(text):
            yield Leak(kind, found.span(group), why)
    for found in _EMAIL.finditer(text):
        if not found.group().replace(" ", "").lower().endswith(".gov.cn"):
            yield Leak(Kind.EMAIL, found.span(), "像是个人邮箱")
    for found in _ACCOUNT.finditer(text):
        yield Leak(Kind.ACCOUNT, found.span(found.lastgroup or 0), "像是微信号或QQ号")


_PLAIN: Final = ((_PLATE, 0, Kind.PLATE, "像是车牌号码"),)
