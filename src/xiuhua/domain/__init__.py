"""The rules of the field. Standard library only: no clock, no database, no network."""
