"""Registration's addresses."""

from django.urls import path

from hemicycle.registration import desk_views, own_views, views

app_name = "registration"
urlpatterns = [
    path("<slug:conference>/register/", views.register, name="register"),
    path("<slug:conference>/register/<str:key>/", views.draft, name="draft"),
    path("<slug:conference>/register/<str:key>/review/", views.review, name="review"),
    path("<slug:conference>/me/change/", own_views.change, name="change"),
    path("<slug:conference>/me/transfer/", own_views.transfer, name="transfer"),
    path("<slug:conference>/me/colleagues/", own_views.colleagues, name="colleagues"),
    path("<slug:conference>/take-over/<str:token>/", own_views.transfer_accept, name="transfer_accept"),
    path("<slug:conference>/confirm/<str:token>/", views.confirm, name="confirm"),
    path("<slug:conference>/me/consents/", views.consents, name="consents"),
    path("<slug:conference>/me/ticket/", views.ticket, name="ticket"),
    path("<slug:conference>/me/cancel/", views.cancel, name="cancel"),
    path("<slug:conference>/side-events/<slug:slug>/seat/", views.seat, name="seat"),
    path("<slug:conference>/desk/registrations/", desk_views.listing, name="desk_list"),
    path("<slug:conference>/desk/registrations/<int:registration_id>/", desk_views.detail, name="desk_detail"),
]
