"""The server's entry: pages and live streams in one process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

from hemicycle.config.crowd import in_line
from hemicycle.config.live import with_live

application = with_live(in_line(get_asgi_application(), at_once=settings.HEMICYCLE_AT_ONCE))
