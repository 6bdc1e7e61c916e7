"""What machines send and get: the twin of the citizens' forms."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from gongzhi.base.phones import PHONE
from gongzhi.web.machine import PlainText

RegionCode = Annotated[
    str, Field(pattern=r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$", description="区划代码：县、乡镇或村")
]
Phone = Annotated[
    str,
    Field(
        pattern=f"^({PHONE.pattern})$",
        description="11 位手机号，或带区号的座机号，只写数字",
    ),
]
CategoryKey = Annotated[str, Field(pattern=r"^[a-z0-9_.-]*$", max_length=120)]


class KindOfRequest(StrEnum):
    """The standard kinds of intake."""

    CONSULTATION = "consultation"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    THANKS = "thanks"
    OTHER = "other"


class Privacy(StrEnum):
    """Who may see the matter: the offices concerned, everybody once an official has read and cleared it, or the centre alone."""

    ORDINARY = "ordinary"
    PUBLIC = "public"
    CONFIDENTIAL = "confidential"


class NewRequest(Schema):
    """A request as a person would write it on the page."""

    model_config = ConfigDict(extra="forbid")

    kind: KindOfRequest
    category: CategoryKey = Field("", description="事项类别的标识；空着由工作人员判断")
    title: Annotated[PlainText, Field(max_length=60)] = Field("", description="空着取第一句话")
    text: Annotated[PlainText, Field(min_length=10, max_length=2000)]
    region: RegionCode
    place: Annotated[PlainText, Field(max_length=120)] = ""
    complained_of: Annotated[PlainText, Field(max_length=120)] = Field(
        "", description="反映的单位或人；填写后不公开，也不会转给它办理"
    )
    name: Annotated[PlainText, Field(min_length=1, max_length=40)]
    phone: Phone
    privacy: Privacy = Privacy.ORDINARY


class Receipt(Schema):
    """What the person gets back: the code to find the request again, and by when it is answered."""

    number: str
    query_code: str
    title: str
    stage: str
    received_at: datetime
    answer_by: datetime | None
    basis: str


class Ask(Schema):
    """The way back to a request: its code and the last four digits of the phone."""

    model_config = ConfigDict(extra="forbid")

    query_code: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{4}$")]
    last_four: Annotated[str, Field(pattern=r"^[0-9]{4}$")]


class Happened(Schema):
    """One line of what was done."""

    at: datetime
    what: str
    by: str
    said: str


class Standing(Schema):
    """Where a request stands."""

    number: str
    title: str
    stage: str
    stage_words: str
    received_at: datetime
    answer_by: datetime | None
    basis: str
    reply: str
    open: list[str] = Field(description="what the person may do now")
    steps: list[Happened]


class PublicRequest(Schema):
    """An answered request whose writer agreed to show it and that an official has cleared; particulars are crossed out."""

    number: str
    title: str
    category: str
    region_code: str
    unit: str
    reply: str
    replied_at: datetime


class PublicPage(Schema):
    """A page of public requests, newest first; `next` is the `before` of the following page, empty at the end."""

    items: list[PublicRequest]
    next: str


class PublicQuery(Schema):
    """Which public requests are wanted."""

    region: Annotated[str, Field(pattern=r"^([0-9]{2}){0,3}$|^[0-9]{9}$|^[0-9]{12}$")] = ""
    category: CategoryKey = ""
    words: Annotated[PlainText, Field(max_length=40)] = ""
    before: Annotated[str, Field(pattern=r"^([1-8][0-9]{18})?$")] = ""
