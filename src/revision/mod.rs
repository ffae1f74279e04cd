//! From what the user typed to sources in memory.
