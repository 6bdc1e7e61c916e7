"""态势: what a leader of an area looks at first: who waits how long, in town and in the country."""
