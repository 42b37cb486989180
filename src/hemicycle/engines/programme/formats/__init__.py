"""Files in and out: the project's own JSON forms, and published schedules as XML or compact JSON."""
