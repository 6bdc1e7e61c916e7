"""The sign of life of a worker."""

from django.db import models


class Heartbeat(models.Model):
    """When a worker was last heard of. Personal data: none."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "后台进程"
        verbose_name_plural = "后台进程"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
