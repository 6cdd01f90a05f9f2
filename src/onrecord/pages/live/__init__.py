"""What the live page shows: values of the record → values for templates. Pure."""
