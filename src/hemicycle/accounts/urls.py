"""A person's own pages, over all editions."""

from django.urls import path

from hemicycle.accounts import views

app_name = "accounts"
urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/file/", views.my_data_file, name="my_data_file"),
]
