"""Registrations as files, out and in."""
