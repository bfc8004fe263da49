package dev.orchard.events;

import java.util.Arrays;
import java.util.Optional;

/** Every type of event that Orchard emits. */
public enum EventType {
    PROJECT_CREATED("dev.orchard.project.created.v1"),
    PROJECT_DELETED("dev.orchard.project.deleted.v1"),
    PACKAGE_CREATED("dev.orchard.package.created.v1"),
    PACKAGE_DELETED("dev.orchard.package.deleted.v1"),
    ARTIFACT_STORED("dev.orchard.artifact.stored.v1"),
    ARTIFACT_DEDUPLICATED("dev.orchard.artifact.deduplicated.v1"),
    ARTIFACT_UNAVAILABLE("dev.orchard.artifact.unavailable.v1"),
    ARTIFACT_HEALED("dev.orchard.artifact.healed.v1"),
    ARTIFACT_COLLECTED("dev.orchard.artifact.collected.v1"),
    TAG_CREATED("dev.orchard.tag.created.v1"),
    TAG_MOVED("dev.orchard.tag.moved.v1"),
    TAG_DELETED("dev.orchard.tag.deleted.v1"),
    REFCOUNT_CHANGED("dev.orchard.refcount.changed.v1"),
    REFCOUNT_REPAIRED("dev.orchard.refcount.repaired.v1"),
    EPOCH_CLOSED("dev.orchard.epoch.closed.v1"),
    LEDGER_GHOST("dev.orchard.ledger.ghost.v1");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** The type of this name; empty for one that this version of the contract does not know. */
    public static Optional<EventType> find(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    /** The type as the events spell it. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
