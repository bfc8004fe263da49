package dev.orchard.storage.blob;

/** The key of one object in the store, written out by {@code toString}; an object is written once and never replaced. */
public sealed interface ObjectKey permits BlobKey, LogKey {}
