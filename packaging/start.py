"""Where the program in a bundle starts."""

import sys

from followup_desktop.__main__ import main

sys.exit(main())
