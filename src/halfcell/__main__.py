"""Run the command line as ``python -m halfcell``."""

import sys

from halfcell.cli import main

if __name__ == "__main__":
    sys.exit(main())
