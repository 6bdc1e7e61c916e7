"""How long an application about personal information is kept, and what of it a person gets who asks for a copy."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.keeping import kept_with_case, years

KEEPING = (
    kept_with_case(
        "personal_information.RightsRequest",
        _("关于个人信息的申请和答复"),
        years(3),
        kind="personal_information.rights_request",
        basis=_("个人信息保护法第十九条、第五十四条：最短必要时间，并供核查；具体年限由本平台设定"),
        copied=("right", "text", "reply"),
        blanks=("text", "reply", "new_name_sealed", "new_phone_sealed", "new_address_sealed"),
    ),
)
