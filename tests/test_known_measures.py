"""The registry's answer for a measure is the same in every run, also where two of its wordings fit alike."""

from __future__ import annotations

import os
import subprocess
import sys

ASKED = "from linking.known_measures import known_measure; print(known_measure('Staff sickness absence: days lost per full time worker equivalent', 'days'), known_measure('Sickness absence, days lost for each full time equivalent', 'days'))"


def _answer(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_of_wordings_that_fit_alike_the_same_is_named_in_every_run() -> None:
    assert len({_answer(seed) for seed in ("0", "1", "2", "3")}) == 1
