"""The calendar on the user's own server (CalDAV, RFC 4791): what is written there, and what comes back."""
