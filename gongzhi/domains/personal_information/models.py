"""What a person asks about their own data, beyond it being a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.encryption.sealed import SealedText


class Right(models.TextChoices):
    """What one may ask (个人信息保护法 art. 45, 46, 47)."""

    SEE = "see", _("查阅、复制")
    CORRECT = "correct", _("更正")
    DELETE = "delete", _("删除")


class RightsRequest(models.Model):
    """A person's request to see, correct or delete what is kept about them, and the answer they got.

    Personal data: the person's words and, sealed, what is to be put right; to answer the request; emptied with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="rights_request"
    )
    right = models.CharField(max_length=10, choices=Right.choices)
    text = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    new_name_sealed = models.BinaryField(default=b"")
    new_phone_sealed = models.BinaryField(default=b"")
    new_address_sealed = models.BinaryField(default=b"")

    new_name = SealedText()
    new_phone = SealedText()
    new_address = SealedText()

    class Meta:
        verbose_name = "个人信息申请"
        verbose_name_plural = "个人信息申请"

    def __str__(self) -> str:
        return f"{self.case_id} {self.right}"
