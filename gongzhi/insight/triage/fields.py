"""The fields of public work and the words that speak for each, so that a reply of an office is tied to what people call it.

Written by hand from how offices name their duties; a field says what a text is about, never who wrote it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

FIELDS: Final[Mapping[str, str]] = {
    "教育": (
        "教育局 教体局 学校 小学 中学 初中 高中 幼儿园 老师 教师 学生 孩子 入学 招生 学位 学区 课 家长 "
        "班级 补课 培训 校区 中考 高考 录取 普惠 民办 公办 上学 就读"
    ),
    "医疗": (
        "卫健委 卫计局 卫计委 卫生局 医院 医生 看病 门诊 患者 诊所 药 医师 护士 住院 就医 计生 疫苗 "
        "卫生院 独生子女 生育 二胎 准生证 产假"
    ),
    "医保": "医保 医疗保险 报销 新农合 合作医疗 大病 参保 城乡居民医保",
    "社保": "人社局 社保 养老保险 养老金 退休 缴费 工龄 失业 工伤 人力资源 社会保险 补缴 视同缴费 档案 认定",
    "劳动": "工资 欠薪 拖欠 农民工 劳动监察 劳动合同 加班 劳动 用工 讨薪 仲裁 辞退 公司",
    "人才": "人才 补贴 毕业生 本科 硕士 研究生 落户 职称 招聘 考试 事业单位 编制 公务员 报名 岗位",
    "公安户籍": "公安局 派出所 户口 户籍 身份证 报案 民警 治安 诈骗 传销 赌博 立案 迁入 居住证 警方 刑警 犬 养狗 狗",
    "交警": (
        "交警 违章 停车 车辆 乱停 电动车 摩托车 驾照 驾驶证 红绿灯 信号灯 拥堵 堵车 交通事故 罚款 斑马线 "
        "车管所 上牌 超载 抓拍 违停 限行 人行道 车位"
    ),
    "公交": (
        "公交 公交车 线路 站点 地铁 站台 轨道 出租车 的士 网约车 客运 汽车站 班车 首末站 发车 运力 司机 "
        "换乘 公汽"
    ),
    "道路": (
        "道路 公路 修路 路面 硬化 水泥路 交通局 交通运输 桥 通车 拓宽 沥青 坑 路灯 高速 省道 国道 县道 "
        "村道 施工 竣工 城际 铁路 高铁 快速路 隧道 互通 收费站"
    ),
    "市政": "市政 下水道 排水 井盖 污水 内涝 积水 路灯 管网 天桥 人行天桥 地下通道 城建",
    "城管": (
        "城管 执法局 占道 摊贩 流动摊 夜宵 油烟 店外 渣土 违建 违章建筑 违法建筑 拆除 广告 城市管理 卫生 "
        "环卫 垃圾 中转站 烧烤 门面"
    ),
    "环保": (
        "环保局 生态环境 污染 噪音 噪声 扰民 废气 臭气 异味 粉尘 排放 废水 环评 扬尘 空气 养殖场 猪场 "
        "砂石 采石 辐射 焚烧 化工"
    ),
    "房产开发": (
        "住建局 房产局 房管局 开发商 楼盘 商品房 交房 购房 预售 网签 房屋 业主 烂尾 房地产 合同 首付 "
        "限购 毛坯 质量 验收 违约 逾期 公寓 认购 定金 限价 精装"
    ),
    "产权": "不动产 房产证 产权证 办证 国土证 登记 两证 契税 权证 过户 土地证",
    "公积金": "公积金 贷款 住房公积金 提取 银行 按揭",
    "物业": "物业 业委会 业主委员会 小区 物业费 维修基金 电梯 保安 业主大会 维修资金 门禁 停车费 公摊",
    "保障房": "公租房 廉租房 经济适用房 安置房 棚户区 棚改 危房 旧城改造 保障性 住房保障 租金",
    "征地拆迁": "拆迁 征收 征地 补偿 安置 征拆 土地 红线 国土 还建 失地 村民 青苗 补偿款 拆迁户",
    "规划": "规划局 规划 地块 建设 用地 容积率 配套 方案 公示 规划设计 绿化 公园 绿地 选址 自然资源",
    "农业": "农业 水稻 种田 耕地 农村 农田 林业 山林 树 粮食 补贴 承包 土地流转 种植 养殖 农机 林权 畜牧 渔",
    "水利": "水利 河道 水库 自来水 饮水 用水 供水 水压 停水 水质 水费 水务 采砂 防洪 堤 渠",
    "电力能源": "供电 停电 电压 电费 电网 农网 变压器 电力 燃气 天然气 煤气 充电桩 加油站 供暖 暖气 集中供热",
    "通信": "移动 电信 联通 宽带 网络 基站 信号 通信 光纤 话费 广电 有线电视 快递 邮政",
    "民政": (
        "民政局 低保 贫困 扶贫 五保 残疾 救助 养老 孤儿 老人 殡葬 火葬 公墓 墓地 婚姻 精准扶贫 贫困户 "
        "易地搬迁 困难 敬老院"
    ),
    "退役军人": "退伍 军人 退役 转业 优抚 参战 兵役 复员 士官 武装部 征兵 烈士",
    "市场监管": (
        "工商 市场监管 食药监 食品 消费者 价格 物价 发改 退款 假冒 欺诈 收费 质监 营业执照 假货 商家 "
        "超市 餐馆 会员 退费 许可证"
    ),
    "税务": "税务 税 发票 个税 增值税 契税 国税 地税",
    "金融": "银行 金融 非法集资 理财 贷款 网贷 p2p 信用社 保险 集资 投资 集团",
    "文旅": "文化 旅游 景区 图书馆 体育 健身 广场舞 博物馆 文物 古城 网吧 歌厅 ktv 球场 景点 电影",
    "党政村务": "村干部 村支书 村主任 村委 举报 纪委 贪污 腐败 贿选 选举 党员 村务公开 账目 书记 违纪 公款 作风",
    "司法": "法院 判决 执行 律师 诉讼 司法 起诉 检察院 仲裁 公证 信访",
    "国企改制": "改制 企业 下岗 职工 破产 工厂 厂 买断 国企 老职工",
}


@cache
def words_of_fields() -> Mapping[str, frozenset[str]]:
    """Return the fields each word speaks for."""
    spoken: dict[str, set[str]] = {}
    for field, words in FIELDS.items():
        for word in words.split():
            spoken.setdefault(word, set()).add(field)
    return {word: frozenset(fields) for word, fields in spoken.items()}


def fields_in(text: str) -> dict[str, float]:
    """Return how strongly a text speaks for each field it touches: each word once, shared out where several fields use it."""
    found: dict[str, float] = {}
    for word, fields in words_of_fields().items():
        if word in text:
            for field in fields:
                found[field] = found.get(field, 0.0) + len(word) / len(fields)
    return found
