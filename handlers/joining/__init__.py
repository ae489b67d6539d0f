"""Coming in, and running the office: invitations, requests, rosters, people, the tree of units."""
