"""The JSON shapes of people: what is read, and what may be sent."""
