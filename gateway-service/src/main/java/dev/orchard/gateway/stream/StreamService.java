package dev.orchard.gateway.stream;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.support.http.ServiceClients;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/** Opens the audit service's answers that stream, each kind over connections that nothing else uses. */
@Service
class StreamService implements DisposableBean {
    private static final List<String> ANSWERED = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.ALLOW,
            "X-Accel-Buffering");

    private final ServiceClients liveClients;
    private final ServiceClients listClients;
    private final RestClient live;
    private final RestClient lists;
    private final URI audit;

    StreamService(ServiceClients clients, GatewaySettings settings) {
        this.audit = settings.auditUrl();
        this.liveClients = clients.forStreams();
        this.listClients = clients.forStreams();
        this.live = liveClients.to(audit);
        this.lists = listClients.to(audit);
    }

    /** @param target path and query exactly as the client sent them */
    OpenStream follow(String target, HttpHeaders headers) throws IOException {
        return open(live, target, headers);
    }

    /** @param target path and query exactly as the client sent them */
    OpenStream list(String target, HttpHeaders headers) throws IOException {
        return open(lists, target, headers);
    }

    /** Live streams do not end by themselves; this comes before the web server waits for its requests to end. */
    @EventListener(ContextClosedEvent.class)
    void endLiveStreams() {
        liveClients.closeNow();
    }

    @Override
    public void destroy() throws Exception {
        liveClients.destroy();
        listClients.destroy();
    }

    private OpenStream open(RestClient clients, String target, HttpHeaders headers) throws IOException {
        var answer = clients.get()
                .uri(URI.create(audit.toString().replaceFirst("/$", "") + target))
                .headers(sent -> sent.putAll(headers))
                .exchangeForRequiredValue((sent, given) -> given, false);
        try {
            return new OpenStream(answer.getStatusCode().value(), answered(answer), answer);
        } catch (IOException | RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private static HttpHeaders answered(ClientHttpResponse answer) throws IOException {
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
