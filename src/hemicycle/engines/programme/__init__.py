"""Sessions to rooms and times.

Importing this package is cheap: OR-Tools is loaded when first needed.
"""
