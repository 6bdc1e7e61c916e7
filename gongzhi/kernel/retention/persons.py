"""Make persons unrecognisable: the row stays for counting, nothing tells who it was."""

from collections.abc import Sequence

from django.db import transaction

from gongzhi.kernel.people.models import Particulars, Person

#: True for a person in whose row something still tells who they are, as SQL over people_person t.
STILL_KNOWN = "EXISTS (SELECT FROM people_particulars k WHERE k.person_id = t.id)"


@transaction.atomic
def anonymise(person_ids: Sequence[int]) -> int:
    """Take away who persons are (个人信息保护法 art. 19, 47); return how many are left without a name.

    Whether they may be forgotten (period over, no open case, no legal hold) is for the caller to know.
    """
    Particulars.objects.filter(pk__in=person_ids).delete()
    emptied = {"masked_name": "", "masked_phone": "", "phone_tail": "", "by_sms": False}
    return Person.objects.filter(pk__in=person_ids).update(**emptied)
