"""Our top-level names are generic, and another distribution that brings one of them would shadow or overwrite ours."""

import importlib.util
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = "papertally"


def shipped_packages() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names: list[str] = project["tool"]["uv"]["build-backend"]["module-name"]
    return names


def clashes(names: Iterable[str], distributions: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The distributions other than ours that bring one of the names, by name."""
    found = {name: sorted(set(distributions.get(name, ())) - {OURS}) for name in names}
    return {name: others for name, others in found.items() if others}


def test_no_other_distribution_brings_one_of_our_names() -> None:
    found = clashes(shipped_packages(), packages_distributions())
    assert not found, f"other distributions in this environment bring our package names: {found}"


def test_a_clash_is_named() -> None:
    environment = {
        "schema": ["schema"],
        "db": ["papertally", "some-db", "some-db"],
        "app": ["papertally"],
        "pytest": ["pytest"],
    }
    assert clashes(["schema", "db", "app", "corpus"], environment) == {"schema": ["schema"], "db": ["some-db"]}


@pytest.mark.parametrize("name", shipped_packages())
def test_the_name_imports_this_checkout(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).resolve() == ROOT / name / "__init__.py"
