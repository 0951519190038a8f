"""case.db (decided) and catalogue.db (derived). The only package that imports SQLAlchemy."""
