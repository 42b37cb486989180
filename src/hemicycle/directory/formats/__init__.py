"""Organisations as files."""
