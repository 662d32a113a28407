"""Deals that the vendor offers to a partner: accepted, declined or over with time; the customer is withheld."""
