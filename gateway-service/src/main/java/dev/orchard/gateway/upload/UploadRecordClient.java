package dev.orchard.gateway.upload;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.naming.Sha256;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.JsonNode;

/** Has uploads recorded by the metadata service. */
@Component
public class UploadRecordClient {
    private static final Logger log = LoggerFactory.getLogger(UploadRecordClient.class);

    private final RestClient metadata;

    UploadRecordClient(ServiceClients clients, GatewaySettings settings) {
        this.metadata = clients.to(settings.metadataUrl());
    }

    /** What the metadata service says. */
    public sealed interface RecordOutcome {
        /** Bytes may be sent to the key. */
        record Intended(String uploadId, StorageKey storageKey) implements RecordOutcome {}

        /** Bytes may be sent, to a key of the sender's own. */
        record Checked() implements RecordOutcome {}

        /** The upload is recorded. */
        record Recorded(JsonNode answer) implements RecordOutcome {
            public Sha256 sha256() {
                return Sha256.of(answer.path("sha256").asString(""));
            }
        }

        /** It is refused, and nothing is kept. */
        record Refused(Refusal refusal) implements RecordOutcome {}

        /** Nobody knows: asked again, it answers the same. */
        record Unsettled() implements RecordOutcome {}
    }

    /** Declares an upload; content that the caller may read already is recorded at once. */
    public RecordOutcome begin(UploadFacts facts) {
        return metadata.post()
                .uri("/internal/uploads")
                .body(facts)
                .exchangeForRequiredValue((sent, answer) -> begun(answer));
    }

    /** Records an upload whose bytes are durable. Idempotent: asked twice, it answers the same and counts once. */
    public RecordOutcome complete(String uploadId, UploadFacts facts) {
        try {
            return metadata.post()
                    .uri("/internal/uploads/{id}/complete", uploadId)
                    .body(facts)
                    .exchangeForRequiredValue(
                            (sent, answer) -> answer.getStatusCode().is5xxServerError()
                                    ? new RecordOutcome.Unsettled()
                                    : recorded(answer));
        } catch (ResourceAccessException e) {
            return new RecordOutcome.Unsettled();
        }
    }

    /** Gives an upload up, as well as can be: one that is forgotten expires by itself. */
    public void giveUp(String uploadId) {
        try {
            metadata.delete().uri("/internal/uploads/{id}", uploadId).retrieve().toBodilessEntity();
        } catch (ResourceAccessException | RestClientResponseException e) {
            log.warn("upload {} is left to expire: {}", uploadId, e.toString());
        }
    }

    private static RecordOutcome begun(ConvertibleClientHttpResponse answer) throws IOException {
        return switch (answer.getStatusCode().value()) {
            case 201 -> body(answer, RecordOutcome.Intended.class);
            case 204 -> new RecordOutcome.Checked();
            default -> recorded(answer);
        };
    }

    private static RecordOutcome recorded(ConvertibleClientHttpResponse answer) throws IOException {
        return answer.getStatusCode().is2xxSuccessful()
                ? new RecordOutcome.Recorded(body(answer, JsonNode.class))
                : new RecordOutcome.Refused(Refusal.of(answer));
    }

    private static <T> T body(ConvertibleClientHttpResponse answer, Class<T> type) {
        T body = answer.bodyTo(type);
        if (body == null) {
            throw new IllegalStateException("the metadata service answered nothing");
        }
        return body;
    }
}
