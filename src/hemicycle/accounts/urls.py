"""A person's own pages, over all editions."""

from django.urls import path

from hemicycle.accounts import views

app_name = "accounts"
urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
]
