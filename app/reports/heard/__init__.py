"""Reception, dialogues and promises of a unit for some days: counted, shown, listed, taken home."""
