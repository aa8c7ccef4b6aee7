"""The catalogue of what is published: DCAT-AP-NL 3.0, completed with each release."""
