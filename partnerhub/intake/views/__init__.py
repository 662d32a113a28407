"""The pages of intake: links for members, forms for everybody."""
