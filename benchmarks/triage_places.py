"""Addresses of public offices in Henan as people write them, with the codes of the division table; found by name, and by suffix alone.

The baseline cuts a text behind 市, 县, 区, 镇, 乡, 街道 and 村 and looks the last piece up by its full name. Speed is over fictional messages.
"""

import json
import re
import time
from typing import Any

from gongzhi.insight.triage.gazetteer import gazetteer
from gongzhi.insight.triage.places import places_in

#: Text, code of the deepest division it names ("" where it must not be guessed).
TABLE = (
    ("河南省人民政府", "41"), ("郑州市人民政府", "4101"), ("开封市政府门口", "4102"), ("我在洛阳办事", "4103"), ("平顶山市信访局", "4104"), ("安阳市行政服务中心", "4105"),
    ("鹤壁市教育局", "4106"), ("焦作市住建局", "4108"), ("濮阳市政务大厅", "4109"), ("漯河市医保局", "4111"), ("三门峡市交警支队", "4112"), ("驻马店的公交", "4117"),
    ("林州市人民政府", "410581"), ("林州这边停水", "410581"), ("安阳市汤阴县人民政府", "410523"), ("滑县人民法院", "410526"), ("内黄县教育局", "410527"), ("郑州金水区政府", "410105"),
    ("郑州市中原区政务服务中心", "410102"), ("巩义市民政局", "410181"), ("登封的景区", "410185"), ("兰考县人民政府", "410225"), ("栾川县政府", "410324"), ("长葛市人民政府", "411082"),
    ("济源市人民政府", "419001"), ("邓州市人社局", "411381"), ("固始县医院", "411525"), ("永城市政府", "411481"), ("鹿邑县文旅局", "411628"), ("平舆县人民政府", "411723"),
    ("偃师市政府", "410307"), ("孟津县信访局", "410308"), ("开封县教育局", "410212"), ("许昌县农业局", "411003"), ("长垣县城管局", "410783"), ("淮阳县人民医院", "411603"),
    ("新乡市辉县市冀屯镇人民政府", "410782112"), ("襄城县十里铺镇政府", "411025107"), ("洛阳市栾川县庙子镇", "410324108"), ("新野县城郊乡人民政府", "411329300"), ("信阳新县苏河镇卫生院", "411523104"),
    ("舞钢市杨庄乡政府", "410481205"), ("偃师区大口镇", "410307110"), ("开封市杞县泥沟乡", "410221210"), ("郑州市惠济区古荥镇政府", "410108101"), ("鹿邑县鸣鹿办事处", "411628004"), ("祥符区陈留镇", "410212101"),
    ("延津县马庄乡", "410726205"), ("周口市扶沟县固城乡政府", "411621202"), ("沈丘县石槽集乡", "411624201"), ("南召县石门乡", "411321304"), ("南乐县张果屯镇", "410923104"), ("安阳县辛村镇", "410522112"),
    ("嵩县大章镇", "410325106"), ("获嘉县中和镇派出所", "410724103"), ("焦作温县黄庄镇", "410825104"), ("清丰县马庄桥镇", "410922101"), ("鹤山区中山路街道办事处", "410602002"), ("北关区彰北街道办", "410503009"),
    ("禹州市朱阁镇", "411081113"), ("镇平县卢医镇", "411324106"), ("涧西区珠江路街道", "410305010"), ("新蔡县余店镇", "411729111"), ("渑池县果园乡", "411221206"), ("唐河县滨河街道办事处", "411328001"),
    ("封丘县城关镇政府", "410727100"), ("南阳市卧龙区七一街道", "411303002"), ("鼓楼区相国寺街道办", "410204001"), ("城关镇政府", ""), ("我们城郊乡没有路灯", ""),
    ("淅川县盛湾镇土地岭村委会", "411326106203"), ("新乡红旗区小店镇常村", "410702101221"), ("汝州市杨楼镇渠庄村", "410482105223"), ("淇县黄洞乡温洞村", "410622202205"), ("睢阳区高辛镇潘庙村卫生室", "411403103205"),
    ("长垣市樊相镇李辛店村", "410783101233"), ("管城回族区商都路街道五州汇富社区", "410104570002"), ("辉县市南村镇东村", "410782107204"), ("宁陵县阳驿乡陈营村", "411423207208"), ("沈丘县白集镇张美庄村", "411624108210"),
    ("修武县王屯乡王屯村", "410821202244"), ("老城区南关街道浦西社区", "410302006006"), ("王庄村的井干了", ""), ("滑县城关镇", "410526"), ("请社会各界监督，开会研究处理办法", None), ("小区门口的市场和县里没有关系", None),
)  # fmt: skip
STORY = (
    "的路灯坏了半个月，晚上孩子放学看不清路，老人也不敢出门。我们找过物业，物业说归社区管，社区说要报到上面去，一直没有人来修。"
    "上个星期下雨，有一辆电动车在路口摔倒了，幸好人没有大事。请有关部门尽快派人看一看，是线路问题还是灯的问题，什么时候能修好，"
    "也请给个准信。另外公交站台的顶棚也破了，下雨天没有地方躲，希望一起处理，谢谢。"
)
_PIECES = re.compile(r"[\u4e00-\u9fff]+?(?:省|市|县|区|镇|乡|街道|村)")


def measure(quick: bool = False) -> dict[str, Any]:
    """Return how many addresses got the right code, beside the baseline, and messages a second on one core."""
    right = [text for text, code in TABLE if _deepest(text) == (code or "")]
    by_suffix = sum(_by_suffix(text) == (code or "") for text, code in TABLE)
    messages = [f"{text}附近{STORY}" for text, _code in TABLE]
    messages *= 2 if quick else 40
    began = time.process_time()
    for message in messages:
        places_in(message)
    taken = time.process_time() - began
    return {
        "addresses": len(TABLE),
        "right": round(len(right) / len(TABLE), 4),
        "wrong": [text for text, _code in TABLE if text not in right],
        "right_baseline": round(by_suffix / len(TABLE), 4),
        "signs_a_message": round(sum(map(len, messages)) / len(messages)),
        "messages_a_second": round(len(messages) / taken),
    }


def _deepest(text: str) -> str:
    return max((place.code for place in places_in(text)), key=len, default="")


def _by_suffix(text: str) -> str:
    pieces = _PIECES.findall(text)
    return gazetteer().by_name.get(pieces[-1], ("",))[0] if pieces else ""


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1, ensure_ascii=False))  # noqa: T201 - its output
