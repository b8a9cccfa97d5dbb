# SPDX-License-Identifier: Apache-2.0
"""Names of how grave a finding or a remark is, as the command line prints them."""
from __future__ import annotations

from . import lowlevel as _c

SEVERITIES = {_c.MT940_INFO: "info", _c.MT940_REPAIR: "repair", _c.MT940_WARNING: "warning", _c.MT940_ERROR: "error"}
