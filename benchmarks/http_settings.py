"""The settings of the measured server: the platform's own, and the addresses with the bare page."""

from gongzhi.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.http_urls"
