package dev.orchard.system.benchmark;

/** Content that a store has. */
record Stored(String sha256, long number, long size) {}
