"""Documents of cases: what is known about a file whose content lies in the store under its hash."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One file of one case. The content is found by ``sha256`` and never changes; the row is only ever added.

    ``received_sha256`` is the hash of what was sent, before an image was re-encoded: sending the same file again
    gives the same row. ``fingerprint`` knows an office's picture again after it was saved anew: see `fingerprints`, "" for
    all other files. ``handed_on`` says that the paper came with the matter from the case before, which has a row of its own.
    The case is named by its key alone, since cases lie above documents.

    Personal data: whatever the file shows, and a reference to who sent it; to handle the matter; kept with the case,
    or until ``retention_until``.
    """

    class Kind(models.TextChoices):
        """What a file is to the case."""

        PHOTO = "photo", _("照片")
        ATTACHMENT = "attachment", _("附件")
        GENERATED = "generated", _("系统生成")

    class Secrecy(models.TextChoices):
        """Who may see a file, beside the rules of its case; nobody else ever does: what is published comes without files."""

        CASE = "case", _("当事人和经办单位")
        OFFICE = "office", _("仅经办单位")

    case_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    secrecy = models.CharField(max_length=10, choices=Secrecy, default=Secrecy.CASE)
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(
        max_length=64, db_collation="C", validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")]
    )
    received_sha256 = models.CharField(max_length=64, db_collation="C")
    fingerprint = models.CharField(max_length=64, db_collation="C", blank=True, db_default="")
    from_office = models.BooleanField()
    handed_on = models.BooleanField(default=False, db_default=False)
    uploaded_by_person_id = models.BigIntegerField(null=True)
    uploaded_by_post_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    retention_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [
            models.UniqueConstraint(fields=["case_id", "sha256"], name="document_content_once_a_case"),
            models.UniqueConstraint(
                fields=["case_id", "received_sha256"], name="document_received_once_a_case"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="document_of_content")]

    def __str__(self) -> str:
        return self.name
