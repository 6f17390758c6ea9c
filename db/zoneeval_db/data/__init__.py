"""What the departments hand in: datasets, drafts, mappings, decisions about enterprises."""
