"""Whether like cases are decided alike: second reviews, agreement, rates with their chance, local factors. Pure."""
