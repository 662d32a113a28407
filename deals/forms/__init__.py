"""The forms of customers and of deals."""
