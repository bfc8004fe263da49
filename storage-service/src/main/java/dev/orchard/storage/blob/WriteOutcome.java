package dev.orchard.storage.blob;

import dev.orchard.storage.content.Checksums;

/** What became of a write; unless it is {@link Written}, nothing of it was kept. */
public sealed interface WriteOutcome {
    /** The blob is there for good. */
    record Written(long size, Checksums checksums) implements WriteOutcome {}

    /** There is a blob under this key already, and it is as it was. */
    record KeyTaken() implements WriteOutcome {}

    /** The body broke off or is not as long as declared; {@code how} says it in a sentence. */
    record BodyBroken(String how) implements WriteOutcome {}

    /** The body is longer than this store can take, in bytes. */
    record TooLarge(long limit) implements WriteOutcome {}

    /** There is no room left. */
    record StoreFull() implements WriteOutcome {}
}
