"""The store: SQLAlchemy tables, saving, history queries and migrations. It knows nothing of where records come from."""
