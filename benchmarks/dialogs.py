"""Random dialogs with restarts and repeats: rules broken, and what a step costs.

    python -m benchmarks.dialogs [--steps N] [--seed N]

The forms, inputs and judge are those of the stateful test, run for many more steps; the first rule
that breaks ends the run with the shortest dialog that breaks it. Time is that of the engine alone,
and that of the whole run with hypothesis and the judge.
"""

import argparse
import time
from typing import Final

import numpy as np
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.unit.records.dialog.machine import Dialog

STEPS: Final = 10_000
"""Inputs taken without a broken rule: the bar."""
DIALOGS_A_ROUND: Final = 200
STEPS_A_DIALOG: Final = 40


def run(steps: int, first_seed: int) -> int:
    """Hold rounds of dialogs, each with its own seed, until there are `steps`; return how many."""
    rounds = 0
    while Dialog.tally.steps < steps:
        seed(first_seed + rounds)(Dialog)
        run_state_machine_as_test(
            Dialog,
            settings=settings(
                max_examples=DIALOGS_A_ROUND,
                stateful_step_count=STEPS_A_DIALOG,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        rounds += 1
    return rounds


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    began = time.perf_counter()
    rounds = run(asked.steps, asked.seed)
    took = time.perf_counter() - began
    tally = Dialog.tally
    micros = np.array(tally.seconds) * 1e6
    print("| what | measured | bar |\n|---|---|---|")
    for what, figure, bar in (
        (f"dialogs, seeds {asked.seed} to {asked.seed + rounds - 1}", tally.dialogs, ""),
        ("steps", tally.steps, f"≥ {STEPS:,}"),
        ("of them objected to", tally.objections.total(), ""),
        ("drafts stored and read again", tally.restarts, ""),
        ("reports sent", tally.sent, ""),
        ("rules checked", tally.checks, ""),
        ("rules broken", 0, "0"),
        ("steps/s with hypothesis and judge", tally.steps / took, ""),
        ("steps/s of the engine alone", 1e6 / micros.mean(), ""),
        ("one step µs, median", np.median(micros), ""),
        ("one step µs, p99", np.percentile(micros, 99), ""),
    ):
        print(f"| {what} | {figure:,.0f} | {bar} |")


if __name__ == "__main__":
    main()
