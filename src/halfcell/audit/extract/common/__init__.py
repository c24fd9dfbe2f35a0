"""What several extractors share: limits of size, captions, and the builder that puts a document together."""
