"""What holds of the repository as a whole: nothing of one machine or one registry in it, and a wheel that has everything."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED: list[str] = PROJECT["tool"]["uv"]["build-backend"]["module-name"]
NOT_SHIPPED = {"tests", "benchmarks", "docs"}

# Put together from parts, so that this file does not name what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("deb", "debian", "org"),
    )
]
HOMES = ("work", "root", "home/[^/ ]+", "Users/[^/ ]+")
# The look-behind passes over relative paths and the paths of web addresses.
MACHINE_PATH = re.compile(rf"(?<![\w./~*}}])/(?:{'|'.join(HOMES)})/\w")


def offences(text: str) -> list[str]:
    """What a file that is to be committed must not name, as it stands in the text."""
    lowered = text.lower()
    return [host for host in REGISTRIES if host in lowered] + [m.group() for m in MACHINE_PATH.finditer(text)]


def committed_files() -> list[str]:
    """Files that git tracks or would add, so that a file is checked before it is committed and not only after."""
    try:
        run = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so there is no list of committed files")
    names = sorted({name for name in run.stdout.decode("utf-8").split("\0") if name})
    return [name for name in names if (ROOT / name).is_file()]


def test_no_committed_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = {}
    for name in committed_files():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content and (hits := offences(content.decode("utf-8", errors="replace"))):
            found[name] = hits
    assert not found


@pytest.mark.parametrize("host", REGISTRIES)
def test_a_registry_is_found(host: str) -> None:
    assert offences(f"--index-url https://{host.upper()}/simple") == [host]


@pytest.mark.parametrize("folder", ["work", "root", "home/ann", "Users/ann"])
def test_a_path_of_a_machine_is_found(folder: str) -> None:
    assert offences(f'open("/{folder}/papers/march.txt")') == [f"/{folder}/p"]


@pytest.mark.parametrize(
    "text", ["../shared/papers", "school/home/work", "https://example.org/home/ann/x", "work/life"]
)
def test_other_paths_are_left_alone(text: str) -> None:
    assert offences(text) == []


def test_every_top_level_package_is_built() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py") if not path.parent.name.startswith(".")}
    assert packages - NOT_SHIPPED == set(SHIPPED)
    assert len(SHIPPED) == len(set(SHIPPED))


def test_import_contracts_and_types_cover_every_package() -> None:
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == set(SHIPPED) | NOT_SHIPPED
    assert set(PROJECT["tool"]["mypy"]["files"]) == set(SHIPPED) | NOT_SHIPPED


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_source(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert requirements
    for line in requirements:
        assert re.match(r"[a-z0-9-]+==[^ ]+ .*\\$", line), line
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links", text)


def test_the_wheel_has_every_committed_file_of_the_packages(tmp_path: Path) -> None:
    expected = {name for name in committed_files() if name.split("/")[0] in SHIPPED}
    run = subprocess.run(
        [sys.executable, "-c", "import sys, uv_build; print(uv_build.build_wheel(sys.argv[1]))", str(tmp_path)],
        cwd=ROOT,
        # uv_build looks for its own program on PATH.
        env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        [entry_points] = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        commands = archive.read(entry_points).decode("utf-8")
    assert expected - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(SHIPPED)
    assert not [name for name in names if "__pycache__" in name]
    assert "tally = app.cli:main" in [line.strip() for line in commands.splitlines()]
