"""LightGBM on a system that lacks what it is linked to."""

import sys

import pytest

from bowerbird.domain.errors import ModelError
from bowerbird.rank.trees import load_lightgbm


def test_a_system_without_openmp_is_told_what_to_install(monkeypatch):
    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "lightgbm":
                raise OSError("libgomp.so.1: cannot open shared object file")

    monkeypatch.delitem(sys.modules, "lightgbm", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    with pytest.raises(ModelError, match="libgomp1"):
        load_lightgbm()


def test_elsewhere_it_is_the_module():
    assert load_lightgbm().__name__ == "lightgbm"
