"""The pages of queues and claims."""
