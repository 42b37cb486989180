"""Registration's addresses."""

from django.urls import path

from hemicycle.registration import desk_views, views

app_name = "registration"
urlpatterns = [
    path("<slug:conference>/register/", views.register, name="register"),
    path("<slug:conference>/confirm/<str:token>/", views.confirm, name="confirm"),
    path("<slug:conference>/me/consents/", views.consents, name="consents"),
    path("<slug:conference>/me/ticket/", views.ticket, name="ticket"),
    path("<slug:conference>/me/cancel/", views.cancel, name="cancel"),
    path("<slug:conference>/side-events/<slug:slug>/seat/", views.seat, name="seat"),
    path("<slug:conference>/desk/registrations/", desk_views.listing, name="desk_list"),
    path("<slug:conference>/desk/registrations/<int:registration_id>/", desk_views.detail, name="desk_detail"),
]
