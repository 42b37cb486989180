"""The engines: plain Python, frozen dataclasses in and out, usable without the web application."""
