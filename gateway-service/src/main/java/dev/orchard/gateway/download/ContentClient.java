package dev.orchard.gateway.download;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.gateway.upload.StorageKey;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import org.springframework.web.client.RestClientResponseException;

/** Asks the metadata service what is behind a reference, and tells it what is not there. */
@Component
class ContentClient {
    private static final Logger log = LoggerFactory.getLogger(ContentClient.class);

    private final RestClient metadata;
    private final String contents;

    ContentClient(ServiceClients clients, GatewaySettings settings) {
        this.metadata = clients.to(settings.metadataUrl());
        this.contents = settings.metadataUrl().resolve("/internal/content").toString();
    }

    /** Which content is asked for. */
    record Question(ProjectName project, PackageName packageName, ContentRef ref) {}

    /** What is behind a reference. */
    sealed interface FindOutcome {
        /** This content is. */
        record Found(Content content) implements FindOutcome {}

        /** Nothing that the caller may read. */
        record Refused(Refusal refusal) implements FindOutcome {}
    }

    private record Unavailable(
            ProjectName project,
            @JsonProperty("package") PackageName packageName,
            Sha256 artifactId,
            StorageKey storageKey,
            long expectedSize,
            @Nullable Long foundSize) {}

    FindOutcome find(Question question) {
        return metadata.get().uri(address(question)).exchangeForRequiredValue((sent, answer) -> outcome(answer));
    }

    /** Put together by hand, as a template costs more than all the rest; of what names and digests hold, only + has to go. */
    private URI address(Question question) {
        return URI.create(contents + "?project=" + question.project() + "&package=" + question.packageName() + "&ref="
                + question.ref().value().replace("+", "%2B"));
    }

    /** Makes the event that a blob is missing or short; the client is told in any case. */
    void reportUnavailable(Question question, Content content, @Nullable Long foundSize) {
        var report = new Unavailable(
                question.project(),
                question.packageName(),
                content.artifactId(),
                content.storageKey(),
                content.size(),
                foundSize);
        log.error("the blob {} of {} is missing or short: {}", content.storageKey(), content.artifactId(), report);
        try {
            metadata.post()
                    .uri("/internal/content/unavailable")
                    .body(report)
                    .retrieve()
                    .toBodilessEntity();
        } catch (ResourceAccessException | RestClientResponseException e) {
            log.error("the metadata service did not take the report: {}", e.toString());
        }
    }

    private static FindOutcome outcome(ConvertibleClientHttpResponse answer) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            return new FindOutcome.Refused(Refusal.of(answer));
        }
        var content = answer.bodyTo(Content.class);
        if (content == null) {
            throw new IllegalStateException("the metadata service answered nothing");
        }
        return new FindOutcome.Found(content);
    }
}
