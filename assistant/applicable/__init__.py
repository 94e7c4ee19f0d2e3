"""From a situation to the procedures that apply: why, who must do what by when, and what does not apply."""
