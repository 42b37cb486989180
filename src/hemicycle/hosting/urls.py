"""The addresses of side events, their hosts' desks, and the organisers' desk for them."""

from django.urls import path

from hemicycle.hosting import desk_views, host_views, views

app_name = "hosting"
urlpatterns = [
    path("<slug:conference>/hosting/", views.mine, name="mine"),
    path("<slug:conference>/hosting/join/<str:token>/", views.join, name="join"),
    path("<slug:conference>/side-events/<slug:slug>/", views.event, name="event"),
    path("<slug:conference>/side-events/<slug:slug>/seat/", views.seat, name="seat"),
    path("<slug:conference>/side-events/<slug:slug>/papers/<int:paper_id>/", views.paper, name="paper"),
    path("<slug:conference>/hosting/<slug:slug>/", host_views.people, name="people"),
    path("<slug:conference>/hosting/<slug:slug>/act/", host_views.act, name="act"),
    path("<slug:conference>/hosting/<slug:slug>/people.<str:kind>", host_views.export, name="export"),
    path("<slug:conference>/hosting/<slug:slug>/page/", host_views.words, name="words"),
    path("<slug:conference>/hosting/<slug:slug>/questions/", host_views.questions, name="questions"),
    path("<slug:conference>/hosting/<slug:slug>/questions/new/", host_views.question, name="question_new"),
    path("<slug:conference>/hosting/<slug:slug>/questions/<int:question_id>/", host_views.question, name="question"),
    path("<slug:conference>/hosting/<slug:slug>/invite/", host_views.invite, name="invite"),
    path("<slug:conference>/hosting/<slug:slug>/write/", host_views.write, name="write"),
    path("<slug:conference>/hosting/<slug:slug>/papers/", host_views.papers, name="papers"),
    path("<slug:conference>/hosting/<slug:slug>/papers/<int:paper_id>/", host_views.paper_change, name="paper_change"),
    path("<slug:conference>/desk/side-events/", desk_views.listing, name="desk"),
    path("<slug:conference>/desk/side-events/new/", desk_views.add, name="desk_add"),
    path("<slug:conference>/desk/side-events/<slug:slug>/", desk_views.change, name="desk_event"),
    path("<slug:conference>/desk/side-events/<slug:slug>/hosts/", desk_views.hosts, name="desk_hosts"),
    path("<slug:conference>/desk/side-events/<slug:slug>/remove/", desk_views.remove, name="desk_remove"),
]
