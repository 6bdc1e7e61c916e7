"""Static files gathered for serving, again only when one of them has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> bool:
    """Gather, name by content and compress the static files; return whether there was anything to do."""
    marks = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            marks.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    stamp = settings.STATIC_ROOT.with_name("static-collected")
    if stamp.exists() and stamp.read_text() == marks.hexdigest():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(marks.hexdigest())
    return True
