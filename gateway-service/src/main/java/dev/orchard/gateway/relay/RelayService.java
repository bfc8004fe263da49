package dev.orchard.gateway.relay;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.support.http.ServiceClients;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Service;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;

/** Asks another service what a client asked, and adds nothing to the answer. */
@Service
class RelayService implements DisposableBean {
    private static final List<String> ANSWERED = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.ALLOW,
            HttpHeaders.RETRY_AFTER);

    private final RestClient metadata;
    private final ServiceClients slowClients;
    private final RestClient slowMetadata;
    private final RestClient audit;
    private final GatewaySettings settings;

    RelayService(ServiceClients clients, GatewaySettings settings) {
        this.metadata = clients.to(settings.metadataUrl());
        this.slowClients = clients.forLongWork(settings.assemblyTimeout());
        this.slowMetadata = slowClients.to(settings.metadataUrl());
        this.audit = clients.to(settings.auditUrl());
        this.settings = settings;
    }

    RelayedAnswer askMetadata(RelayedRequest request) {
        return ask(metadata, settings.metadataUrl(), request);
    }

    /** The same for work that can take minutes. */
    RelayedAnswer askMetadataPatiently(RelayedRequest request) {
        return ask(slowMetadata, settings.metadataUrl(), request);
    }

    RelayedAnswer askAudit(RelayedRequest request) {
        return ask(audit, settings.auditUrl(), request);
    }

    /** The same with a body that is read as it comes. */
    StreamedAnswer openAudit(RelayedRequest request) throws IOException {
        var answer = call(audit, settings.auditUrl(), request).exchangeForRequiredValue((sent, given) -> given, false);
        try {
            var headers = headers(answer);
            var length = answer.getHeaders().get(HttpHeaders.CONTENT_LENGTH);
            if (length != null) {
                headers.addAll(HttpHeaders.CONTENT_LENGTH, length);
            }
            return new StreamedAnswer(answer.getStatusCode(), headers, answer);
        } catch (IOException | RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    @Override
    public void destroy() throws Exception {
        slowClients.destroy();
    }

    private static RelayedAnswer ask(RestClient service, URI base, RelayedRequest request) {
        return call(service, base, request).exchangeForRequiredValue((sent, answer) -> answer(answer));
    }

    /** The address is put together as text: what the client encoded stays as it was. */
    private static RestClient.RequestBodySpec call(RestClient service, URI base, RelayedRequest request) {
        var call = service.method(request.method())
                .uri(URI.create(base.toString().replaceFirst("/$", "") + request.target()))
                .headers(headers -> headers.putAll(request.headers()));
        if (request.body().length > 0) {
            call.body(request.body());
        }
        return call;
    }

    private static RelayedAnswer answer(ClientHttpResponse answer) throws IOException {
        var headers = headers(answer);
        return new RelayedAnswer(answer.getStatusCode(), headers, StreamUtils.copyToByteArray(answer.getBody()));
    }

    private static HttpHeaders headers(ClientHttpResponse answer) throws IOException {
        if (answer.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            throw new IllegalStateException("another service does not know this gateway's token");
        }
        var headers = new HttpHeaders();
        for (String name : ANSWERED) {
            var values = answer.getHeaders().get(name);
            if (values != null) {
                headers.addAll(name, values);
            }
        }
        return headers;
    }
}
