"""All addresses; the edition's slug comes first, so accounts and API stand before it."""

from django.conf import settings
from django.urls import include, path

from hemicycle.config.api import api

urlpatterns = [
    path("accounts/", include("hemicycle.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
    *([path("demo/", include("hemicycle.demo.urls"))] if settings.HEMICYCLE_DEMO else []),
    path("", include("hemicycle.directory.urls")),
    path("", include("hemicycle.registration.urls")),
    path("", include("hemicycle.door.urls")),
    path("", include("hemicycle.agenda.urls")),
    path("", include("hemicycle.hosting.urls")),
    path("", include("hemicycle.matchmaking.urls")),
    path("", include("hemicycle.desk.urls")),
    path("", include("hemicycle.website.urls")),
]

handler403 = "hemicycle.website.views.refused"
handler404 = "hemicycle.website.views.not_found"
handler500 = "hemicycle.website.views.broken"
