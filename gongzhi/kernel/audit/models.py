"""The append-only record of who changed or read what."""

from django.db import models


class Entry(models.Model):
    """One change, or one read of personal data. The database refuses to alter or delete a row.

    Personal data: reference to the actor and the person concerned; to hold officials to account; kept at
    least six months (网络安全法 art. 23), three years for reads of personal data.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    case_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        indexes = [
            models.Index(
                fields=["case_id", "id"], name="audit_of_case", condition=models.Q(case_id__isnull=False)
            ),
            models.Index(fields=["subject", "id"], name="audit_of_subject", condition=~models.Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class Leaf(models.Model):
    """One sealed row: its place in the log and the hash of its bytes.

    Personal data: none; the hash is salted and says nothing.
    """

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()

    class Meta:
        verbose_name = "封存的审计记录"
        verbose_name_plural = "封存的审计记录"

    def __str__(self) -> str:
        return str(self.index)


class Node(models.Model):
    """The root over 256 leaves (floor 1) or over 256 nodes of the floor below, written when complete.

    Personal data: none.
    """

    floor = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "校验树节点"
        verbose_name_plural = "校验树节点"
        constraints = [models.UniqueConstraint(fields=["floor", "index"], name="audit_node_once")]

    def __str__(self) -> str:
        return f"{self.floor}/{self.index}"


class Checkpoint(models.Model):
    """A signed statement of how long the log is and what it says; each names the one before.

    Personal data: none.
    """

    number = models.BigIntegerField(primary_key=True, db_column="id")
    at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    signature = models.BinaryField()
    public_key = models.BinaryField()

    class Meta:
        verbose_name = "校验点"
        verbose_name_plural = "校验点"

    def __str__(self) -> str:
        return str(self.number)


class Sealing(models.Model):
    """How far sealing has come: the one row that changes, and no evidence of anything.

    Personal data: none.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    hash_name = models.CharField(max_length=10)
    home = models.CharField(max_length=60, blank=True)
    below = models.CharField(max_length=20, default="0")

    class Meta:
        verbose_name = "封存进度"
        verbose_name_plural = "封存进度"

    def __str__(self) -> str:
        return self.below
