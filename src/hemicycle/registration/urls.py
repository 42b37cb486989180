"""Registration's addresses."""

from django.urls import path

from hemicycle.registration import desk_setup_views, desk_views, own_views, views

app_name = "registration"
urlpatterns = [
    path("<slug:conference>/register/", views.register, name="register"),
    path("<slug:conference>/register/<str:key>/", views.draft, name="draft"),
    path("<slug:conference>/register/<str:key>/review/", views.review, name="review"),
    path("<slug:conference>/me/change/", own_views.change, name="change"),
    path("<slug:conference>/me/files/<int:question_id>/", own_views.own_file, name="own_file"),
    path("<slug:conference>/me/transfer/", own_views.transfer, name="transfer"),
    path("<slug:conference>/me/colleagues/", own_views.colleagues, name="colleagues"),
    path("<slug:conference>/my-organisations/of/<slug:slug>/people/", own_views.delegation, name="delegation"),
    path("<slug:conference>/take-over/<str:token>/", own_views.transfer_accept, name="transfer_accept"),
    path("<slug:conference>/confirm/<str:token>/", views.confirm, name="confirm"),
    path("<slug:conference>/me/consents/", views.consents, name="consents"),
    path("<slug:conference>/me/ticket/", views.ticket, name="ticket"),
    path("<slug:conference>/me/ticket/worker.js", views.ticket_worker, name="ticket_worker"),
    path("<slug:conference>/me/cancel/", views.cancel, name="cancel"),
    path("<slug:conference>/desk/registrations/", desk_views.listing, name="desk_list"),
    path("<slug:conference>/desk/registrations/act/", desk_views.act, name="desk_act"),
    path("<slug:conference>/desk/registrations/views/", desk_views.view_save, name="desk_view"),
    path("<slug:conference>/desk/registrations/statistics/", desk_views.statistics, name="desk_statistics"),
    path("<slug:conference>/desk/registrations/export.<str:kind>", desk_views.export, name="desk_export"),
    path("<slug:conference>/desk/registrations/guard.<str:kind>", desk_views.guard, name="desk_guard"),
    path("<slug:conference>/desk/registrations/setup/", desk_setup_views.setup_page, name="desk_setup"),
    path("<slug:conference>/desk/registrations/setup/category/", desk_setup_views.category, name="desk_category_new"),
    path(
        "<slug:conference>/desk/registrations/setup/category/<int:category_id>/",
        desk_setup_views.category,
        name="desk_category",
    ),
    path("<slug:conference>/desk/registrations/setup/question/", desk_setup_views.question, name="desk_question_new"),
    path(
        "<slug:conference>/desk/registrations/setup/question/<int:question_id>/",
        desk_setup_views.question,
        name="desk_question",
    ),
    path("<slug:conference>/desk/registrations/setup/invite/", desk_setup_views.invite, name="desk_invite"),
    path("<slug:conference>/desk/registrations/import/", desk_setup_views.upload, name="desk_import"),
    path("<slug:conference>/desk/registrations/import/enter/", desk_setup_views.take_in, name="desk_take_in"),
    path("<slug:conference>/desk/registrations/<int:registration_id>/", desk_views.detail, name="desk_detail"),
    path(
        "<slug:conference>/desk/registrations/<int:registration_id>/files/<int:question_id>/",
        desk_views.answer_file,
        name="desk_file",
    ),
]
