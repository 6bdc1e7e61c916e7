"""The entries of the citizen's and the official's navigation; an entry whose page does not exist is not shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.kernel.people.actor import Actor, Role

Text = str | Promise
#: Who has no matters in hand: nothing ever waits for them, and their work begins on another page.
WITHOUT_INBOX = frozenset({Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Entry:
    """One link of a navigation: the URL name is also the ``section`` a page says it belongs to."""

    name: str
    label: Text
    icon: str
    short: Text = ""
    roles: frozenset[Role] = field(default=frozenset())

    @property
    def url(self) -> str:
        """The address, empty as long as the page is not there."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""

    def is_for(self, role: Role) -> bool:
        """Whether somebody in this role has use for the page; what they may do there is decided by ``access``."""
        return not self.roles or role in self.roles


@dataclass(frozen=True)
class Group:
    """A titled part of the official's side navigation."""

    title: Text
    entries: tuple[Entry, ...]


CITIZEN = (
    Entry("citizen:home", _("首页"), "house"),
    Entry("hotline:new", _("我要反映"), "plus", pgettext_lazy("tab", "反映")),
    Entry("petitions:new", _("信访"), "scroll-text"),
    Entry("mailbox:offices", _("领导信箱"), "mail"),
    Entry("citizen:track", _("办件查询"), "clipboard-list", _("进度")),
    Entry("hotline:public", _("公开答复"), "messages-square", pgettext_lazy("tab", "公开")),
)
#: The bottom bar of the phone: the main action stands in the middle.
CITIZEN_TABS = (CITIZEN[0], CITIZEN[5], CITIZEN[1], CITIZEN[4])

STAFF = (
    Group(
        _("我的工作"),
        (
            Entry("official:inbox", _("待办事项"), "inbox", roles=frozenset(Role) - WITHOUT_INBOX),
            Entry("official:done", _("已办事项"), "send"),
            Entry("official:watched", _("我关注的"), "eye"),
            Entry(
                "hotline:samples",
                _("回访抽样"),
                "shuffle",
                roles=frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
            ),
            Entry("hotline:call", _("来电登记"), "headset", roles=frozenset({Role.CALL_TAKER})),
            Entry(
                "petitions:reception",
                _("接待登记"),
                "clipboard-list",
                roles=frozenset({Role.CALL_TAKER, Role.DISPATCHER, Role.HANDLER, Role.HEAD}),
            ),
            Entry("mailbox:register", _("纸质来信登记"), "mail", roles=frozenset({Role.HANDLER, Role.HEAD})),
            Entry(
                "mailbox:to-post",
                _("待寄答复"),
                "mailbox",
                roles=frozenset({Role.HANDLER, Role.HEAD, Role.DISPATCHER}),
            ),
            Entry(
                "official:handovers",
                _("工作交接"),
                "arrow-right-left",
                roles=frozenset({Role.HANDLER, Role.HEAD, Role.REVIEWER, Role.CALL_TAKER, Role.DISPATCHER}),
            ),
            Entry("petitions:openness", _("信访公开信息"), "megaphone", roles=frozenset({Role.HEAD})),
            Entry(
                "petitions:protections",
                _("保护请求"),
                "shield-check",
                roles=frozenset({Role.HEAD, Role.SUPERVISOR}),
            ),
            Entry("hotline:texts", _("待处理短信"), "message-square", roles=frozenset({Role.CALL_TAKER})),
        ),
    ),
    Group(
        _("监督"),
        (
            Entry(
                "official:delays",
                _("暂缓告知"),
                "lock",
                roles=frozenset({Role.HANDLER, Role.HEAD, Role.SUPERVISOR}),
            ),
            Entry(
                "official:exports",
                _("名单导出"),
                "download",
                roles=frozenset({Role.HANDLER, Role.HEAD, Role.DISPATCHER, Role.SUPERVISOR}),
            ),
            Entry("official:wordings", _("短信用语"), "message-square", roles=frozenset({Role.SUPERVISOR})),
            Entry("official:holds", _("依法保全"), "lock", roles=frozenset({Role.SUPERVISOR})),
            Entry(
                "cockpit:cockpit",
                _("态势"),
                "map",
                roles=frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.AUDITOR}),
            ),
            Entry(
                "petitions:yearly",
                _("信访年报"),
                "chart-column",
                roles=frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
            ),
            Entry("official:audit", _("审计日志"), "shield-check", roles=frozenset({Role.AUDITOR})),
            Entry("admin:index", _("系统设置"), "settings", roles=frozenset({Role.ADMINISTRATOR})),
            Entry("mailbox:kept", _("信箱设置"), "mail", roles=frozenset({Role.ADMINISTRATOR})),
            Entry("official:scorecard", _("统计分析"), "chart-column"),
        ),
    ),
)


def existing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries whose pages exist."""
    return [entry for entry in entries if entry.url]


def staff_groups(actor: Actor, today: date) -> list[Group]:
    """The groups of the side navigation with what exists and concerns this actor today."""
    groups = [
        Group(group.title, tuple(entry for entry in group.entries if _concerns(entry, actor, today)))
        for group in STAFF
    ]
    return [group for group in groups if group.entries]


def staff_home(actor: Actor, today: date) -> str:
    """The address at which an official's work begins: the first that concerns them, empty for who is none."""
    return first_of(staff_groups(actor, today))


def first_of(groups: Iterable[Group]) -> str:
    """The address of the first entry; empty where there is none."""
    return next((entry.url for group in groups for entry in group.entries), "")


def _concerns(entry: Entry, actor: Actor, today: date) -> bool:
    """Whether the role has use for the page, it exists, and is for this actor: it may say so itself (`StaffPage.concerns`)."""
    if not entry.is_for(actor.role) or not entry.url:
        return False
    asks = _asks(entry.url)
    return asks is None or asks(actor, today)


@cache
def _asks(url: str) -> Callable[[Actor, date], bool] | None:
    """Return what the page at an address says of whom it concerns; None where it does not say."""
    return getattr(getattr(resolve(url).func, "view_class", None), "concerns", None)
