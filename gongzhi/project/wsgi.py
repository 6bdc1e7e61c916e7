"""The platform as a WSGI application, for granian or any other server."""

import os

from django.core.wsgi import get_wsgi_application

from gongzhi.project.clock import follow_clock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.project.settings")
application = get_wsgi_application()
follow_clock()
