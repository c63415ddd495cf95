from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from indicators.accounts import leaving, password_mail, roster_views, token_views, views

app_name = "accounts"
urlpatterns = [
    path("first-start/", views.first_start, name="first_start"),
    path("start/", views.start, name="start"),
    path("accounts/table/", roster_views.roster, name="roster"),
    path("accounts/<int:pk>/leaving/", leaving.leaving, name="leaving"),
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
    path("password/mail/", password_mail.Ask.as_view(), name="ask_by_mail"),
    path("password/mail/sent/", password_mail.Asked.as_view(), name="asked_by_mail"),
    path(
        "password/mail/<str:uidb64>/<str:token>/",
        password_mail.Choose.as_view(),
        name="choose_password",
    ),
    path("tokens/", token_views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", token_views.revoke_token, name="revoke_token"),
    path("theme/", views.theme, name="theme"),
]
