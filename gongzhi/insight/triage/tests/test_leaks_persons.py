"""Names of persons and homes are found however they are told, and posts, roads and counts are left; all texts are fictional."""

import re
import time

import pytest

from gongzhi.insight.triage.leaks import Kind, leaks_in

#: What stands in 【】 is the particular.
NAMES = """
找过【王村长】三次
邻居【李婶】说没人管
【张二嫂】来过
【赵大娘】家的低保停了
【刘奶奶】今年八十
【老刘头】一个人住
【老王】家漏水
【小李】没给办
【王总】答应过
【李工】量过
【张副支书】来过
【陈网格员】上门登记
【周司机】甩客
【王和平】没有签字
【王和平先生】反映停水
【李来福大爷】摔了
【赵有才师傅】修的
【刘会英女士】来电
【陈会军师傅】拉的货
【李金城师傅】说修不了
【王路先生】反映
【李明月女士】反映
【张解放厂长】拖着不给
【欧阳海燕女士】来过
【澹台女士】来电
【和女士】反映
【买买提·艾力先生】来电
【王 女士】反映
【王\u200b女士】反映
书记【王建国】不管
村主任【李红】来过
老师【李雪】让罚站
【张建国】（男，65岁）
【张建国】13812345678
申请人【张建国】于2024年3月提出
反映人【张建国】所述属实
经与反映人【张建国】联系
经查，【李红霞】系我村五组村民
经查【王秀英】未缴费
关于【陈玉兰】反映的问题
尊敬的【李红霞】：您好
【张建国】您好：来信收悉
村民【张建国】家的房子
邻居【王秀英】私搭乱建
其子【王小军】在外打工
我丈夫叫【赵志强】
户主：【赵志强】，人口3
孩子叫【王子涵】
网格员【林占魁】没有上门
被告【赵志强】拒不执行，原告【王芳】申请
丧偶的【赵桂兰】独居
报修人【刘伟】称管道漏水
对【邹凯】作出处罚
收到【张丽】来信
与【苏强】协商
被邻居【范勇】打
给【彭丽】转账
同事【黄磊】借钱
【张建国】之妻【李红霞】
当事人【刘海波】、【张伟】已和解
请【关局长】过问
和【文阿姨】说过
我姓【王，叫建国】
我叫【张 建 国】
姓  名：【高峰】
我叫【路遥】，住村里
我叫【王社会】，住村里
此致 敬礼 【王秀兰】
【赵五湖】家里开着店
我和我对象【田小燕】来询问
物业经理【毛国富】态度差
媳妇【牧春霞】病了
她舅【沙大海】有前科
对门的【沙小勇】两口子
【柏铁锤】弟兄三个
走访到【牛小六】家中
【花冰冰】的档案已审核
跟【郝留栓】家是前后院
【时建峰】是我们组长
【尉迟峰】，退休教师
【慎老师】教了一辈子
【铁蛋叔】的宅基地被占
做豆腐的【老豆头】
涉及【常文丰】、【牛文峰】和【王秀英】家
丈夫叫【郝留栓】，去年腿断了，后来因为【郝留栓】的低保
回访了【张建国】，对方满意
隔壁【王明】家盖房
【李恒】你个骗子
【方志远】骑车掉进井里
走失的【徐俊岭】终于回家
债务人【刘占国】名下的房子
【谢卫国】的抚养费
【石林】（身份证号410105）
号 姓名 性别 年龄 1 【刘振山】 男 75
负责人【张志强】（13934288952）
名字【皇甫阳阳】 村里十组
绰号“【二丫】”的人
大家都叫他【永亮总】，车还在
【铁柱他爹】叫车轧了
【王家老二】占了路
【张瘸子】来过
老板【胖子刘】说不管
【二狗子】又来了
儿子【阿凯】报了班
您女儿【小雪】被狗咬伤
您孙子【乐乐】被狗咬伤
来的【小翔】小伙子很热心
孩子爸【春阳】跑外卖
【兵哥】介绍来的
俺村【玉山叔】七十多了
喝了【翠花嫂】的豆浆
【邓娥老人】独居
路过的【张秋生叔】跳下去
邻居【李白云】家漏水
【张衡阳先生】来电
"""
NO_NAMES = """
镇党委书记包联督办，分管副局长负责落实。
项目经理已整改到位，施工队长已接受约谈。
公安局长接访，班主任和老师都在，村委会主任、党支部书记都来了。
方经理办公室设在一楼，于老师资格认定问题可网上申请。
应同志们要求延长开放时间，向老师反映，和书记沟通过。
申请人应当提供材料，户主变更到派出所办理，联系人签字。
业主高度关注，患者陈旧性骨折，村民时常停水，车主应及时挪车。
王庄小学校长公开电话，李家寨、张家庄都已通水，宋村宋庄小学。
林长、路长、河长三级巡查，文旅局长牵头。
牛奶奶粉抽检合格，王工作餐。
认真学习习近平总书记重要讲话，弘扬焦裕禄精神。
依据楚政发〔2016〕29号文件，违反《道路交通安全法》第九十条。
王某某、李某先生已被处罚，王*先生。
姓名、电话、住址等信息予以保密。
间距小于100米，小康社会，小白菜，老城区，小金库。
万达广场施工噪音已整改，马上安排人员，高温天气注意防暑。
李宁专卖店已退款，杨树、柳树已修剪，焦柳铁路、贺龙体育中心。
办学手续齐全，园长持有资格证。
成立由纪委书记任组长的工作组，将于本月完成。
俺是种花生的，今年价格低。
张衡博物馆、任长霞事迹、杨靖宇将军纪念馆开放。
用户满意，代表们发言，全体老师、医生参加。
高楼林立，时有老人跌倒，不要刁难老人。
家长和学生、配偶和子女都来了，何时能解决？
行政许可证照齐全，许可期限三年。
孩子天天哭，女儿小区里玩，孩子小学毕业，儿子慢慢长大。
李国胜蔬菜种植合作社、岳飞“精忠报国”、许昌到孟津的班车、贺信。
帅哥靓姐、表哥、大嫂、空姐都在，物业管家老三样。
我司承建，补偿高达三成。
岳飞“精忠报国”，李白、杜甫的诗，张衡与地动仪。
"""
HOMES = """
槐荫小区【3-2-501】漏水
槐荫小区【3—2—501】
槐荫小区【3/2/501】
槐荫小区【3-501】
槐荫小区【3栋501】
槐荫小区【A座1203】
槐荫小区【3号楼东单元501】
槐荫小区【3号楼中单元二楼西】
槐荫小区【3号楼\u200b2单元\u200b501室】
槐荫小区【3号楼
2单元
501室】
【9号院4号楼3单元7号】
【叁号楼贰单元伍零壹】
老家属院【3排5号】
【E区12排3号】
柳庄【第三村民组12号】
柳庄村【12号】
柳庄村【128号院】
柳庄村【东街12号】
柳庄【村东头第三家】
柳庄村【村西头路北第二家】
柳庄村【大槐树对面那家】
【三组12号】
楼上【602室】漏水
【602业主】装反了门
宿舍【6-402】
公租房【6幢1102】
住在【文昌路128号】
租住于【文昌路128号】
现居【文昌路128号】
收货地址：【文昌路128号】
我家是【文昌路128号】
【和平胡同7号附2号】
【和平胡同7号】住户说
住【文昌路128号院3号楼】
【交叉口西南角二楼】是我家
我们单元【四楼东户】堆杂物
槐荫小区【12#楼3单元顶楼西户】
槐荫小区【9幢甲单元201】
教师宿舍楼【308室】
我住【22楼2203】
槐荫小区2期-【11-2-303】
向阳街坊【14号门3楼5室】
【李家胡同11号】
【文昌路19号院内东屋】
房间号【1109】
门牌号：【前进路甲17号】
柳庄西头【挨着大槐树那户】
我家在拆迁范围，【柳溪街21号】
【柳溪街21号】房屋面积少量了
房产评估公司复核，【柳溪镇北街21号】房屋面积不对
"""
NO_HOMES = """
县政府办公楼2号楼301室为信访接待室，会议室在3号楼301。
小区5号楼2单元下水道已疏通，2号楼三单元电梯轿厢已换，3号楼3楼消防通道已清理。
8号院北门已封闭，3栋楼前的垃圾已清运。
小区共有18栋楼342户，建设安置房12栋1200套，一栋二层楼房。
文昌路128号路灯已修复，河湾村5号机井、12号桥、13号闸已修。
河湾村3组120户已通水，全村共4个村民组218户。
请到政务大厅二楼B区18号窗口办理，门诊楼3楼305室就诊。
办公地点：文昌路128号县民政局三楼301办公室。
全县第一家智慧药房，村口第三家超市已停业。
3-12-2024期间停水，比分3-2，票价2-5元，2023-2024学年。
"""


def _cases(lines: str) -> list[str]:
    """Return the lines, one that is broken within 【】 being one."""
    return re.findall(r"(?:[^\n【】]|【[^】]*】)+", lines)


def _planted(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without marks, and where its particulars stand."""
    text, spans = "", []
    for part in re.split(r"(【[^】]*】)", marked):
        told = part.strip("【】")
        if part.startswith("【"):
            spans.append((len(text), len(text) + len(told)))
        text += told
    return text, spans


@pytest.mark.parametrize(
    ("marked", "kind"),
    [(line, kind) for lines, kind in ((NAMES, Kind.NAME), (HOMES, Kind.ADDRESS)) for line in _cases(lines)],
)
def test_who_and_where_somebody_is_is_found_however_it_is_told(marked: str, kind: Kind) -> None:
    text, spans = _planted(marked)

    found = [leak for leak in leaks_in(text) if leak.kind in (kind, Kind.MOBILE)]

    assert spans
    for start, end in spans:
        assert any(leak.span[0] <= start and end <= leak.span[1] for leak in found), found


@pytest.mark.parametrize("text", [*_cases(NO_NAMES), *_cases(NO_HOMES)])
def test_posts_places_and_counts_are_nobodys_name_or_home(text: str) -> None:
    assert [text[slice(*leak.span)] for leak in leaks_in(text)] == []


def test_a_place_is_left_readable_where_only_the_door_is_told() -> None:
    text = "槐荫小区3号楼2单元502室漏水，村民王秀英家也漏。"

    assert [text[slice(*leak.span)] for leak in leaks_in(text)] == ["3号楼2单元502室", "王秀英"]


@pytest.mark.parametrize(
    "signs",
    [
        "王",
        "姓王",
        "张建国",
        "王 ",
        "王师傅",
        "一",
        "1-",
        "号",
        "住",
        "村东头",
        "3号楼",
        "第一排",
        "一栋",
        "我家小",
        "绰号",
        "公字",
        "老",
        "卡号",
    ],
)
def test_a_text_of_nothing_but_beginnings_takes_time_in_proportion(signs: str) -> None:
    def taken(length: int) -> float:
        """The quickest of three: other work and the collector of garbage only add to it."""
        times = []
        for _time in range(3):
            begin = time.process_time()
            leaks_in((signs * length)[:length])
            times.append(time.process_time() - begin)
        return min(times)

    once = taken(6000)
    assert taken(24_000) < 12 * once + 0.1
    assert once < 1


def test_a_verb_said_twice_is_no_name() -> None:
    assert not leaks_in("放学时有人管一管，请查一查，时不时问一问。")
