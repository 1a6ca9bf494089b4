"""The sample papers that ship with papertally, and the registries of councils, other bodies and indicators."""
