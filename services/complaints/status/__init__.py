"""The look-up of a case's coarse status by an unguessable id."""
