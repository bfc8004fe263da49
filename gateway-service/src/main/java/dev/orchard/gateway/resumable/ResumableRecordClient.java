package dev.orchard.gateway.resumable;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has the metadata service remember how far an upload is. */
@Component
public class ResumableRecordClient {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String UPLOAD = "/internal/resumable/{id}";

    private final RestClient metadata;
    private final JsonMapper json;

    ResumableRecordClient(ServiceClients clients, GatewaySettings settings, JsonMapper json) {
        this.metadata = clients.to(settings.metadataUrl());
        this.json = json;
    }

    /** Declares an upload; content that the caller may read already is recorded at once. */
    public StateOutcome begin(NewUpload upload) {
        return metadata.post()
                .uri("/internal/resumable")
                .body(upload)
                .exchangeForRequiredValue(
                        (sent, answer) -> answer.getStatusCode().isSameCodeAs(HttpStatus.OK)
                                ? new StateOutcome.Completed(body(answer))
                                : state(answer));
    }

    public StateOutcome find(Address address) {
        if (!ID.matcher(address.uploadId()).matches()) {
            return new StateOutcome.Refused(
                    new Refusal(ProblemType.UPLOAD_NOT_FOUND, "No upload has such an id.", List.of(), Map.of()));
        }
        return metadata.get()
                .uri(uri -> uri.path(UPLOAD)
                        .queryParam("project", address.project())
                        .queryParam("package", address.packageName())
                        .build(address.uploadId()))
                .exchangeForRequiredValue((sent, answer) -> state(answer));
    }

    /** Makes the caller the only one who may append: whoever held the writer before can record nothing more. */
    public StateOutcome takeWriter(String uploadId) {
        return metadata.post()
                .uri(UPLOAD + "/writer", uploadId)
                .exchangeForRequiredValue((sent, answer) -> state(answer));
    }

    /** Records a part that is durable; the last write of a part wins. */
    public StateOutcome recordPart(String uploadId, int number, PartRecord part) {
        return metadata.put()
                .uri(UPLOAD + "/parts/{n}", uploadId, number)
                .body(part)
                .exchangeForRequiredValue((sent, answer) -> state(answer));
    }

    /** Says how long an upload is that began without saying it. */
    public StateOutcome setSize(String uploadId, long size) {
        return metadata.post()
                .uri(UPLOAD + "/size", uploadId)
                .body(Map.of("size", size))
                .exchangeForRequiredValue((sent, answer) -> state(answer));
    }

    /** Records an upload whose bytes are durable. Idempotent: asked twice, it answers the same and counts once. */
    StateOutcome complete(OpenUpload upload, Assembly.Stored stored) {
        try {
            return metadata.post()
                    .uri(UPLOAD + "/complete", upload.uploadId())
                    .body(stored)
                    .exchangeForRequiredValue((sent, answer) -> completed(upload.kind(), answer));
        } catch (ResourceAccessException e) {
            return new StateOutcome.Unsettled();
        }
    }

    /** Gives an upload up: its bytes are on their way out when this returns. */
    public StateOutcome giveUp(OpenUpload upload) {
        return metadata.delete()
                .uri(UPLOAD, upload.uploadId())
                .exchangeForRequiredValue(
                        (sent, answer) -> answer.getStatusCode().is2xxSuccessful()
                                ? new StateOutcome.Open(upload)
                                : new StateOutcome.Refused(Refusal.of(answer)));
    }

    private StateOutcome completed(Kind kind, ConvertibleClientHttpResponse answer) throws IOException {
        if (answer.getStatusCode().is5xxServerError()) {
            return new StateOutcome.Unsettled();
        }
        return kind != Kind.TUS_PARTIAL && answer.getStatusCode().is2xxSuccessful()
                ? new StateOutcome.Completed(body(answer))
                : state(answer);
    }

    private StateOutcome state(ConvertibleClientHttpResponse answer) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            return new StateOutcome.Refused(Refusal.of(answer));
        }
        var state = body(answer);
        return switch (state.path("status").asString("")) {
            case "in_progress" -> new StateOutcome.Open(json.treeToValue(state, OpenUpload.class));
            case "assembled" -> new StateOutcome.Assembled(json.treeToValue(state, OpenUpload.class));
            case "completed" -> new StateOutcome.Completed(state.path("answer"));
            default -> throw new IllegalStateException("the metadata service answered a state that nobody knows");
        };
    }

    private static JsonNode body(ConvertibleClientHttpResponse answer) throws IOException {
        var body = answer.bodyTo(JsonNode.class);
        if (body == null) {
            throw new IllegalStateException("the metadata service answered nothing");
        }
        return body;
    }
}
