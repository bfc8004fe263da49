package dev.orchard.transparency.verify;

import dev.orchard.transparency.TilePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A log that a server serves. What fails on the way is tried again a few times; the token goes to no other server. */
final class HttpLogFiles implements LogFiles {
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final Optional<String> token;
    private final Duration pause;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param token sent as a bearer token (RFC 6750)
     * @param pause before the second try; it doubles with each
     */
    HttpLogFiles(URI url, Optional<String> token, Duration pause) {
        this.url = url.toString().replaceAll("/+$", "") + "/";
        this.token = token;
        this.pause = pause;
    }

    @Override
    public Optional<byte[]> find(String path) {
        var request = request(path);
        String failure = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                pause(i);
                var response = client.send(request, BodyHandlers.ofInputStream());
                try (var body = response.body()) {
                    if (!isPassing(response.statusCode())) {
                        return answer(response, body);
                    }
                    failure = "status " + response.statusCode();
                }
            } catch (IOException e) {
                failure = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnverifiableException("interrupted", e);
            }
        }
        throw new UnverifiableException(request.uri() + " does not answer: " + failure);
    }

    /** A server lists nothing. */
    @Override
    public List<Integer> partialWidths(TilePath place) {
        return List.of();
    }

    /** A server lists nothing. */
    @Override
    public long countStrangers(long size) {
        return 0;
    }

    private HttpRequest request(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
            token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new UnverifiableException("no request can be made of this URL and token: " + url, e);
        }
    }

    private static Optional<byte[]> answer(HttpResponse<?> response, InputStream body) throws IOException {
        return switch (response.statusCode()) {
            case 200 -> Optional.of(body.readNBytes(LONGEST_FILE + 1));
            case 404 -> Optional.empty();
            default ->
                throw new UnverifiableException(response.uri() + " answers with status " + response.statusCode());
        };
    }

    private static boolean isPassing(int status) {
        return status == 429 || (status >= 502 && status <= 504);
    }

    private void pause(int tries) throws InterruptedException {
        if (tries > 0) {
            Thread.sleep(pause.multipliedBy(1L << (tries - 1)));
        }
    }
}
