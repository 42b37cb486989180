"""Matchmaking's addresses."""

from django.urls import path

from hemicycle.matchmaking import desk_views, views

app_name = "matchmaking"
urlpatterns = [
    path("<slug:conference>/profile/", views.profile, name="profile"),
    path("<slug:conference>/people/", views.people, name="people"),
    path("<slug:conference>/people/<int:profile_id>/", views.person, name="person"),
    path("<slug:conference>/meetings/", views.meetings, name="meetings"),
    path("<slug:conference>/meetings/<int:request_id>/", views.answer, name="answer"),
    path("<slug:conference>/desk/matchmaking/", desk_views.overview, name="desk"),
    path("<slug:conference>/desk/matchmaking/schedule/", desk_views.schedule, name="desk_schedule"),
    path("<slug:conference>/desk/matchmaking/<int:plan_id>/", desk_views.plan, name="desk_plan"),
    path("<slug:conference>/desk/matchmaking/<int:plan_id>/progress/", desk_views.progress, name="desk_progress"),
    path("<slug:conference>/desk/matchmaking/<int:plan_id>/stop/", desk_views.stop, name="desk_stop"),
    path("<slug:conference>/desk/matchmaking/<int:plan_id>/publish/", desk_views.publish, name="desk_publish"),
]
