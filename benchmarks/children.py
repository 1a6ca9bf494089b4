"""Fresh child processes and what they cost, so that nothing which one measurement has warmed up helps the next."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BenchmarkError(Exception):
    """Something could not be measured. The message says what, and what to try."""


@dataclass(frozen=True)
class Cost:
    """What a piece of work cost a process: CPU seconds (user and system, all threads) of the work itself and of the
    start-up before it, the process's peak memory in MB, and how much it found."""

    seconds: float
    start_up: float
    megabytes: float
    found: int


def cost_since(start_up: float, found: int) -> Cost:
    """The cost of this process's work, which was begun when `time.process_time()` said `start_up`."""
    return Cost(time.process_time() - start_up, start_up, _peak_megabytes(), found)


def print_cost(cost: Cost) -> None:
    """Hands a child's cost to the process that waits for it in `cost_of`."""
    print(json.dumps(asdict(cost)))


def cost_of(module: str, arguments: Sequence[str], given: str = "") -> Cost:
    """The cost that a module prints last, run in a fresh process with `given` on its standard input."""
    run = _run([sys.executable, "-m", module, *arguments], given)
    return Cost(**json.loads(run.stdout.splitlines()[-1]))


def cpu_seconds_of(command: Sequence[str]) -> float:
    """User and system CPU seconds of a command from its start to its end, as the kernel counts them."""
    before = _children_seconds()
    _run(command)
    return _children_seconds() - before


def wall_seconds_of(command: Sequence[str]) -> float:
    """Seconds by the clock that a command takes, for what is done in several processes at once."""
    before = time.monotonic()
    _run(command)
    return time.monotonic() - before


def _run(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command in the checkout. Raises BenchmarkError with what it said, if it fails."""
    run = subprocess.run(
        command, input=given, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if run.returncode != 0:
        said = run.stderr.strip() or "it said nothing"
        raise BenchmarkError(f"`{' '.join(command[1:])}` failed with status {run.returncode}:\n{said}")
    return run


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _peak_megabytes() -> float:
    """The peak of this process. Linux hands `ru_maxrss` on from the process that started it, and `VmHWM` not."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    maximum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return maximum / (1024**2 if sys.platform == "darwin" else 1024)
