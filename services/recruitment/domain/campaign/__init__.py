"""The Advancing Excellence campaign: who takes part, LANEs, materials, awareness, help with accounts."""
