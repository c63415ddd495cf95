"""Programs of the cast's people: each asks with a token of its own."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from indicators.accounts.tokens import make_token


class Program:
    """Asks as a user's program would; `asks.get("figures", year=2021)`."""

    def __init__(self, user, **client):
        self.token, self.text = make_token(user, "测试", 30)
        self.client = Client(**client)
        self.headers = {"Authorization": f"Bearer {self.text}"}

    def get(self, path, headers=None, **asked):
        return self.client.get(f"/api/v1/{path}", asked, headers=self.headers | (headers or {}))

    def items(self, path, **asked):
        response = self.get(path, **asked)
        assert response.status_code == 200, response.content.decode()
        return response.json()["items"]

    def post(self, rows, key="key-1", reason="", **more):
        body = json.dumps({"rows": rows, "reason": reason} | more)
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(
            "/api/v1/values", body, content_type="application/json", headers=headers
        )


@pytest.fixture
def asks(officer):
    return Program(officer)
