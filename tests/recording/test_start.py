"""The web process does not start without the guards of history."""

import importlib
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from indicators.recording import guards


@pytest.mark.django_db
def test_without_a_trigger_the_web_process_refuses_to_start(monkeypatch):
    monkeypatch.setattr(guards, "missing", lambda using: ["guard_value_delete"])
    monkeypatch.delitem(sys.modules, "education_duty.wsgi", raising=False)

    with pytest.raises(ImproperlyConfigured, match="guard_value_delete are missing"):
        importlib.import_module("education_duty.wsgi")
