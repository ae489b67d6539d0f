"""What supervisors do with reports: accept, return, comment; and the models one may see."""
