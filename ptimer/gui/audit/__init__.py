"""The proof: audit packets, and a clinician's day, as a person asks for them."""
