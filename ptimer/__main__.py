"""`python -m ptimer` is `ptimer`."""

import sys

from ptimer.app import main

sys.exit(main())
