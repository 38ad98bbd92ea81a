"""Signing in and out, language and theme, and the inbox."""

from django.urls import path

from xiuhua.look import choosing, entry, inbox

urlpatterns = [
    path("sign-in/", entry.enter),
    path("sign-out/", entry.leave),
    path("look/", choosing.look),
    path("look/post/", choosing.post),
    path("inbox/", inbox.listed),
    path("inbox/<int:notice>/", inbox.opened),
]
