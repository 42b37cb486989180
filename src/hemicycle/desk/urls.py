"""The organisers' addresses."""

from django.urls import path

from hemicycle.desk import parts_views, run_views, settings_views, team_views, views

app_name = "desk"
urlpatterns = [
    path("_ui/", views.style, name="style"),
    path("accounts/", views.home, name="account"),
    path("accounts/join/<str:token>/", team_views.join, name="join"),
    path("<slug:conference>/desk/", views.overview, name="overview"),
    path("<slug:conference>/desk/history/", views.history, name="history"),
    path("<slug:conference>/desk/work/<int:run_id>/", run_views.show, name="run"),
    path("<slug:conference>/desk/work/<int:run_id>/progress/", run_views.progress, name="run_progress"),
    path("<slug:conference>/desk/work/<int:run_id>/stop/", run_views.stop, name="run_stop"),
    path("<slug:conference>/desk/work/<int:run_id>/file/", run_views.file, name="run_file"),
    path("<slug:conference>/desk/team/", team_views.show, name="team"),
    path("<slug:conference>/desk/team/invite/", team_views.invite, name="team_invite"),
    path("<slug:conference>/desk/team/<int:member_id>/take/", team_views.take, name="team_take"),
    path("<slug:conference>/desk/team/invited/<int:invitation_id>/", team_views.withdraw, name="team_withdraw"),
    path("<slug:conference>/desk/settings/", settings_views.edition, name="settings"),
    path("<slug:conference>/desk/settings/languages/", settings_views.languages, name="languages"),
    path("<slug:conference>/desk/settings/windows/", settings_views.windows, name="windows"),
    path("<slug:conference>/desk/settings/look/", settings_views.look, name="look"),
    path("<slug:conference>/desk/settings/legal/", settings_views.legal, name="legal"),
    path("<slug:conference>/desk/venue/", parts_views.venue, name="venue"),
    path("<slug:conference>/desk/settings/list/<slug:kind>/", parts_views.listed, name="parts"),
    path("<slug:conference>/desk/settings/list/<slug:kind>/new/", parts_views.add, name="part_add"),
    path("<slug:conference>/desk/settings/list/<slug:kind>/<int:part_id>/", parts_views.change, name="part"),
    path("<slug:conference>/desk/settings/list/<slug:kind>/<int:part_id>/move/", parts_views.move, name="part_move"),
    path(
        "<slug:conference>/desk/settings/list/<slug:kind>/<int:part_id>/remove/",
        parts_views.remove,
        name="part_remove",
    ),
]
