"""Names with how people are addressed, homes down to the door, plates, and accounts in a text."""

import re
from collections.abc import Iterator
from typing import Final

from gongzhi.insight.triage.leaking.found import Kind, Leak

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万柯卢莫房缪解应宗丁宣邓杭洪包左石崔吉龚程邢裴陆荣翁荀甄曲封靳焦侯宁仇甘武符刘景詹龙叶司黎溥印白蒲邰鄂索赖卓蔺屠蒙池乔闻党翟谭劳申冉"
    "桑桂牛边燕冀尚温庄晏瞿阎连习艾容向古易廖耿满匡文寇阙欧沃利师巩聂勾敖冷辛简饶曾沙丰关查荆游权闫肖岳涂付佟代仝段娄宫佘覃鞠原牟池晋"
)
_DOUBLE: Final = "欧阳|上官|司马|诸葛|皇甫|尉迟|慕容|司徒|令狐|夏侯|端木|东方"
_TITLES: Final = (
    "先生|女士|小姐|太太|同志|师傅|大爷|大妈|大叔|阿姨|老师|医生|大夫|护士|律师|书记|主任|局长|科长|处长|股长|所长|站长|队长|镇长|乡长|县长|市长"
    "|区长|村长|校长|院长|组长|会计(?!师)|经理|老板|警官|法官|部长|主席|董事长"
)
_NAME: Final = rf"(?:{_DOUBLE}|[{_SURNAMES}])(?:[\u4e00-\u9fff]{{1,2}})"
_TITLED: Final = re.compile(
    rf"(?P<who>(?:{_DOUBLE}|[{_SURNAMES}])[\u4e00-\u9fff]{{0,2}}?)(?:副)?(?:{_TITLES})"
)
_INTRODUCED: Final = re.compile(
    rf"(?:我(?:的名字)?叫(?:做)?|本人姓名|姓名|真实姓名|联系人|户主|申请人|投诉人|反映人|举报人|当事人|受害人|患者|车主|收款人|开户人|法定代表人|我是)"
    rf"[:是为叫 ]{{0,2}}(?P<name>{_NAME})(?=$|[^\u4e00-\u9fff]|男|女|身份证|电话|手机|家住|住在|今年|现年|是|的)"
)
_MYSELF: Final = re.compile(rf"本人[:是 ]?(?P<name>{_NAME})(?=[,，、(（。;；]|男|女|身份证|家住|现住|系)")
#: A sign before a surname that makes one word with it.
_COMPOUNDS: Final = (
    "公安 治安 保安 平安 西安 语文 中文 英文 作文 外文 人文 担任 现任 历任 前任 兼任 时任 首任 继任 "
    "连任 新任 责任 信任 主任 资金 基金 现金 奖金 水平 公平 提高 最高 崇高 一方 对方 双方 地方 官方 "
    "警方 校方 多方 各方 甲方 乙方 房管 村庄 大庄 农田 森林 园林 山林 武林 公关 机关 有关 相关 海关 "
    "不解 理解 了解 调解 供应 反应 相应 方向 面向 生态 乡党 入党 政党 同党 公司 官司 上司 教师 律师 "
    "厨师 工程 课程 过程 全程 流程 便利 水利 权利 胜利 维权 产权 授权 债权 内容 纵容 交易 容易 贸易 "
    "检查 调查 督查 审查 巡查 侦查 核查 老师 医师 技师 申请 申报 申诉 申领 应该 应当 及时 常年 常住 "
    "曾经 高度 安排 安全 安装 成为 成功 成立 金额 金融 时间 时候 方便 方案 方式 明白 明确 明显 任何 "
    "解决 解释 支持 文化 文明 通过 通知 平均 平台 和谐 全部 全家 全体 经常 经过 家长 家里 家庭 居住 "
    "居民 水费 水泥 水质 路过 路口 路边 路灯 车辆 车位 农村 农业 农民 白天 古城 向上 易地 强烈 强制 "
    "关于 关注 关心 于是 符合 符号 景区 明天 万元 管理 管道 连续 连夜 左右 单位 单元 元旦 向班 汤阴 "
    "安阳 郑州 郏县 温县 滑县 范县 项城 柘城 "
)
_WORDS: Final = frozenset(_COMPOUNDS.split())
_NO_NAME: Final = frozenset("某×xX*该本")
_NO_GIVEN: Final = re.compile(
    r"(?:[去今前昨明后当上下][年天日月]|[年月日时]$|什么|时候|我们|你们|他们|处理|负责|解决|关于|大家|本人|有关|单位|村民|居民|业主"
    r"|[村庄寨湾屯路街镇乡县市区局院校店厂组社户园苑城员]$|法院|公司|广场|小学|中学|大学|医院|学校|部门|领导|副|党委|政府|社区|街道|小区|支部|工会|物业)"
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-Za-z][ ·.\-•・]{0,2}"
    r"(?=(?:[ ]?[A-Za-z]){0,5}[ ]?\d)(?:[A-HJ-NP-Za-hj-np-z0-9][ .\-]?){4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![A-Za-z0-9])"
)
_NUMBER: Final = r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,4}|[A-Za-z]\d{0,2})"
_DOOR: Final = r"(?:室|号房|房间|房|户|号)"
_HOME: Final = re.compile(
    rf"{_NUMBER}[ ]?(?:号楼|号院|#楼|栋|幢|座|#|号)[ ,，]{{0,2}}(?:[东西南北]?{_NUMBER}[ ]?(?:单元|门洞|门)[ ,，]{{0,2}}"
    rf"(?:{_NUMBER}[ ]?(?:楼|层)[ ]?)?(?:(?:{_NUMBER}|东户|西户|中户)[ ]?{_DOOR}?)?|(?:{_NUMBER}[ ]?(?:楼|层)[ ]?)?\d{{3,4}}[ ]?(?:室|号房|房|户|号))"
    rf"|{_NUMBER}[ ]?单元[ ,，]{{0,2}}(?:{_NUMBER}[ ]?(?:楼|层)[ ]?)?(?:\d{{3,4}}[ ]?{_DOOR}?|{_NUMBER}[ ]?{_DOOR}|东户|西户)"
    rf"|[村庄寨湾屯沟营店]{_NUMBER}(?:村民)?(?:组|队|排)[ ,，]?{_NUMBER}(?:号|户)"
    r"|(?<=[苑园院区城庭府寓楼])[ ]?\d{1,3}[ ]?[-#/][ ]?\d{1,2}[ ]?-[ ]?(?!(?:19|20)\d\d(?!\d))\d{3,4}(?:室|户|号)?(?!\d)"
)
_LIVES: Final = re.compile(
    r"(?:家住|住址|现住|家在|我住|我家住|家庭住址|家庭地址|户籍地址|收件地址|居住地)[在于:是为 ]{0,2}"
    rf"(?P<home>[^，。；,;\n]{{2,24}}?{_NUMBER}号(?:院)?)(?![院楼线文令])"
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+[ ]?@[ ]?[\w-]+(?:[ ]?\.[ ]?[A-Za-z]{2,})+", re.ASCII)
_ACCOUNT: Final = re.compile(
    r"(?:(?:微信|薇信|威信|V信|v信|VX|vx|WX|wx|WeChat|wechat|weixin)(?:号|号码|账号)?(?:[:是为, ]|也?同号){0,3}(?P<wechat>[A-Za-z][\w-]{5,19}|\d{6,11})"
    r"|(?:QQ|qq|Qq|扣扣|企鹅号)(?:号码|号|账号|邮箱)?[:是为, ]{0,3}(?P<qq>\d(?:[ .-]?\d){4,10}))(?![\d])",
    re.ASCII,
)


def persons_in(text: str) -> Iterator[Leak]:
    """Find names, homes, plates and accounts in a text of one width."""
    yield from _names(text)
    for pattern, group, kind, why in _PLAIN:
        for found in pattern.finditer(text):
            yield Leak(kind, found.span(group), why)
    for found in _EMAIL.finditer(text):
        if not found.group().replace(" ", "").lower().endswith(".gov.cn"):
            yield Leak(Kind.EMAIL, found.span(), "像是个人邮箱")
    for found in _ACCOUNT.finditer(text):
        yield Leak(Kind.ACCOUNT, found.span(found.lastgroup or 0), "像是微信号或QQ号")


def _names(text: str) -> Iterator[Leak]:
    for pattern in (_INTRODUCED, _MYSELF):
        for found in pattern.finditer(text):
            name = found["name"]
            if not _NO_NAME & set(name[1:]) and not _NO_GIVEN.search(name) and name[:2] not in _WORDS:
                yield Leak(Kind.NAME, found.span("name"), "像是本人或他人的姓名")
    at = 0
    while titled := _TITLED.search(text, at):
        at = titled.start() + 1
        who = titled["who"]
        if (
            _NO_NAME & set(who[1:])
            or _NO_GIVEN.search(who[1:])
            or text[max(0, at - 2) : at] in _WORDS
            or who in _WORDS
        ):
            continue
        if any(who[place : place + 2] in _WORDS for place in range(len(who))):
            continue
        if len(who) > 1 and (who[-1] in _LINKS or text[at : at + 1] in _LINKS):
            continue
        at = titled.end()
        yield Leak(Kind.NAME, titled.span(), "像是带称呼的姓名")


#: Signs that end a word between a surname and a title, so that the two do not belong together.
_LINKS: Final = frozenset(
    "的是在和与及或了不有无对向给把被让请找问说为到去来这那个位名些室委会部局办科处所站院校司村镇乡县市区路街楼门组队"
)
_PLAIN: Final = (
    (_PLATE, 0, Kind.PLATE, "像是车牌号码"),
    (_HOME, 0, Kind.ADDRESS, "住址写到了门牌或单元"),
    (_LIVES, "home", Kind.ADDRESS, "住址写到了门牌"),
)
