"""A person's own pages, over all editions."""

from django.urls import path

from hemicycle.accounts import key_views, views

app_name = "accounts"
urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("my-data/", views.my_data, name="my_data"),
    path("keys/", key_views.keys, name="keys"),
    path("keys/<int:key_id>/revoke/", key_views.revoke, name="key_revoke"),
    path("my-data/file/", views.my_data_file, name="my_data_file"),
]
