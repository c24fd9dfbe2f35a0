"""The data model every room shares: frozen records, no third party, no numpy at import time."""
