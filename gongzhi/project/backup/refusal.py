"""Why a backup or a restore was not done, as a sentence with the next step."""


class Refused(Exception):
    """Nothing was written; the message says what to do."""
