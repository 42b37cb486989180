"""The model of the library CoSPLib: tracks and submissions into sessions and rooms."""
