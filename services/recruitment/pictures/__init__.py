"""Pictures of learning networks: scenes are data made by pure functions, drawing makes files of them."""
