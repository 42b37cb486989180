"""The public site's addresses."""

from django.urls import path

from hemicycle.website import desk_views, personal_views, views

app_name = "website"
urlpatterns = [
    path("", views.root, name="root"),
    path("language/<slug:code>/", views.language, name="language"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("<slug:conference>/", views.home, name="home"),
    path("<slug:conference>/side-events/", views.side_events, name="side_events"),
    path("<slug:conference>/venue/", views.venue, name="venue"),
    path("<slug:conference>/news/", views.news, name="news"),
    path("<slug:conference>/news/feed.xml", views.news_feed, name="news_feed"),
    path("<slug:conference>/news/<slug:slug>/", views.news_item, name="news_item"),
    path("<slug:conference>/editions/", views.editions, name="editions"),
    path("<slug:conference>/subscribe/", views.subscribe, name="subscribe"),
    path("<slug:conference>/subscribe/<str:token>/", views.subscribe_confirm, name="subscribe_confirm"),
    path("<slug:conference>/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<slug:conference>/privacy/", views.privacy, name="privacy"),
    path("<slug:conference>/page/<slug:slug>/", views.page, name="page"),
    path("<slug:conference>/theme-<int:version>.css", views.theme, name="theme"),
    path("<slug:conference>/motif-<int:version>.svg", views.hero, name="hero"),
    path("<slug:conference>/card.png", views.card, name="card"),
    path("<slug:conference>/save-the-date.ics", views.save_the_date, name="save_the_date"),
    path("<slug:conference>/me/", personal_views.mine, name="mine"),
    path("<slug:conference>/feed/<str:key>.ics", personal_views.feed, name="feed"),
    path("<slug:conference>/desk/news/", desk_views.news, name="desk_news"),
    path("<slug:conference>/desk/news/new/", desk_views.news_add, name="desk_news_add"),
    path("<slug:conference>/desk/news/item/<slug:slug>/", desk_views.news_change, name="desk_news_item"),
    path("<slug:conference>/desk/news/item/<slug:slug>/publish/", desk_views.news_publish, name="desk_news_publish"),
    path("<slug:conference>/desk/news/item/<slug:slug>/remove/", desk_views.news_remove, name="desk_news_remove"),
    path("<slug:conference>/desk/news/pages/", desk_views.pages, name="desk_pages"),
    path("<slug:conference>/desk/news/pages/new/", desk_views.page_add, name="desk_page_add"),
    path("<slug:conference>/desk/news/page/<slug:slug>/", desk_views.page_change, name="desk_page"),
    path("<slug:conference>/desk/news/page/<slug:slug>/remove/", desk_views.page_remove, name="desk_page_remove"),
    path("<slug:conference>/desk/news/highlights/", desk_views.highlights, name="desk_highlights"),
    path("<slug:conference>/desk/news/highlights/new/", desk_views.highlight_add, name="desk_highlight_add"),
    path(
        "<slug:conference>/desk/news/highlight/<int:highlight_id>/",
        desk_views.highlight_change,
        name="desk_highlight",
    ),
    path(
        "<slug:conference>/desk/news/highlight/<int:highlight_id>/move/",
        desk_views.highlight_move,
        name="desk_highlight_move",
    ),
    path(
        "<slug:conference>/desk/news/highlight/<int:highlight_id>/remove/",
        desk_views.highlight_remove,
        name="desk_highlight_remove",
    ),
]
