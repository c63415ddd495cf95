from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from indicators.accounts import views

app_name = "accounts"
urlpatterns = [
    path("first-start/", views.first_start, name="first_start"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="accounts/password.html",
            success_url=reverse_lazy("accounts:password_changed"),
        ),
        name="password",
    ),
    path("password/changed/", views.password_changed, name="password_changed"),
    path("theme/", views.theme, name="theme"),
]
