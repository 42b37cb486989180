"""What the scanning page says by itself, in the reader's language."""

from django.utils.translation import gettext as _

from hemicycle.door.enums import Result


def screen() -> dict[str, str]:
    """Return the page's sentences by key; braces stand for what the page fills in."""
    answers = {f"result_{result.value}": str(result.label) for result in Result}
    return answers | {
        "offline": _("Offline, {number} scans waiting"),
        "waiting": _("{number} scans waiting"),
        "first": _("First at {time}, {door}"),
        "here": _("here"),
        "not_sent": _("Checked without network"),
        "unlisted": _("Signed by us, not on the list of this device yet"),
        "twice": _("{name} was scanned twice: {first} at {first_door}, {second} at {second_door}"),
        "inside": _("{number} in"),
        "nobody": _("Nobody is called so."),
        "camera_off": _("The camera is not available. Type the code, use a hand scanner, or search by name."),
        "no_network": _("This needs the network."),
        "refused": _("{number} scans wait for this device to be enrolled again."),
        "listed": _("{number} people on this device, list of {time}"),
        "undone": _("Taken back"),
        "already": _("In since {time}"),
    }
