"""Every component in every state on two pages, for those who build pages; shown while developing or demonstrating."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString

from gongzhi.kernel.organisations.shapes import county_shapes
from gongzhi.web import charts
from gongzhi.web.forms import (
    ChipsField,
    ChoiceField,
    FilesField,
    Form,
    LastFourField,
    PhoneField,
    QueryCodeField,
    RatingField,
    RegionField,
)
from gongzhi.web.views import Page

STAGES: Final = ("提交", "受理", "处理", "答复", "评价")
MAP_STEPS: Final = ("35 以下", "35–45", "45–55", "55–65", "65–80", "80 以上")
REGIONS: Final = {
    "410105": (("410105001", "样例街道"), ("410105002", "示范镇")),
    "410105001": (("410105001001", "样例社区"), ("410105001002", "示范社区")),
}


def _counties() -> list[tuple[str, list[tuple[str, str]]]]:
    return [("郑州市", [("410102", "中原区"), ("410105", "金水区")]), ("洛阳市", [("410302", "老城区")])]


class SampleForm(Form):
    """One field of every kind."""

    what = forms.CharField(
        label="事情经过",
        help_text="说清时间、情况和您的要求。不要写身份证号、银行卡号",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=2000,
    )
    where = forms.CharField(label="地点", required=False, help_text="例如「文化路与丰产路口向北 50 米」")
    region = RegionField(
        counties=_counties, children=lambda code: REGIONS.get(code, ()), initial="410105001", required=False
    )
    phone = PhoneField()
    code = QueryCodeField()
    last_four = LastFourField()
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("1", "路灯"), ("2", "噪声")])
    public = ChoiceField(
        label="是否公开",
        choices=[("0", "不公开"), ("1", "公开办理过程")],
        hints={"0": "只有承办单位能看到，默认选项", "1": "隐去姓名电话，方便邻居了解、避免重复反映"},
        initial="0",
    )
    grade = RatingField()
    reasons = ChipsField(
        label="哪些方面值得肯定或需改进",
        required=False,
        choices=[(word, word) for word in ("处理及时", "态度好", "问题解决", "答复清楚", "没有解决")],
    )
    photos = FilesField(label="照片", help_text="最多 4 张，每张不超过 10 MB")
    agreed = forms.BooleanField(label="我确认内容属实", required=False)


class SampleFilter(forms.Form):
    """A filter bar."""

    words = forms.CharField(
        label="关键词", required=False, widget=forms.TextInput(attrs={"class": "c-input"})
    )
    source = forms.ChoiceField(
        label="来源",
        required=False,
        choices=[("", "全部"), ("phone", "电话"), ("web", "网页")],
        widget=forms.Select(attrs={"class": "c-input"}),
    )


@dataclass(frozen=True)
class SampleDeadline:
    """A deadline that started two days before now."""

    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    paused_at: datetime | None = None


def sample_rows(now: datetime) -> list[dict[str, Any]]:
    """Lines of a dense table, from overdue to done."""
    start = now - timedelta(days=2)
    samples = (
        (
            "示例路 58 号院污水外溢三天未处理",
            timedelta(hours=-6),
            "办理中",
            "info",
            (("bad", "超期"), ("", "催办 2 次")),
        ),
        (
            "样例小区电梯频繁停运，老人无法下楼",
            timedelta(hours=6, minutes=48),
            "待审核",
            "violet",
            (("warn", "差评重办"),),
        ),
        ("幼儿园门口道路缺少斑马线和减速带", timedelta(days=3), "待受理", "warn", ()),
        ("集贸市场周边占道经营影响通行", timedelta(days=5, hours=4), "调解中", "ok", (("", "重复 2 件"),)),
    )
    return [
        {
            "number": f"410105-{312 + at:07d}",
            "title": title,
            "tags": tags,
            "place": "样例街道",
            "unit": "示例区城市管理局",
            "state": state,
            "tone": tone,
            "deadline": SampleDeadline(start, now + left),
        }
        for at, (title, left, state, tone, tags) in enumerate(samples)
    ]


def sample_timeline(now: datetime) -> list[dict[str, Any]]:
    """What happened, newest first."""
    return [
        {
            "title": "示例区城市管理局已答复",
            "at": now - timedelta(hours=3),
            "who": "经办 王工 · 审核 市政设施科",
            "quote": "您好，您反映的 3 盏路灯已修复，原因为电缆接头进水。若再次不亮，可直接补充说明，无需重新提交。",
        },
        {
            "title": "现场处理",
            "at": now - timedelta(days=1),
            "text": "抢修班组到场，确认电缆井进水，已抽排并更换接头。",
        },
        {"title": "您提交了诉求", "at": now - timedelta(days=2), "who": "网页 · 附照片 2 张"},
    ]


def _sample_map() -> SafeString:
    """Invented figures on the real outlines."""
    shapes = county_shapes()
    invented = {county.code: 25 + zlib.crc32(county.code.encode()) % 60 for county in shapes.counties}
    return charts.county_map(
        shapes,
        invented,
        (35, 45, 55, 65, 80),
        title="每万人诉求量（虚构）",
        finding="各县数值均为虚构示例，只用来看颜色。",
        unit=" 件",
        address=lambda code: f"?county={code}",
    )


class _OnlyWhereShown(Page):
    """Not found outside development and demonstration."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse on a real installation."""
        if not (settings.DEBUG or settings.GONGZHI_DEMO):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the samples both pages show."""
        return super().get_context_data(
            stages=STAGES,
            timeline=sample_timeline(self.now),
            rows=sample_rows(self.now),
            tones=("", "info", "ok", "warn", "bad", "violet"),
            **kwargs,
        )


class Gallery(_OnlyWhereShown):
    """The components of citizens' pages; sending the form shows its errors."""

    template_name = "web/gallery.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form as it is opened."""
        return self.render_to_response(self.get_context_data(form=SampleForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form as it comes back."""
        form = SampleForm(request.POST, request.FILES)
        if form.is_only_a_step():
            form.leave_unchecked()
            return self.render_to_response(self.get_context_data(form=form))
        status = 200 if form.is_valid() else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add summary, confirmation and the deadlines."""
        start = self.now - timedelta(days=2)
        return super().get_context_data(
            summary=[
                {"label": "类别", "value": "市政设施 · 路灯", "url": "#id_kind"},
                {"label": "经过", "value": "北门外三盏路灯不亮。\n老人夜间出行不便。", "url": "#id_what"},
                {"label": "照片", "value": "", "url": "#id_photos"},
            ],
            code="41012K7M93QX",
            track_url=self.request.build_absolute_uri("/"),
            next_steps=["1 个工作日内派给负责单位", "单位 24 小时内签收", "5 个工作日内答复，短信告诉您"],
            services=[
                ("lamp-ceiling", "", "身边小事", "路灯、井盖、垃圾、噪声"),
                ("scale", "ok", "法律援助", "困难群众免费代理"),
                ("hard-hat", "warn", "欠薪维权", "农民工工资快速通道"),
                ("shield-alert", "seal", "平安举报", "可匿名，严格保密"),
            ],
            **kwargs,
            deadlines=[
                SampleDeadline(start, self.now - timedelta(hours=6)),
                SampleDeadline(start, self.now + timedelta(hours=5)),
                SampleDeadline(start, self.now + timedelta(days=4)),
                SampleDeadline(start, self.now + timedelta(days=4), paused_at=self.now),
                SampleDeadline(start, self.now, stopped_at=start),
                None,
            ],
        )


class StaffGallery(_OnlyWhereShown):
    """The components of officials' pages."""

    template_name = "web/gallery_staff.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add tabs, filters, figures and charts."""
        grades = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
        return super().get_context_data(
            tabs=[
                {"url": "?tab=all", "label": "全部待办", "count": 77, "is_current": True},
                {"url": "?tab=soon", "label": "即将超期", "count": 6, "tone": "warn"},
                {"url": "?tab=late", "label": "已超期", "count": 2, "tone": "bad"},
                {"url": "?tab=done", "label": "已办结", "count": 0},
            ],
            filter_form=SampleFilter(self.request.GET),
            bulk_actions=[
                {"name": "dispatch", "label": "批量派发"},
                {"name": "link", "label": "合并为同一事件"},
            ],
            figures=[
                ("受理诉求", "15.82", "万件", "较上期 +4.2%", (3, 4, 4, 5, 4, 6, 7), ""),
                ("按期办结率", "96.4", "%", "较上期 +0.9 个百分点", (90, 91, 93, 92, 95, 96, 96.4), "ok"),
                ("重复诉求", "8,206", "件", "较上期 +6.7%", (5, 6, 6, 7, 7, 8, 8.2), "warn"),
            ],
            bars=charts.bars(
                [("市政设施", 218), ("物业管理", 184), ("噪声污染", 142), ("供暖供水", 91)],
                title="诉求类别",
                finding="市政设施最多，218 件；供暖供水上升最快。",
                unit="件",
                marked=frozenset({"供暖供水"}),
            ),
            ratings=charts.rating_bars(
                [("示例一局", (59, 28, 9, 3, 1)), ("示例二局", (63, 24, 8, 3, 2))],
                grades,
                title="各单位群众评价构成",
                finding="两个单位的非常满意和满意合计都超过八成五。",
            ),
            grade_legend=[(f"k{at}", grade) for at, grade in enumerate(grades)],
            map=_sample_map(),
            map_legend=[(f"m{at}", words) for at, words in enumerate(MAP_STEPS)],
            rating_columns=("单位", *grades),
            rating_rows=(("示例一局", 59, 28, 9, 3, 1), ("示例二局", 63, 24, 8, 3, 2)),
            **kwargs,
        )


class PrintGallery(_OnlyWhereShown):
    """A sheet to print."""

    template_name = "web/gallery_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of a work order."""
        return super().get_context_data(
            sheet_title="工单（样例）",
            track_url=self.request.build_absolute_uri("/"),
            sheet_rows=[
                {"label": "诉求类型", "value": "求助", "label2": "来源", "value2": "12345 电话"},
                {"label": "反映人", "value": "赵* 女士", "label2": "联系电话", "value2": "138****2207"},
                {"label": "事发地点", "value": "样例区样例街道样例社区北门"},
                {
                    "label": "诉求内容",
                    "value": "北门外三盏路灯连续一周不亮，老人夜间出行不便。\n要求尽快修复。",
                },
                {
                    "label": "承办单位",
                    "value": "样例区城市管理局",
                    "label2": "办结时限",
                    "value2": "11 月 25 日 17:30",
                },
                {"label": "办理情况", "value": "\n\n\n"},
                {"label": "承办人", "value": "", "label2": "单位负责人", "value2": ""},
            ],
            **kwargs,
        )
