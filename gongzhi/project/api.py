"""The JSON interface of the installation, gathered from the domains that have one; with it that of the cockpit."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from gongzhi.desks.cockpit.machine import router as cockpit
from gongzhi.web.machine import new_api

api = new_api()
for key in settings.DOMAINS:
    name = f"gongzhi.domains.{key}.views.machine"
    views = find_spec(f"gongzhi.domains.{key}.views")
    if views and views.submodule_search_locations and find_spec(name):
        api.add_router(f"/{key}/", import_module(name).router)
api.add_router("/cockpit/", cockpit)
