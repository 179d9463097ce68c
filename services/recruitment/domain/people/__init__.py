"""Staff, experts, caseloads and contacts: pure."""
