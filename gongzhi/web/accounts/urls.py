"""Addresses of signing in."""

from django.urls import path

from gongzhi.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("second-factor/", views.SecondFactor.as_view(), name="second-factor"),
    path("second-factor/setup/", views.SecondFactorSetup.as_view(), name="second-factor-setup"),
    path("second-factor/skip/", views.SkipSecondFactor.as_view(), name="second-factor-skip"),
    path("new-password/", views.NewPassword.as_view(), name="new-password"),
    path("posts/", views.Posts.as_view(), name="posts"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
]
