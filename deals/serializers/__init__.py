"""Customers and deals as JSON."""
