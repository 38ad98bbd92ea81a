"""What is remembered. The one Django app with models."""
