"""The type of every label that people read: text, or text translated when it is shown."""

from django_stubs_ext import StrOrPromise as Words

__all__ = ["Words"]
