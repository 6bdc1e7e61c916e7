"""The declaration holds together and is the one the kernel uses."""

from django.template.loader import get_template

from gongzhi.domains.personal_information.domain import DOMAIN
from gongzhi.domains.personal_information.procedure import RIGHTS_REQUEST
from gongzhi.kernel.registry.api import procedure


def test_the_procedure_contradicts_itself_nowhere():
    assert list(RIGHTS_REQUEST.faults()) == []
    assert procedure("personal_information.rights_request") is RIGHTS_REQUEST


def test_every_notice_has_its_template():
    assert DOMAIN.notices
    for notice in DOMAIN.notices:
        get_template(notice.template)
