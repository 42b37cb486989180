"""The agenda's addresses."""

from django.urls import path

from hemicycle.agenda import desk_views, views

app_name = "agenda"
urlpatterns = [
    path("<slug:conference>/agenda/", views.agenda, name="agenda"),
    path("<slug:conference>/agenda.ics", views.calendar_file, name="calendar"),
    path("<slug:conference>/agenda/bookmark/", views.bookmark, name="bookmark"),
    path("<slug:conference>/now/", views.now_next, name="now"),
    path("<slug:conference>/agenda/<slug:slug>/", views.session, name="session"),
    path("<slug:conference>/agenda/<slug:slug>.ics", views.session_file, name="session_calendar"),
    path("<slug:conference>/speakers/", views.speakers, name="speakers"),
    path("<slug:conference>/speakers/<slug:slug>/", views.speaker, name="speaker"),
    path("<slug:conference>/desk/agenda/", desk_views.draft, name="desk_draft"),
    path("<slug:conference>/desk/agenda/new/", desk_views.session_add, name="desk_session_add"),
    path("<slug:conference>/desk/agenda/session/<slug:slug>/", desk_views.session_change, name="desk_session"),
    path(
        "<slug:conference>/desk/agenda/session/<slug:slug>/remove/",
        desk_views.session_remove,
        name="desk_session_remove",
    ),
    path("<slug:conference>/desk/agenda/speakers/", desk_views.speakers, name="desk_speakers"),
    path("<slug:conference>/desk/agenda/speakers/new/", desk_views.speaker_add, name="desk_speaker_add"),
    path("<slug:conference>/desk/agenda/speaker/<slug:slug>/", desk_views.speaker_change, name="desk_speaker"),
    path(
        "<slug:conference>/desk/agenda/speaker/<slug:slug>/remove/",
        desk_views.speaker_remove,
        name="desk_speaker_remove",
    ),
    path("<slug:conference>/desk/agenda/release/", desk_views.release, name="desk_release"),
]
