"""Entry of `make run`, `make test`, `make check` and `make lock`.

This file alone is written for any Python 3: an old one must be able to say that it is too old.
"""

import os
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def switch_to_newer_python() -> None:
    """Replace this process by a newer Python from PATH, or say which one is needed."""
    for minor in range(14, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        # A version manager may put a name on PATH that does not run: ask before the jump.
        if newer and os.system(f"'{newer}' -c '' >/dev/null 2>&1") == 0:  # noqa: S605
            os.execv(newer, [newer, __file__, *sys.argv[1:]])  # noqa: S606
    version = sys.version.split()[0]
    sys.exit(
        f"✗ 需要 Python 3.11 或更新的版本，这里是 {version}（{sys.executable}）。\n"
        f"  → 请安装后重试，或指定：make run PYTHON=/path/to/python3.11\n"
        f"  Python 3.11 or newer is needed, this is {version}. Install one, or name it with PYTHON=..."
    )


def main() -> int:
    """Run the subcommand named on the command line; the exit status says whether it went well."""
    if sys.version_info < OLDEST:
        switch_to_newer_python()
    # The checkout, not this folder, is where the package `tools` is found.
    sys.path[0] = str(ROOT)
    from tools.commands import main as run_command  # noqa: PLC0415 - only a new enough Python can read it

    return run_command(ROOT, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
