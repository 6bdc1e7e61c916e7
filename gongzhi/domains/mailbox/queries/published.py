"""What everybody may read of letters: those of one mailbox, and one of them."""

from typing import Final

from django.db.models import Q

from gongzhi.domains.mailbox.models import Office, Publication, Published

PAGE: Final = 20


def published_of(office: Office, before: int | None = None) -> list[Published]:
    """Return a page of what a mailbox has published, the latest answer first, after the letter numbered *before*."""
    found = Published.objects.filter(office=office)
    mark = found.filter(pk=before).values_list("replied_at", flat=True).first() if before else None
    if mark is not None:
        found = found.filter(Q(replied_at__lt=mark) | Q(replied_at=mark, pk__lt=before))
    return list(found.select_related("unit").order_by("-replied_at", "-pk")[:PAGE])


def published_letter(case_id: int) -> Published | None:
    """Return one published letter; None when it is not, or no longer."""
    return Published.objects.select_related("office__unit", "unit").filter(pk=case_id).first()


def publications_of(case_id: int) -> list[Publication]:
    """Return what was decided to show of a letter, the latest first and also what was taken down, to those who may read it."""
    return list(Publication.objects.filter(case_id=case_id).order_by("-checked_at", "-pk"))
