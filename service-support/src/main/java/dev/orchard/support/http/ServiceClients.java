package dev.orchard.support.http;

import dev.orchard.support.context.RequestContext;
import dev.orchard.support.tracing.ServiceCallConvention;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the clients with which a service calls the others: kept-alive connections, bodies streamed in both directions,
 * the service's identity and the request's context on every call.
 */
public final class ServiceClients implements DisposableBean {
    /** What is read to its end rather than closed with its connection. */
    private static final int WORTH_READING = 8192;

    private final ServiceSettings settings;
    private final CloseableHttpClient http;
    private final ServiceToken token;
    private final JsonMapper json;
    private final ObservationRegistry observations;

    /** @param observations where calls are traced; {@link ObservationRegistry#NOOP} otherwise */
    ServiceClients(ServiceSettings settings, ServiceToken token, JsonMapper json, ObservationRegistry observations) {
        this(
                settings,
                token,
                json,
                observations,
                client(settings, WORTH_READING, settings.responseTimeout(), settings.responseTimeout()));
    }

    private ServiceClients(
            ServiceSettings settings,
            ServiceToken token,
            JsonMapper json,
            ObservationRegistry observations,
            CloseableHttpClient http) {
        this.settings = settings;
        this.token = token;
        this.json = json;
        this.observations = observations;
        this.http = http;
    }

    /**
     * The same for answers that take long or never end, over connections of their own, so that they use up nobody
     * else's. Closing such an answer before its end waits for nothing. Whoever asks for these clients closes them.
     */
    public ServiceClients forStreams() {
        return new ServiceClients(
                settings,
                token,
                json,
                observations,
                client(settings, 0, settings.connectTimeout(), settings.responseTimeout()));
    }

    /**
     * The same for work that another service is silent over for longer than over anything else, on connections of their
     * own. Whoever asks for these clients closes them.
     */
    public ServiceClients forLongWork(Duration silence) {
        return new ServiceClients(
                settings, token, json, observations, client(settings, WORTH_READING, silence, silence));
    }

    /** A client of the service at {@code base}. Statuses other than 2xx are exceptions unless exchanged by hand. */
    public RestClient to(URI base) {
        return RestClient.builder()
                .requestFactory(new HttpComponentsClientHttpRequestFactory(http))
                .configureMessageConverters(converters ->
                        converters.registerDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
                .baseUrl(base)
                .observationRegistry(observations)
                .observationConvention(new ServiceCallConvention())
                .defaultRequest(request -> request.headers(this::identify))
                .build();
    }

    @Override
    public void destroy() throws Exception {
        http.close();
    }

    private void identify(HttpHeaders headers) {
        var context = RequestContext.current();
        headers.set(HttpHeaders.AUTHORIZATION, token.asBearer());
        headers.set(RequestContext.REQUEST_ID, context.requestId());
        headers.set(RequestContext.ACTOR, context.actor());
        headers.set(RequestContext.CLIENT_ADDRESS, context.clientAddress());
        String reason = context.reason();
        if (reason != null) {
            headers.set(RequestContext.REASON, URLEncoder.encode(reason, StandardCharsets.UTF_8));
        }
    }

    /** Ends all answers that are still being read, at once. */
    public void closeNow() {
        http.close(CloseMode.IMMEDIATE);
    }

    /**
     * @param connectionPatience how long a call waits for a connection to be free
     * @param silence how long the other service may be silent
     */
    private static CloseableHttpClient client(
            ServiceSettings settings, int worthReading, Duration connectionPatience, Duration silence) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.connections())
                .setMaxConnTotal(settings.connections() * 4)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setBufferSize(Transfer.SOCKET_BYTES)
                                .build())
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(silence))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(silence))
                        .setConnectionRequestTimeout(Timeout.of(connectionPatience))
                        .build())
                .setRetryStrategy(new SafeRetries())
                .addExecInterceptorLast("broken-bodies", new BrokenBodies(worthReading))
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .build();
    }
}
