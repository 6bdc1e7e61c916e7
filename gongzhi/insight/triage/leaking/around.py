"""What the words around a number say it is: a person's by its name, a paper's, a sum, or the line of an office."""

import re
from typing import Final

#: Named by the writer, so that neither length nor check digit has to be right: a slip of the pen still tells who it is.
CALLED_ID: Final = re.compile(
    r"(?:身份证|身分证|居民证|证件|残疾(?:人)?证|户口[簿本]|(?<![A-Za-z])(?:ID|SFZ|sfz|id))[^\d,。;\n]{0,10}$"
)
CALLED_CARD: Final = re.compile(
    r"(?:卡|账号|账户|帐号|帐户|户头|存折|折子|转账|汇款|打款|收款|[工农建中商]行|信用社|农信社)[^\d,。;\n]{0,10}$"
)
CALLED_LINE: Final = re.compile(
    r"(?:电话线?|座机|固话|宅电|小灵通|家里|家中|老家|[我俺]家|家用|联系方式|回电|号码|拨|打|致电|家里?号|回访|(?:反映|来电|诉求|联系|当事|申请|信访)人|大爷|大娘|大伯|大妈|老人|先生|女士|市民|村民|居民|患者|家属)(?:号码|号)?(?:分别)?[:是为在,( ]{0,3}$"
)
#: Said behind a number: 555-1234这是谁家电话.
SAID_TO_BE_LINE: Final = re.compile(
    r"[)\]】 ,]{0,2}(?:这?是|打来|来电)[^,。;\d]{0,6}(?:电话|座机|号码)|[)\] ]{0,2}来电"
)
#: What stands before a number that counts things or names a paper.
_NO_PERSON: Final = re.compile(
    r"(?:编号|单号|文号|案号|代码|批次|批号|订单|工单|许可证|注册号|证书|发票|合同|流水|凭证|字第|型号|标准|条码|金额|总额|资金|[¥$])"
    r"[号码为是:第 .#/A-Za-z-]{0,10}$"
)
#: Where a web address began; numbers that are put together from its parts are nobody's.
_IN_ADDRESS: Final = re.compile(r"(?:https?:|www\.)[!-~]*$")
#: What stands behind a sum or a measure; a surname may begin with the same sign (万师傅), a feast as well (元宵).
_AMOUNT: Final = re.compile(
    r"(?:\.\d+)? ?(?:元(?![宵旦])|[万亿](?=$|[^\u4e00-\u9fff]|[元人户亩吨平立千公件个只株])|亿|%|平方|立方|公里|公斤|公顷|千米|千瓦|人次|户次|度电|号文"
    r"|[米吨亩只](?![\u4e00-\u9fff]))"
)
#: A line that is somebody's own, whatever offices are spoken of beside it.
_OWN: Final = re.compile(
    r"(?:[我俺]|您家|您的|您登记|老人家|家属院|门牌|登记的|预留的|留下的|报修人|来电人|反映人|麻烦|回电|本人|家里|家中|老家|宅电|住处|父亲|母亲|爸|妈|爱人|丈夫|妻子|儿子|女儿|邻居|先生|女士)(?![局单委办镇街公中所院站县市区校乡部处科们村社])[^。;\n]{0,14}$"
)
_UNIT: Final = r"(?:[局委办院所站厅处科股室队社校园厂部段庭]|政府|委会|委员会|中心|公司|大厅|窗口|街道|社区|单位|物业|法院|银行|邮局|超市|工会|协会|联合会|集团|平台|服务台|[书展博]物?馆)"
#: What a line is for says that it is an office's: nobody has a line of his own for complaints or repairs.
_PURPOSE: Final = (
    r"(?:热线|专线|供水|供电|燃气|热力|供暖|物业|维权|环保|市政|报警|失物|招领|咨询|详询|监督|举报|投诉|服务|值班|办公|公开|报修|抢修|维修|客服|受理|接待|窗口|大厅|预约|挂号|总机|前台|急诊|门诊|传真|招生|招聘|征集"
    r"|便民|应急|救援|救助|小时|单位|邮编[: ]?\d{6})"
)
_LINE: Final = r"(?:电话|座机|固话|号码|热线|专线|联系方式|[:(),\-/ 、]|的|联系|咨询|反映|拨打|致电|打|可|请|或|是|为|和|及|24小时|值班|办公|工作人员|写的是)"
_PURPOSE_BEFORE: Final = re.compile(
    rf"{_PURPOSE}(?:{_LINE}{{0,6}}|[^。;\n,]{{0,6}}(?:电话|号码)[:为是 ]{{0,2}})$"
)
_ASKED: Final = (
    r"(?:申请|申报|核对|咨询|反映|举报|报名|投诉|预约|办理|登记|了解|查询|领取|补办|缴纳|报修|确认)"
)
_UNIT_BEFORE: Final = re.compile(
    rf"[\u4e00-\u9fff]{_UNIT}(?:{_LINE}{{0,6}}|[^。;,\n]{{0,4}}{_ASKED}[\u4e00-\u9fff]{{0,2}},?电话[(:]?)$"
)
#: Where somebody is, is not whose line it is (孩子在学校，电话…).
_PLACE_BEFORE: Final = re.compile(r"[在住离到去][^,。;\n]{0,12},[^,。;\n]{0,6}$")
_OFFICE_BEHIND: Final = re.compile(
    rf" ?(?:(?:转|-) ?\d{{1,6}})? ?(?:[(,] ?(?:工作时间|工作日|上班时间|办公时间|周一)"
    rf"|[(,] ?(?:[\u4e00-\u9fff]{{0,3}}[省市县区镇乡]|本|我)[\u4e00-\u9fff]{{0,12}}{_UNIT}(?![\u4e00-\u9fff])|咨询|查询|预约|报修|举报)"
)
BEFORE, BEHIND = 28, 28


def is_of_no_person(before: str) -> bool:
    """Say whether the words before a number name a paper or a thing."""
    return bool(_NO_PERSON.search(before))


def is_in_address(before: str) -> bool:
    """Say whether the words before a number are the beginning of a web address."""
    return bool(_IN_ADDRESS.search(before))


def is_amount(behind: str) -> bool:
    """Say whether what stands behind a number makes it a sum or a measure."""
    return bool(_AMOUNT.match(behind))


def is_office(before: str, behind: str) -> bool:
    """Say whether a landline is an office's: by its purpose, or by the unit's name directly before or behind it."""
    if _OWN.search(before):
        return False
    if _PURPOSE_BEFORE.search(before) or _OFFICE_BEHIND.match(behind):
        return True
    return bool(_UNIT_BEFORE.search(before)) and not _PLACE_BEFORE.search(before)
