"""Who is acting, in which post: the first argument of every use case."""

import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a post entitles its holder to do."""

    CITIZEN = "citizen"  # 群众: a person acting for themselves, with or without an account
    CALL_TAKER = "call_taker"  # 话务员: writes down what a caller says
    DISPATCHER = "dispatcher"  # 派单员: gives a matter to the responsible unit
    HANDLER = "handler"  # 承办人: handles it in the responsible unit
    HEAD = "head"  # 单位负责人: approves extensions and replies of the unit
    REVIEWER = "reviewer"  # 审核员: checks replies and contested results
    ARBITER = "arbiter"  # 争议裁定人: decides who is responsible after two returns
    SUPERVISOR = "supervisor"  # 督办员: urges and supervises
    LEADER = "leader"  # 领导: sees the figures of an area; no matter and no person
    AUDITOR = "auditor"  # 审计员: reads the audit record, changes nothing
    ADMINISTRATOR = "administrator"  # 管理员: keeps units, posts and lists; sees no matters
    SYSTEM = "system"  # 系统时钟: acts when a clock lapses


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A person acting in a role, within the area that the role covers.

    A citizen without an account has neither account nor post; person_id is then set only
    once the person is known by phone and query code.
    """

    role: Role
    person_id: int | None = None
    account_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    region_code: str = ""
    name: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="系统")
