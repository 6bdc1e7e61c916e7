"""Django's handle on the kernel package "documents"."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The kernel app "documents"."""

    name = "gongzhi.kernel.documents"
    label = "documents"
    verbose_name = "文件"
