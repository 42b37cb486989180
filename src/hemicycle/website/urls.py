"""The public site's addresses."""

from django.urls import path

from hemicycle.website import personal_views, views

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
]
