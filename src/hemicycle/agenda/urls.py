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
    path("<slug:conference>/desk/agenda/release/", desk_views.release, name="desk_release"),
]
