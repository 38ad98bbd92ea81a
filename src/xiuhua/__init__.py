"""Xiuhua 绣花: city operation and management for a district command centre."""

__version__ = "0.1.0"
