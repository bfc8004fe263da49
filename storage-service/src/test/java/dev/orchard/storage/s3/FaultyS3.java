package dev.orchard.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands before a real S3 server, counts requests, and does to chosen ones what networks and servers sometimes do. */
final class FaultyS3 implements AutoCloseable {
    private static final int SLICES = 10;

    private final ServerSocket listener;
    private final URI target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What can happen to a request. */
    enum Fault {
        ERROR,
        SLOW_DOWN,
        FORBIDDEN,
        /** The server does not see what is there. */
        NOT_FOUND,
        /** The connection breaks before anything is read. */
        RESET,
        /** It breaks when half of the request's body has reached the server. */
        CUT_UP,
        /** It breaks when half of the answer's body has reached the client. */
        CUT_DOWN,
        /** It breaks when the server has done what was asked. */
        LOST_ANSWER,
        /** The server never answers. */
        SILENT,
        /** It answers, and stops half way. */
        SILENT_HALF_WAY,
        /** The answer's body comes in slices with waits between them. */
        SLOW,
        /** One bit of the request's body is turned over. */
        DAMAGED,
        /** The request goes on only once another such one is there at the same time. */
        ONLY_WITH_ANOTHER
    }

    private record Rule(Pattern request, Fault fault, AtomicInteger left) {
        boolean applies(String line) {
            return request.matcher(line).find() && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    private record Head(String line, List<String> fields) {
        long contentLength() {
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToLong(field -> Long.parseLong(field.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }

        byte[] bytes(String end) {
            return (line + "\r\n" + String.join("\r\n", fields) + end + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private FaultyS3(ServerSocket listener, URI target) {
        this.listener = listener;
        this.target = target;
    }

    static FaultyS3 before(URI target) throws IOException {
        var faulty = new FaultyS3(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
        faulty.threads.submit(faulty::accept);
        return faulty;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** The next so many requests whose first line holds a match of the expression meet this fault. */
    void next(int times, String request, Fault fault) {
        rules.add(new Rule(Pattern.compile(request), fault, new AtomicInteger(times)));
    }

    /** How many requests have come whose first line holds a match of the expression. */
    long count(String request) {
        return requests.stream().filter(Pattern.compile(request).asPredicate()).count();
    }

    void reset() {
        rules.clear();
        requests.clear();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        threads.shutdownNow();
    }

    private Void accept() throws IOException {
        while (!listener.isClosed()) {
            var client = listener.accept();
            threads.submit(() -> serve(client));
        }
        return null;
    }

    private Void serve(Socket client) throws Exception {
        try (client) {
            var in = client.getInputStream();
            var head = head(in);
            if (head.line().isEmpty()) {
                return null;
            }
            requests.add(head.line());
            var fault = rules.stream().filter(rule -> rule.applies(head.line())).findFirst();
            if (fault.isEmpty()) {
                forward(head, in, client.getOutputStream());
            } else {
                harm(fault.get().fault(), head, client);
            }
        }
        return null;
    }

    private void harm(Fault fault, Head head, Socket client) throws Exception {
        var in = client.getInputStream();
        var out = client.getOutputStream();
        switch (fault) {
            case ERROR -> refuse(in, head, out, "500 Internal Server Error", "InternalError");
            case SLOW_DOWN -> refuse(in, head, out, "503 Slow Down", "SlowDown");
            case FORBIDDEN -> refuse(in, head, out, "403 Forbidden", "AccessDenied");
            case NOT_FOUND -> refuse(in, head, out, "404 Not Found", "NoSuchKey");
            case RESET -> client.setSoLinger(true, 0);
            case CUT_UP -> {
                try (var server = connect()) {
                    server.getOutputStream().write(head.bytes("\r\n"));
                    copy(in, server.getOutputStream(), head.contentLength() / 2, -1);
                    server.setSoLinger(true, 0);
                }
                client.setSoLinger(true, 0);
            }
            case CUT_DOWN -> half(answer(head, in, -1), out);
            case LOST_ANSWER -> {
                answer(head, in, -1);
                client.setSoLinger(true, 0);
            }
            case SILENT -> untilItGoes(in);
            case SILENT_HALF_WAY -> {
                half(answer(head, in, -1), out);
                untilItGoes(in);
            }
            case SLOW -> slowly(answer(head, in, -1), out);
            case DAMAGED -> out.write(answer(head, in, head.contentLength() / 2));
            case ONLY_WITH_ANOTHER -> {
                awaitAnother();
                forward(head, in, out);
            }
        }
    }

    private void forward(Head head, InputStream in, OutputStream out) throws IOException {
        out.write(answer(head, in, -1));
    }

    private byte[] answer(Head head, InputStream in, long damagedAt) throws IOException {
        try (var server = connect()) {
            server.getOutputStream().write(head.bytes("\r\n"));
            copy(in, server.getOutputStream(), head.contentLength(), damagedAt);
            return answer(
                    head(server.getInputStream()),
                    server.getInputStream(),
                    head.line().startsWith("HEAD"));
        }
    }

    /** All of an answer, of known length whatever it was before, with the end of the connection announced. */
    private static byte[] answer(Head head, InputStream in, boolean withoutBody) throws IOException {
        var body = new ByteArrayOutputStream();
        boolean chunked =
                head.fields().removeIf(field -> field.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:"));
        if (chunked && !withoutBody) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            head.fields().add("Content-Length: " + body.size());
        } else if (!withoutBody) {
            body.write(in.readNBytes((int) head.contentLength()));
        }
        var answer = new ByteArrayOutputStream();
        answer.write(head.bytes("\r\nConnection: close\r\n"));
        body.writeTo(answer);
        return answer.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private Socket connect() throws IOException {
        return new Socket(target.getHost(), target.getPort());
    }

    private void awaitAnother() throws InterruptedException, BrokenBarrierException {
        try {
            both.await(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("it came alone", e);
        }
    }

    private void slowly(byte[] answer, OutputStream out) throws IOException, InterruptedException {
        for (int slice = 0; slice < SLICES; slice++) {
            int from = (int) ((long) answer.length * slice / SLICES);
            int to = (int) ((long) answer.length * (slice + 1) / SLICES);
            out.write(answer, from, to - from);
            closed.await(250, TimeUnit.MILLISECONDS);
        }
    }

    private static void half(byte[] answer, OutputStream out) throws IOException {
        out.write(answer, 0, answer.length / 2);
        out.flush();
    }

    private static void refuse(InputStream in, Head head, OutputStream out, String status, String code)
            throws IOException {
        copy(in, OutputStream.nullOutputStream(), head.contentLength(), -1);
        String body = head.line().startsWith("HEAD") ? "" : "<Error><Code>" + code + "</Code></Error>";
        out.write("HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.length(), body)
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void untilItGoes(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void copy(InputStream in, OutputStream out, long length, long damagedAt) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long done = 0; done < length; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - done));
            if (count < 0) {
                return;
            }
            if (damagedAt >= done && damagedAt < done + count) {
                buffer[(int) (damagedAt - done)] ^= 1;
            }
            out.write(buffer, 0, count);
            done += count;
        }
        out.flush();
    }

    /** Up to the empty line, without what only concerns this connection. */
    private static Head head(InputStream in) throws IOException {
        String line = line(in);
        List<String> fields = new CopyOnWriteArrayList<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            String name = field.toLowerCase(Locale.ROOT);
            if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
                fields.add(field);
            }
        }
        return new Head(line, fields);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
