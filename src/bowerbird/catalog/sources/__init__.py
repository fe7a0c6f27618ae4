"""One file a catalogue format."""
