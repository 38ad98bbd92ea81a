"""Invented operations: ground, people at work, notices and pictures for demos, benchmarks and tests."""
