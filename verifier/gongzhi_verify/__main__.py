"""`python -m gongzhi_verify` is `gongzhi-verify`."""

import sys

from gongzhi_verify.cli import main

sys.exit(main())
