"""How good the learned filter would have been on comments that somebody has sorted already."""
