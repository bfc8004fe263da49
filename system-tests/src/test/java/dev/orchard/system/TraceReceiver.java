package dev.orchard.system;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Takes traces as OTLP over HTTP sends them, and keeps their spans. */
final class TraceReceiver implements AutoCloseable {
    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** A span, and the service that made it; {@code parent} is empty where it has none. */
    record Seen(String service, String name, String trace, String id, String parent, Map<String, String> attributes) {}

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Seen> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    List<Seen> all() {
        return spans;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(this::keep);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(ResourceSpans resource) {
        String service = resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
        resource.getScopeSpansList()
                .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(seen(service, span))));
    }

    private static Seen seen(String service, Span span) {
        return new Seen(
                service,
                span.getName(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getAttributesList().stream()
                        .collect(Collectors.toMap(
                                attribute -> attribute.getKey(),
                                attribute -> attribute.getValue().getStringValue())));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
