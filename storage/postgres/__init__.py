"""The store of several processes: PostgreSQL, through SQLAlchemy and psycopg."""
