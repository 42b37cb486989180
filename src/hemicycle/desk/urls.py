"""The organisers' addresses."""

from django.urls import path

from hemicycle.desk import views

app_name = "desk"
urlpatterns = [
    path("accounts/", views.home, name="account"),
    path("<slug:conference>/desk/", views.overview, name="overview"),
    path("<slug:conference>/desk/settings/", views.settings, name="settings"),
    path("<slug:conference>/desk/history/", views.history, name="history"),
    path("<slug:conference>/desk/team/", views.team, name="team"),
]
