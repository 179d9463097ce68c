"""Pictures of measures: scenes are data made by pure functions of methods' results, drawing makes files of them."""
