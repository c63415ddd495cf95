"""What several pages of the dashboards are tried with."""

import pytest


@pytest.fixture
def as_(client, request):
    """The browser of a person of the role: `as_("officer")`."""

    def sign_in(role):
        client.force_login(request.getfixturevalue(role))
        return client

    return sign_in
