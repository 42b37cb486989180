"""The tests."""

import re


def without_tokens(response):
    """Return a page without the one thing that differs each time: the form tokens."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
