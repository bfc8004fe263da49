package dev.orchard.gateway.resumable;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.gateway.upload.StorageKey;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.http.Transfer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import tools.jackson.databind.JsonNode;

/** Puts parts into the storage service, and has it make blobs of them. */
@Component
public class PartClient implements DisposableBean {
    private final RestClient storage;
    private final ServiceClients slowClients;
    private final RestClient slowStorage;
    private final Set<String> digests;

    PartClient(ServiceClients clients, GatewaySettings settings) {
        this.storage = clients.to(settings.storageUrl());
        this.slowClients = clients.forLongWork(settings.assemblyTimeout());
        this.slowStorage = slowClients.to(settings.storageUrl());
        this.digests = settings.uploadDigests();
    }

    private record Completion(
            String handle, List<Part> parts, @Nullable String digestState, Set<String> digests) {}

    private record Concatenation(List<String> keys, Set<String> digests) {}

    /**
     * Streams bytes into a part. A source that breaks breaks the request too, so that the storage service never takes
     * what came for all that was to come.
     */
    public PartOutcome put(PartWrite write) {
        var request = storage.put()
                .uri(uri -> uri.path("/uploads/{key}/parts/{n}")
                        .queryParam("handle", "{handle}")
                        .queryParam("whole", Math.max(1, write.whole())) // no store knows a part of nothing
                        .queryParamIfPresent("after", write.continued().map(id -> "{after}"))
                        .build(
                                write.upload().storageKey().uuid(),
                                write.number(),
                                write.upload().handle(),
                                write.continued().orElse("")))
                .contentType(MediaType.APPLICATION_OCTET_STREAM);
        if (write.digestState() != null) {
            request.header("X-Digest-State", write.digestState());
        }
        if (write.length() != null) {
            request.contentLength(write.length());
        }
        try {
            return request.body(out -> Transfer.copy(write.source(), out, write.length() == null ? -1 : write.length()))
                    .exchangeForRequiredValue((sent, answer) -> part(write, answer));
        } catch (ResourceAccessException e) {
            return write.source().isBroken() ? new PartOutcome.BrokenOff() : new PartOutcome.Unavailable(null);
        }
    }

    /** Makes one blob of all parts; this can take minutes. Idempotent. */
    Assembly complete(OpenUpload upload) {
        var parts = upload.parts().stream()
                .sorted((a, b) -> Integer.compare(a.part(), b.part()))
                .toList();
        long size = parts.stream().mapToLong(Part::size).sum();
        return assemble(
                "/uploads/{key}/complete",
                upload.storageKey(),
                new Completion(upload.handle(), parts, upload.digestStateAt(size), digests));
    }

    /** Makes a blob of other blobs, in this order; this can take minutes. */
    public Assembly concatenate(StorageKey key, List<StorageKey> blobs) {
        return assemble(
                "/blobs/{key}/concatenation",
                key,
                new Concatenation(blobs.stream().map(StorageKey::uuid).toList(), digests));
    }

    @Override
    public void destroy() throws Exception {
        slowClients.destroy();
    }

    private Assembly assemble(String path, StorageKey key, Object body) {
        try {
            return slowStorage
                    .post()
                    .uri(path, key.uuid())
                    .body(body)
                    .exchangeForRequiredValue((sent, answer) -> assembly(answer));
        } catch (ResourceAccessException e) {
            return new Assembly.Unavailable(null);
        }
    }

    private static PartOutcome part(PartWrite write, ConvertibleClientHttpResponse answer) throws IOException {
        int status = answer.getStatusCode().value();
        return switch (status) {
            case 404 -> new PartOutcome.Gone();
            case 413 -> new PartOutcome.TooLarge();
            case 507 -> new PartOutcome.Full();
            default -> status >= 500 ? new PartOutcome.Unavailable(Refusal.of(answer)) : stored(write, answer);
        };
    }

    /** An answer that comes before all was sent, or counts other bytes than were sent, is no answer to trust. */
    private static PartOutcome stored(PartWrite write, ConvertibleClientHttpResponse answer) throws IOException {
        var stored = body(answer, PartOutcome.Stored.class);
        return stored.size() == write.sizeSoFar() ? stored : new PartOutcome.Unavailable(null);
    }

    private static Assembly assembly(ConvertibleClientHttpResponse answer) throws IOException {
        int status = answer.getStatusCode().value();
        return switch (status) {
            case 404 -> new Assembly.Gone();
            case 409 -> missing(answer);
            case 507 -> new Assembly.Full();
            default ->
                status >= 500 ? new Assembly.Unavailable(Refusal.of(answer)) : body(answer, Assembly.Stored.class);
        };
    }

    private static Assembly missing(ConvertibleClientHttpResponse answer) {
        var problem = answer.bodyTo(JsonNode.class);
        if (problem == null || problem.path("missing").isEmpty()) {
            throw new IllegalStateException("the storage service did not say which parts are missing");
        }
        return new Assembly.Missing(
                problem.path("missing").valueStream().map(JsonNode::asInt).toList());
    }

    private static <T> T body(ConvertibleClientHttpResponse answer, Class<T> type) throws IOException {
        T body = answer.getStatusCode().is2xxSuccessful() ? answer.bodyTo(type) : null;
        if (body == null) {
            throw new IllegalStateException("the storage service answered " + answer.getStatusCode() + " to a part");
        }
        return body;
    }
}
