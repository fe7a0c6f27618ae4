"""The shop's truth on disk: database, change log, photo files, artefacts."""
