"""The directory's addresses."""

from django.urls import path

from hemicycle.directory import desk_merge_views, desk_views, own_views, views

app_name = "directory"
OWN, DESK = "<slug:conference>/my-organisations/", "<slug:conference>/desk/organisations/"
urlpatterns = [
    path("<slug:conference>/organisations/", views.listing, name="list"),
    path("<slug:conference>/organisations/<slug:slug>/", views.page, name="page"),
    path("<slug:conference>/organisation-invitation/<str:token>/", views.invited, name="invited"),
    path(OWN, own_views.mine, name="mine"),
    path(f"{OWN}join/", own_views.join, name="join"),
    path(f"{OWN}of/<slug:slug>/", own_views.show, name="own"),
    path(f"{OWN}of/<slug:slug>/edit/", own_views.edit, name="own_edit"),
    path(f"{OWN}of/<slug:slug>/fact/", own_views.fact, name="own_fact_new"),
    path(f"{OWN}of/<slug:slug>/fact/<int:fact_id>/", own_views.fact, name="own_fact"),
    path(f"{OWN}of/<slug:slug>/fact/<int:fact_id>/remove/", own_views.fact_remove, name="own_fact_remove"),
    path(f"{OWN}of/<slug:slug>/invite/", own_views.invite, name="own_invite"),
    path(f"{OWN}of/<slug:slug>/invited/<int:asked_id>/", own_views.withdraw, name="own_withdraw"),
    path(f"{OWN}of/<slug:slug>/asked/<int:asked_id>/", own_views.answer, name="own_answer"),
    path(f"{OWN}of/<slug:slug>/manager/<int:manager_id>/", own_views.take, name="own_take"),
    path(DESK, desk_views.listing, name="desk_list"),
    path(f"{DESK}export.<str:kind>", desk_views.export, name="desk_export"),
    path(f"{DESK}new/", desk_views.add, name="desk_add"),
    path(f"{DESK}duplicates/", desk_merge_views.duplicates, name="desk_duplicates"),
    path(f"{DESK}merge/", desk_merge_views.merge, name="desk_merge"),
    path(f"{DESK}import/", desk_merge_views.upload, name="desk_import"),
    path(f"{DESK}import/enter/", desk_merge_views.take_in, name="desk_take_in"),
    path(f"{DESK}of/<slug:slug>/", desk_views.show, name="desk_show"),
    path(f"{DESK}of/<slug:slug>/edit/", desk_views.edit, name="desk_edit"),
    path(f"{DESK}of/<slug:slug>/waive/", desk_views.waive, name="desk_waive"),
    path(f"{DESK}of/<slug:slug>/fact/", desk_views.fact, name="desk_fact_new"),
    path(f"{DESK}of/<slug:slug>/fact/<int:fact_id>/", desk_views.fact, name="desk_fact"),
    path(f"{DESK}of/<slug:slug>/fact/<int:fact_id>/confirm/", desk_views.fact_confirm, name="desk_fact_confirm"),
    path(f"{DESK}of/<slug:slug>/fact/<int:fact_id>/remove/", desk_views.fact_remove, name="desk_fact_remove"),
    path(f"{DESK}of/<slug:slug>/invite/", desk_views.invite, name="desk_invite"),
    path(f"{DESK}of/<slug:slug>/invited/<int:asked_id>/", desk_views.withdraw, name="desk_withdraw"),
    path(f"{DESK}of/<slug:slug>/asked/<int:asked_id>/", desk_views.answer, name="desk_answer"),
    path(f"{DESK}of/<slug:slug>/manager/<int:manager_id>/", desk_views.take, name="desk_take"),
]
