"""The door's addresses."""

from django.urls import path

from hemicycle.door import desk_views, paper_views, views

app_name = "door"
urlpatterns = [
    path("<slug:conference>/door/", views.scan, name="scan"),
    path("<slug:conference>/door/worker.js", views.worker, name="worker"),
    path("<slug:conference>/door/door.webmanifest", views.manifest, name="manifest"),
    path("<slug:conference>/door/icon-<int:size>.png", views.icon, name="icon"),
    path("<slug:conference>/verify/<slug:certificate>/", views.verify, name="verify"),
    path("<slug:conference>/me/papers/", paper_views.my_papers, name="my_papers"),
    path("<slug:conference>/me/papers/ticket.pdf", paper_views.my_ticket, name="my_ticket"),
    path("<slug:conference>/me/papers/certificate.pdf", paper_views.my_certificate, name="my_certificate"),
    path("<slug:conference>/me/papers/invitation/", paper_views.my_invitation, name="my_invitation"),
    path("<slug:conference>/desk/door/", desk_views.desk, name="desk"),
    path("<slug:conference>/desk/door/prepare/", desk_views.prepare, name="prepare"),
    path("<slug:conference>/desk/door/absent/", desk_views.absent, name="absent"),
    path("<slug:conference>/desk/door/lists/<int:list_id>/", desk_views.check_list, name="list"),
    path("<slug:conference>/desk/door/devices/", desk_views.devices, name="devices"),
    path("<slug:conference>/desk/door/devices/<int:device_id>/", desk_views.device, name="device"),
    path("<slug:conference>/desk/door/devices/<int:device_id>/off/", desk_views.switch_off, name="switch_off"),
    path("<slug:conference>/desk/door/badge/<int:registration_id>.pdf", paper_views.badge, name="badge"),
    path("<slug:conference>/desk/door/papers/", paper_views.papers, name="papers"),
    path("<slug:conference>/desk/door/papers/guard.pdf", paper_views.guard_list, name="guard_list"),
    path("<slug:conference>/desk/door/papers/attendance.csv", paper_views.attendance_csv, name="attendance_csv"),
    path("<slug:conference>/desk/door/papers/attendance.xlsx", paper_views.attendance_xlsx, name="attendance_xlsx"),
]
