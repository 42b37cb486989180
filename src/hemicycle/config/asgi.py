"""The server's entry: pages and live streams in one process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")

from django.core.asgi import get_asgi_application

from hemicycle.config.live import with_live

application = with_live(get_asgi_application())
