"""Does ptimer keep what it promises whatever happens to it? Every fault, at every place.

The tests of this folder, with all the places that a test run leaves out; ARGS go to pytest.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments):
    command = [sys.executable, "-m", "pytest", str(HERE), "-n", "2", *arguments]
    environ = {**os.environ, "PTIMER_FAULTS": "all"}
    return subprocess.run(command, check=False, cwd=HERE.parents[1], env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
