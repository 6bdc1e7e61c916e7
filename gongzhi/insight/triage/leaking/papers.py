"""Numbers by which offices and companies know one person: of a customer, an insurance, a certificate, a pupil, a patient, a parcel."""

import re
from collections.abc import Iterator
from typing import Final

from gongzhi.insight.triage.leaking.found import Kind, Leak

#: What has a number of its own for one person or household. Contracts, permits, projects and orders are left: they are mostly units'.
_NUMBERED: Final = (
    r"卡|账|帐|宽带|低保|特困|五保|接种本?|惠农|(?:用|客)?户|缴费|交费|(?:水|电|燃气|天然气|气|暖气|热力)(?:表|卡|费|户)|燃气|天然气|取暖|供热|供暖"
    r"|个人|社保|社会保[险障]|医保|新?农合|参保|参合|居保|养老(?:保险|金)?|退休金|公积金|失业金"
    r"|学籍辅?|康复|申领|申请|表|学生|考生|准考|报名|学|考|座位|毕业|学位|住院|病历|病案|门诊|就诊|挂号|检查|体检|床位"
    r"|档案|车架|发动机|车辆识别|识别|保单|取件|快递|快件|运单|存折|账户|会员|公交|一卡通|校园|护照|通行证"
)
#: Papers whose name alone may stand before the number.
_PAPER: Final = (
    r"(?:社会?保(?:障|险)?|医保|新?农合|就诊|会员|公交|校园|燃气|水|电|购电|购气|慢病|热力|供热|老年|爱心|学生|市民|健康|积分|饭)卡|(?:家庭)?共济|[水电气]表|承包合同|一卡通|一折通|(?:户口|房|结婚|离婚|残疾)本|户口簿|快递|运单|单号|存折|护照|通行证|学籍"
    r"|(?:低保|特困|五保|残疾|残疾人|伤残|优抚|优待|老年|老年优待|退役军人|退伍|复员|士兵|军官|离休|退休|居住|独生子女|光荣|生育服务|准生|结婚|离婚|出生(?:医学)?|毕业|学位|学生|准考|驾驶|驾|行驶"
    r"|从业资格|教师资格|资格|房产|房屋产权|房屋所有权|房权|产权|不动产(?:权)?|土地(?:使用)?|宅基地(?:使用)?|林权|承包经营权|医师|参合)证(?:明|书|件)?"
)
_NUMBER: Final = r"(?:编|账|帐|代|序|单|字|号)?[号码]码?"
_LINK: Final = r"[\s是为:,()\[\]【】〔〕「」“”\"'#]{0,4}(?:[Nn][Oo][.:]?\s?|尾号)?"
_SAID: Final = re.compile(
    rf"(?:(?:{_NUMBERED})(?:个人|本人|卡|证|单|本|表|账户)?的?{_NUMBER}|(?:{_PAPER})的?(?:{_NUMBER})?){_LINK}"
    r"(?P<number>(?:[\u4e00-\u9fff]{1,8}字?第|(?<=号)[\u4e00-\u9fff]{1,3}|(?<=[:是])[\u4e00-\u9fff]{1,3})?(?=[A-Za-z-]{0,8}\d)[A-Za-z\d][A-Za-z\d \-]{3,28}[A-Za-z\d])(?![A-Za-z\d]|\s?[元年人%])"
)
_YEAR: Final = r"\s?[(\[〔]\s?(?:19|20)\d\d\s?[)\]〕]\s?"
#: How the numbers of a home and of land are written, 豫(2021)汤阴县不动产权第0012345号, those of a lawsuit, (2021)豫0523民初1234号,
#: and those of a penalty or a case of the police: they are numbered for one person, and many can be looked up.
_KNOWN_FORM: Final = re.compile(
    rf"[\u4e00-\u9fff]?{_YEAR}[\u4e00-\u9fff]{{1,9}}(?:不动产权|房权证?|房产权?|土地证|国用|集用)[\u4e00-\u9fff]{{0,6}}第?\s?[A-Za-z]?\d{{3,}}号?"
    rf"|[\u4e00-\u9fff]{{0,8}}(?:不动产权|房权|房产|土地|林权|承包权|宅基地)证?{_YEAR}字?第\s?[A-Za-z]?\d{{3,}}号?"
    rf"|[\u4e00-\u9fff]{{1,4}}仲[\u4e00-\u9fff]{{0,2}}字?{_YEAR}第?\d+号|{_YEAR}(?:[\u4e00-\u9fff]\d{{2,4}}|最高)(?:[民刑行执赔]|仲|调)[\u4e00-\u9fff]{{0,4}}\d+号"
    rf"|[\u4e00-\u9fff]{{0,3}}公\s?(?:[\u4e00-\u9fff(]{{1,6}}\)?)?(?:罚决|立|刑|拘|行|罚|受案)[\u4e00-\u9fff]{{0,3}}字{_YEAR}第?\d+号?"
)
#: 请7477213号住院患者家属.
_PATIENT: Final = re.compile(r"(?P<number>[A-Za-z]{0,3}\d{5,10})号(?:住院|患者|病人|考生|学生|参保|储户)")
#: Fewer digits are a year, a sum or a seat.
_FEWEST: Final = 5
#: Without digits close together there is no number.
_DIGITS: Final = re.compile(r"\d\D?\d\D?\d")
_WHY: Final = "像是本人的户号、证件号或单号"


def papers_in(text: str) -> Iterator[Leak]:
    """Find numbers of papers and accounts of one person in a text of one form."""
    if not _DIGITS.search(text):
        return
    for found in _SAID.finditer(text):
        if sum(map(str.isdigit, found["number"])) >= _FEWEST:
            yield Leak(Kind.ACCOUNT, found.span("number"), _WHY)
    for found in _PATIENT.finditer(text):
        yield Leak(Kind.ACCOUNT, found.span("number"), _WHY)
    for found in _KNOWN_FORM.finditer(text):
        yield Leak(Kind.ACCOUNT, found.span(), _WHY)
