package dev.orchard.support.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Breaks the connection where a body breaks. By itself the client would end a chunked request whose source failed with
 * the last chunk, so that it looks whole, and would read an answer that nobody wants any more to its end.
 */
final class BrokenBodies implements ExecChainHandler {
    private final int worthReading;

    /** @param worthReading so many bytes of an answer are read, and waited for, to keep its connection */
    BrokenBodies(int worthReading) {
        this.worthReading = worthReading;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var sent = request.getEntity();
        if (sent != null) {
            request.setEntity(new Sent(sent, scope.execRuntime));
        }
        var response = chain.proceed(request, scope);
        var received = response.getEntity();
        if (received != null) {
            response.setEntity(new Received(received, scope.execRuntime, worthReading));
        }
        return response;
    }

    private static final class Sent extends HttpEntityWrapper {
        private final ExecRuntime connection;

        Sent(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try {
                super.writeTo(out);
            } catch (IOException | RuntimeException e) {
                connection.discardEndpoint();
                throw e;
            }
        }
    }

    private static final class Received extends HttpEntityWrapper {
        private final ExecRuntime connection;
        private final int worthReading;
        private @Nullable InputStream content;

        Received(HttpEntity entity, ExecRuntime connection, int worthReading) {
            super(entity);
            this.connection = connection;
            this.worthReading = worthReading;
        }

        @Override
        public InputStream getContent() throws IOException {
            if (content == null) {
                content = new ReceivedStream(super.getContent(), connection, worthReading);
            }
            return content;
        }
    }

    private static final class ReceivedStream extends FilterInputStream {
        private final ExecRuntime connection;
        private final int worthReading;
        private boolean closed;

        ReceivedStream(InputStream in, ExecRuntime connection, int worthReading) {
            super(in);
            this.connection = connection;
            this.worthReading = worthReading;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (in.readNBytes(worthReading).length == worthReading) {
                    connection.discardEndpoint();
                }
            } finally {
                super.close();
            }
        }
    }
}
