"""Session material for trainers: a review, a theme or a procedure becomes a pack that is wholly cited."""
