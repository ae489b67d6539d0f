"""How people come in, change and leave: invitations, requests for access, rosters, roles."""
