"""The permission matrix: role x reach x route, every cell written down and every cell tried."""
