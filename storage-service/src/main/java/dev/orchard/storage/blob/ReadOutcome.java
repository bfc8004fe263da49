package dev.orchard.storage.blob;

/** What a reader finds. */
public sealed interface ReadOutcome {
    /** The blob, open; the reader closes it. */
    record Opened(OpenBlob blob) implements ReadOutcome {}

    /** No blob has this key. */
    record Missing() implements ReadOutcome {}

    /** The blob is there, {@code size} bytes long, and has none of the bytes asked for. */
    record OutOfRange(long size) implements ReadOutcome {}
}
