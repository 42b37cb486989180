"""The demo's own addresses."""

from django.urls import path

from hemicycle.demo import views

app_name = "demo"
urlpatterns = [
    path("clock/", views.move, name="move"),
    path("people/", views.people, name="people"),
    path("people/<slug:role>/", views.sign_in, name="sign_in"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<uuid:uuid>/", views.letter, name="letter"),
    path("mailbox/<uuid:uuid>/html/", views.letter_html, name="letter_html"),
    path("mailbox/<uuid:uuid>/calendar.ics", views.letter_calendar, name="letter_calendar"),
]
