package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import tools.jackson.databind.JsonNode;

/** How an upload stands, as the metadata service says it. */
public sealed interface StateOutcome {
    /** It is on its way. */
    record Open(OpenUpload upload) implements StateOutcome {}

    /** A piece of another upload, whole. */
    record Assembled(OpenUpload upload) implements StateOutcome {}

    /** It is recorded, and this is the answer. */
    record Completed(JsonNode answer) implements StateOutcome {}

    /** There is none, or what was wanted of it cannot be. */
    record Refused(Refusal refusal) implements StateOutcome {}

    /** Nobody knows: the metadata service is away. */
    record Unsettled() implements StateOutcome {}
}
