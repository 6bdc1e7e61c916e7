"""Make persons unrecognisable: the row stays for counting, nothing in it tells who it was."""

from collections.abc import Sequence

from gongzhi.kernel.people.models import Person

#: True for a person in whose row something still tells who they are, as SQL over people_person t.
STILL_KNOWN = "(t.name <> '' OR t.phone <> '' OR t.phone_tail <> '' OR t.id_number <> '' OR t.address <> '')"


def anonymise(person_ids: Sequence[int]) -> int:
    """Empty name, phone, id number and address of persons (个人信息保护法 art. 19, 47); return how many.

    Whether they may be forgotten (period over, no open case, no legal hold) is for the caller to know.
    """
    emptied = {"name": "", "phone": "", "phone_tail": "", "id_number": "", "address": ""}
    return Person.objects.filter(pk__in=person_ids).update(**emptied)
