"""The project's own JSON: `"model"` says which of the two models a file is about ("agenda" when it is not there)."""

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.formats.agenda_json import read_agenda
from hemicycle.engines.programme.formats.fields import load
from hemicycle.engines.programme.formats.tracks_json import read_tracks
from hemicycle.engines.programme.problem import Problem


def read_json(text: str) -> Problem | Instance:
    """Return the problem of either model.

    Raises:
        BadFile: no JSON, another model, or an entry that cannot be used; names the line and the reason.
    """
    data = load(text)
    model = data.get("model", "agenda") if isinstance(data, dict) else "agenda"
    if model == "tracks":
        return read_tracks(text, data)
    if model != "agenda":
        raise BadFile(1, "model must be agenda or tracks")
    return read_agenda(text, data)
