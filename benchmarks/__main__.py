"""Every figure in one run: `make bench`; one by name: `python -m benchmarks scale`."""

import subprocess
import sys
from typing import Final

BENCHES: Final = (
    "directives",
    "answers",
    "search",
    "scale",
    "dialogs",
    "two_processes",
    "records",
    "records_postgres",
    "presses",
    "backlog",
    "delivery",
    "schedule",
    "obligations",
    "rosters",
)


def main() -> None:
    """Run each benchmark in a process of its own, so that memory and caches are its own too."""
    chosen = sys.argv[1:] or BENCHES
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        sys.exit(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHES)}")
    for name in chosen:
        print(f"\n## {name}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
