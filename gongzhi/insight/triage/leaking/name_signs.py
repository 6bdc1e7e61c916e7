"""Which signs begin and make up Chinese names, and which words stand around a name: facts of the language, no rules."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _in_order(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Surnames that are no everyday word by themselves; of the Hundred Surnames and the five hundred most frequent.
CLEAR: Final = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭林罗郑梁宋唐邓冯韩曹彭萧肖蔡潘袁董余杜程魏苏吕姚卢姜崔钟谭陆汪廖贾韦傅邹孟熊秦邱侯尹薛闫阎陶贺郝龚邵莫樊葛邢齐乔伍庞颜倪聂章鲁岳翟殷詹耿尤阮俞焦覃佟娄鞠佘蒋卞霍裴荀"
    "甄靳邬滕柳冉郎费岑鲍褚姬戚喻窦范酆湛狄臧茅骆虞蔺屠蒲邰卓桑冀晏瞿艾阙欧敖辛荆仝郇逯亓睢苌璩禹晁蒯邝麹牟郗扈郏逄訾栾郜隗芮羿汲麴汝钮堵籍昝厍鄢佴缑亢郐晟笪谯亶禚綦阚冼尧甯撒屈巩庾楮卿宓郤茹祁濮郁"
    "乜蔺胥巫雒茆於暨褟沐朴尉漆邸戎涂舒沈谢许曾丁柯凌缪黄何叶戴顾赖黎闵嵇裘贲奚厉钭芦丘符丛莘竺寇谌隋辜翁稽蓟郦"
)
#: Surnames that are everyday words as well, so that 小, 老 or 家 beside them tells nothing.
DOUBLED: Final = frozenset(
    "马高任黄万方白石金江于田夏龙汤温文武史安康牛毛庄申纪施封左米尚冷游容惠梅宁蓝叶池闻谷麻盛乐穆包洪管权席柴景皮苑晋项古简燕桂明楚栗檀怀卫易卜贝宫廉吉仲伊甘顿雍戈刁郁柏暴巴云甫宝勾羊钱段雷严孔祝季费"
    "牧慎迟边况粟宿敬薄冶智衡隆战慕铁原奉常习匡鹿匙冯宣宗昌杭童仇饶毕荣鲜庆苗华凤兰储伏危蒙"
)
#: Of these, surnames so frequent that they count like the clear ones.
FREQUENT: Final = frozenset("马高任田雷史毛汤施童申纪严龚钱段康")
#: Surnames that are mostly something else: they open a name only where nothing stands before them.
RARE_USE: Final = frozenset(
    "豆盖盘练闭索矫苍步敏鱼占信乌咸丰母时解沙曲单关平水车买门种班职花成路谈海浮拜虎阴付祖束松井植畅幸强元计支干官衣阳银木商司利空苟相揭富冒帅琴党查师房祝年农初"
)
#: Surnames that are little words: only 先生 or 女士, or a label, makes them a name.
LITTLE: Final = frozenset("和向应同连")
SURNAMES: Final = CLEAR | DOUBLED | RARE_USE | LITTLE
#: Persons of state and history whom everybody names; no particular of anybody. Those of two signs are among the look-alikes: 李白云 is somebody else.
PUBLIC: Final = _in_order(
    "习近平 习主席 毛泽东 毛主席 邓小平 周恩来 焦裕禄 孔繁森 黄大年 张桂梅 杨善洲 诸葛亮 张仲景 吴道子 白居易 李时珍 孙中山 史来贺 吴金印"
)
DOUBLE_SURNAMES: Final = _words(
    "欧阳 上官 司马 诸葛 皇甫 尉迟 慕容 司徒 令狐 夏侯 端木 东方 澹台 濮阳 呼延 公孙 长孙 宇文 南宫 申屠 轩辕 独孤 鲜于 闾丘 太史 公冶 宗政 单于 淳于 钟离 赫连 拓跋 "
    "百里 东郭 西门 南门 公羊 司空 第五 达奚 完颜 纳兰"
)
#: Signs usual in given names.
GIVEN: Final = frozenset(
    "伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳东峰锋江海河湖洋山川岭松柏杨柳桐枫涵轩泽博文武斗志建国庆祥福禄寿贵财富才德义仁礼智信忠孝廉良善保全安康宝根生发长春夏秋冬冰雪霜梅兰"
    "竹菊荷莲花芳芬芝英秀丽美娟娥燕凤凰珍珠玉玲珑琴棋书画丹青红艳彩霞云月星辰晨曦曙光亮晓晶莹洁净静雅淑贤惠慧敏聪颖灵巧妙婷婉媛嫒妍娜娇姣姗珊倩茜蕾蓉蓓薇萍蕊菲萱琳琪瑶瑾瑜璐瑞瑛璇珂珺玥璟瑄珏琦玮琛"
    "琼琨璞环佩银铜铁柱栓锁石田丰收喜旺兴隆顺合连继守振耀宗祖荣先学立永殿兆广成金鸣鹤鸿雁雷霆震天坤乾昊昌盛昆仑岩岗峻嵩岳巍森茂荫树桂楠榕梓桦栋梁材楷彬柯桃杏李梨枝叶香馨芸芹苗萌蔓蕴艺苑菁菡莎莉"
    "莺葵薛蓝蔚藻词诚谦谨诺谊言训贺赛越跃进远达运通道途逸遥邦郁钊钦钧钰钢铭铮锐锦键镇镜雄雨霖露霏靖韵韬顶频颂飘飒馥驰骏骥高魁麟黎默鼎齐龄子小大中二三双元上正世业丙久之乐乔予互亚亦京亭仕仙令以仪任伦"
    "佐佑佳侠侃依俐俏修倬偲傲允兄克兵典冠凌凡凝力功劲励劭勃勋勤勉北升卉卓协南卫卿厚友可台同名向君启吉周和品哲唐嘉器圆圣均坚培基堂堃墨声壮士复女好如妮妹始姝威娅婧婵嫣嫦嬿孟季存宏定宜实宣家宽宾寅密寒"
    "寰导尚尧展屏岚崇崧嵘巨常年序应庚庭延弘弟弼彤彦彪征得徽心怀怡思恒恩恬恭息恺悦意慈慕懿战扬承拓挺捷攀政敖教敦斯新方施旋旗日时昂易昭显晋晏晔晖晗晟普景暄暖曼有朋朗望朝本权杉来柔栩桑梦棠楚榜槐樱橙歆"
    "民水汉汝沁沂沙沛沫泉泓泰泳洪洲流济浙浦润涟清淇淋淳渊温游湘源溪滢满漪潇潮澄澜激瀚灏灿炎炜炫炯炳烁烈烨焕焱煌煜照熙熠燊爱爽特献玄珩琬瑗璋甫男畅登百皓益盈真睿知研硕社祎禹秉科程稳穆章童端笑笛筠策简"
    "粤素紫纯纳维绮绿缘群翔翠翰翼耕联肖胜育能臣臻自舒舟航芃芮苏范茵茹荃荟莘菀萧蒙藏虎虹蝶衍衡裕详诠诤诵谋谱豪贝贞赋赐赞轶辞迅迪逊遂邑郎野铎锡锴镕闯闰阔隽雯霄霁非韦颀颉颜风马驹骁鲁鲜鸽鹰麒麦黛会印妞"
    "娃毛狗牛招引姐柜宸奕沐汐婕芯娣淼垚犇铖烽煊祺祯禧稷竣笙筱箫绣缨羽羿翎聿芊苒茉葳蓁薪蘅谕谣轲逍郡钏陌陶靓韫颢飏骐骞鸥鸾麓亿伶俪兮函勖匀叡咏喆垣城夕奎奇奥姿孜尔屹峥岱弈彧忻悠憬擎攸斐斓昀昕昱晞晴晰"
    "四五六七八九统留炮锤墩桩拴囤粮套粉臭黑蛋丑罗农草苹菜豆稻谷米浠芷纲纪柄炬钟铠钺戈箭旌峪峦崖峭潭汀屿沅沪淮渭泾涧溢渝汶沧沽泗泺聚敬尊仰慎奋恪恕忍慷慨豁朴约孺儒绥舜契夔皋伊尹孔曾荀庄韩丘轼辙洵鹃鹊鹂雀骅骝骢骆驼犊羔祉祐祚祜祈"
    "禛澈湛滟漾汾汲泮淞渲湄湉滔漩璨璧璘璠珮珣琚瑭瑚瑢榆樾檀桉椿榛槿柽靛绛绯缃赭皑皙昶昉昴晁晤暲暾烜烺焯焘熹燏燃馡骊骄"
    "曜朔杭柠栀欣殊毅泊洛津浚涓漫澎濂炅炘煦牧玖玘玟珈珞琉琏琰瑀璎皎盼砚禾秦稚穗粟绎缇茗莱菱蓬蕙誉谧赫遐钥铃闵霓驿骋滨娘媚妤姮嫄婀嫚棉桓杞枢樟囡丫冀焜炼燚木若语诗改果一然俭腾廷"
)
#: Of these, signs that are usual only where the given name begins.
ONLY_FIRST: Final = frozenset("可若长小大来有为三二双上正少如以家自同向得之开当一")
#: Of the words below, those that behind a surname are hardly anything else.
GIVEN_ONLY: Final = _words(
    "建国 建军 建民 卫东 卫国 卫民 卫红 援朝 国庆 国强 国栋 国华 国梁 爱民 爱国 爱军 拥军 红军 红梅 雪梅 冬梅 腊梅 秋菊 秋月 彩云 海燕 玉兰 桂花 桂香 荷花 兰花 金凤 春花 来福 来喜 有才 "
    "得水 有福 有财 满囤 满仓 栓柱 拴柱 树人 福来 春来 运来 旺财 四清 三娃 水生 金生 春生 长生 永生 立新 立功 立志 新民 天成 朝阳 晓阳 东升 成龙 新华 民生 治安 胜利 向阳 志强 全胜"
)
#: Words that are given names as well, though their signs are not usual in names.
GIVEN_WORDS: Final = _words(
    "解放 胜利 跃进 文革 援朝 卫东 合营 社会 建设 和平 国庆 红旗 前进 光明 光荣 团结 爱国 拥军 民主 自强 向阳 向前 东方 来福 来喜 有才 得水 有福 有财 发科 发财 进财 "
    "长河 四清 社教 公社 大庆 生产 卫星 互助 三娃 改革 开放 春来 福来 运来 旺财 满囤 满仓 栓柱 拴柱 树人 "
    "全有 老虎 石头 二孩 占民 占军 占胜 占山 占义 占魁 土根 转运 改名 改枝 改花 占国 民生 治安 全胜 卫国 卫民 卫红 建军 爱民 爱军 红军 新华 中华 春生 水生 金生 长生 永生 彩云 白云 海燕 海洋 东升 朝阳 晓阳 春光 春风 春雨 春花 秋月 秋菊 腊梅 红梅 冬梅 雪梅 玉兰 桂花 桂香 牡丹 荷花 "
    "兰花 金凤 平安 长安 永安 安康 健康 长寿 有余 富贵 富强 文明 文学 文武 自立 自力 立志 立新 立功 成功 成才 成龙 新民 新春 国强 国华 国梁 国栋 中原 中山 泰山 华山 嵩山 黄河 长江 长城 天才 天成"
)
#: Signs no given name begins with, and signs none ends with: they are words of the sentence.
NEVER_FIRST: Final = frozenset(
    "的了是在与及或不没我你您他她它们这那被把给请说问对从到去就都也还很只将但各每该某因等于个位些名号第岁户未已拒系称住所×xX*０1234567890、么什吗呢吧啊哪几谁且而则即再便较最太"
)
NEVER_LAST: Final = frozenset(
    "姓的了是在与及或不没我你您他她它们这那被把给请说问对从到去就都也还很只将但各每该某因等于个位些名号岁户未已拒系称住所×xX*和向家要让会跟叫找带打做办用过着地得见告反表认提欠借买卖修么吗呢吧啊"
    "哪几谁且而则若即又再便较最更太时"
)
#: Signs that end the name of a place or a unit.
PLACES: Final = frozenset(
    "村庄寨湾屯营沟店镇乡县市区省路街巷桥河湖港山岗坡集堡岭组队局委院所站厅处科部办室校园苑城厂社司楼栋场馆铺行"
)
#: Signs for seats of government: what follows a place, and begins no given name.
SEATS: Final = frozenset("村镇乡县市区省街")
#: Said to a person only, never alone for a post: a sign before is a name even where it is a little word as well.
POLITE: Final = _in_order("先生 女士 小姐")
#: How people are called.
CALLED: Final = _in_order(
    "太太 同志 师傅 大爷 大妈 大叔 大娘 大伯 大哥 大姐 大婶 大嫂 大姨 大姑 大舅 阿姨 奶奶 爷爷 伯伯 伯母 叔叔 姥姥 姥爷 婶子 婶婶 嫂子 嫂嫂 姑姑 舅舅 姐姐 哥哥 弟弟 "
    "妹妹 老人 姑娘 小伙子 老太太 老太 老汉 老爷子 老伯 老头 老师傅 同学 老哥 老姐 老弟 大兄弟 夫妇 夫人"
)
#: One sign that tells kin or post, with a number before it as well (二嫂).
ONE_SIGN: Final = "[大二三四五六七八九小老]?[婶嫂哥姐叔伯姨舅姑爷]|总|工"
#: Posts and callings.
POSTS: Final = _in_order(
    "老师 医生 大夫 护士 护士长 律师 书记 支书 主任 局长 科长 处长 股长 所长 站长 队长 大队长 镇长 乡长 县长 市长 区长 村长 校长 园长 院长 组长 班长 厂长 庭长 厅长 "
    "司长 行长 社长 店长 馆长 会长 段长 连长 排长 团长 总队长 秘书长 董事长 理事长 检察长 楼长 警长 工长 村主任 会计 出纳 经理 总经理 老板 老板娘 总监 总裁 主管 警官 "
    "法官 检察官 审判长 审判员 书记员 部长 主席 委员 专员 秘书 干事 科员 教授 讲师 博士 教练 教师 村医 网格员 辅警 民警 交警 司机 房东 保安 工程师 总工程师 技术员 调解员 "
    "协管员 办事员 管理员 安全员 监督员 指导员 教导员 辅导员 保洁员 驾驶员 快递员 专干 代表"
)
#: What follows a post where the post itself is meant.
OF_THE_POST: Final = _in_order(
    "资格 待遇 岗 职 办公 信箱 接待 接访 培训 队伍 工资 编制 证 制 会议 会商 级 名单 人选 选举 热线 公开 责任"
)
#: Words that begin like a name and are none: short names of offices, trees, provinces.
LOOK_ALIKES: Final = _words(
    "杨树 柳树 林木 高中生 初中生 文旅 文广 文教 文体 安保 安监 安委 安环 房管 水务 水电 农机 农技 党建 党政 党群 项管 信访 高新 金控 成教 国土 国资 万家 江苏 江西 何时能 何时 "
    "林权 黄金周 欧莱雅 高达 贺信 叶李 金叶女 金叶 万年青 万年 林立 齐全 伟哥 年生 孙子 孙女 孙儿 毛毛雨 高发 金银花 何首乌 "
    "许昌 周口 孟津 郑州 新郑 孟州 范县 温县 夏邑 汤阴 项城 邓州 商丘 卢氏 叶县 巩义 舞阳 郏县 方城 沈丘 鲁山 郸城 固始 白杜 杜仲 白芷 计生 农转非 周转 许可 老赖 黄澄澄 马上 史志 雷锋 岳飞 包拯 关羽 曹操 杜甫 李白 韩愈 张衡"
)
#: Surnames that are verbs and little words with what they go with: 种花生, 于本月.
DOING: Final = frozenset("种买于查付谈管计练占展操盘")
#: What is followed by nothing but a name, be it a word elsewhere.
NAMED: Final = _words(
    "叫 叫做 叫作 名字 名字是 姓名 名为 户名 开户名 账户名 签名 署名 落款 化名 曾用名 我姓 全名 真名 本名 原名"
)
#: What is mostly followed by a name.
LABELS: Final = _words(
    "联系人 户主 户主为 户头 开户人 收款人 收件人 收货人 寄件人 经办人 承办人 负责人 签字 法定代表人 法人 法人代表 来信人 来电人 留言人 尊敬的 亲爱的 丈夫 妻子 爱人 配偶 老板娘 甲方 乙方 丙方 长子 次子 三子 长女 次女 三女 独子 独女 养子 养女 继子 继女 邻村 父亲 "
    "母亲 儿子 女儿 孩子 孙子 孙女 岳父 岳母 公公 婆婆 哥哥 弟弟 姐姐 妹妹 伯父 侄子 外甥 儿媳 女婿 老公 老婆 前夫 前妻 爷爷 奶奶 姥姥 姥爷 老伴 男友 女友 嫂子 姑姑 "
    "叔叔 舅舅 其父 其母 其子 其女 其妻 其夫 其兄 其弟 之子 之女 之妻 本人 我是 丧偶的 独居的 我爸 我妈 我哥 我姐 我弟 我妹 我叔 申请人 投诉人 反映人 信访人 诉求人 "
    "举报人 当事人 受害人 被害人 死者 伤者 被告 原告 被告人 监护人 代理人 委托人 担保人 借款人 债务人 债权人 承租人 出租人 继承人 对象 我对象 媳妇 儿媳妇 大伯 大叔 二叔 叔父 伯父 舅舅 姑父 姨父 儿子叫 老乡 工友 候选人 经理 包村干部 组员 党员 职工 工人 队员 嫌疑人 被执行人 敬礼 此致 朋友 同事 同学 租客 房东 司机 业主 住户 邻居 村民 居民 学生 家长 老板 店主 包工头 经营者 商户 车主 民警 医生 表哥 表弟 表姐 表妹 堂哥 堂弟 堂姐 岳父母 侄女 孩他爸 孩他妈 孩子爸 孩子妈 他爸 她妈 老头 行为人 抚养人 赡养人 战友 出租方 承租方 卖方 买方"
)
#: Signs that end a word for a person (业主, 邻居, 低保户, 网格员, 包工头): a name may follow.
PERSON_ENDS: Final = frozenset(
    "舅叔伯姑姨儿嫂婶爷学哥事客书计伴人者户主员民生长师头工友妻夫子女儿父母兄弟姐妹居警医板东记任官授士童属商贩侄孙婿媳机安"
)
#: Words that lead to a name.
LEADING: Final = _words(
    "对门的 隔壁的 对门 隔壁 胸牌 写着 我和 我与 我跟 俺和 经查 了解 核实 核查 调查 联系 据 由 给 找 向 被 与 和 对 是 让 系 将 跟 经 告知 为 因 关于 以及 叫 同 请 通知 要求 、 感谢 感激 问 托 举报 投诉 状告 起诉 反映 收到 要求 表扬 寻找 控告 指控 殴打 欠 借给 委托 邀请 约谈 询问 走访 慰问 答复 回复 处罚 把 替 陪 "
    "回访 探望 看望 帮扶 救助 资助 接到 约见 劝说 说服 陪同 护送 送 带 打伤 撞伤 撞倒 打 骂 欺负 借 租 雇 聘请 照顾 赡养 抚养 收养 送给 交给 卖给 租给 转给 付给 支付 赔偿 补偿 "
    "补助 奖励 表彰 推选 选举 拘留 逮捕 训诫 批评 责令 督促 帮助 帮 救治 救出 抢救 送医 搀扶 辱骂 殴打 威胁 举报人 欠着 拖欠 冒用 冒充 顶替 认识 嫁给 娶 伤者 死者 患者 病人 考生 学员 用户 客户 业主 户主 "
    "一下 自称 人家 走失的 患病的 去世的 已故的 失踪的 诉 写成 登记成 贫困户 脱贫户 监测户 低保户 五保户 困难户 军属 烈属 信访人 驾驶人 骑手 保姆 护工 月嫂"
)
#: Signs that lead to a name whose surname is no word: 我王红梅, 归王明家管, 付江国栋工资, 4楼韩燕.
LEADS_PLAIN: Final = frozenset("我归付就楼室")
#: Words for those who belong to a person named before.
RELATED: Final = _in_order(
    "监护人 一户 户, 户: 户( 户因 户原 户共 户主 两口子 两口 弟兄 姐弟 兄妹 遗属 家里 家中 家是 家在 家有 手中 手里 的档案 老人 一家 全家 家属 夫妻 爱人 父子 母子 父女 母女 兄弟 姐妹 之子 之女 之妻 之母 之父 等人 本人 的儿子 的女儿 的父亲 的母亲 的妻子 的丈夫 的爱人 的孩子 等两人 等三人 "
    "等十人 家的 家低保 家房 老婆 丈夫 妻子 父亲 母亲 儿子 女儿 弟弟 哥哥 妹妹 姐姐 同志 名下 来电 来信 来访"
)
#: Who is greeted or gets a letter has been named before.
GREETINGS: Final = _in_order("您好 你好 ：您好 ，您好 :您好 :你好 ,你好 ,您好")
#: What goes on after a name: little words, and verbs of doing.
GOING_ON: Final = frozenset(
    "又你都诉终残患病死瘫独跟还当伤有咬撞摔说称拍就租修签登帮管骂看做干了取整沟通于一直占瘫至名两夫负对转跑扣拉没把开放用走进出是很态答在的等您所反要说称拒与和及或住去上被同联私不未身电手今现因向已有到来从拖打家系将曾也就给让请找提申表认自为承非擅户并却能可拿收欠"
    "办交买卖骑驾违失介逃纳绕赔"
)
#: What makes a place of the signs before it.
PLACE_WORDS: Final = _in_order(
    "博物馆 纪念馆 陈列馆 将军 事迹 祠 墓 大道 大街 小区 社区 公园 广场 花园 大厦 小学 中学 大学 学校 医院 公司 水库 自然村 精神 思想 故居 纪念 理论 新时代 总书记 烈士 国际 家园 家苑 新城 新村 物业 集团 "
    "超市 饭店 酒店 专卖 旗舰 体育 十三香 铁路 高速 高铁 汽车站 火车站 国土所 幼儿园 药店 杯"
)
