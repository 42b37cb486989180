"""The server's entry: pages and live streams in one process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
