package dev.orchard.support.http;

import java.util.List;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.util.TimeValue;

/**
 * Asks once more where a kept-alive connection turns out to be closed, for safe methods (RFC 9110) only: a repeated
 * write could meet its own effect. Whether an answer is worth another try is for callers to say.
 */
final class SafeRetries extends DefaultHttpRequestRetryStrategy {
    SafeRetries() {
        super(1, TimeValue.ZERO_MILLISECONDS, List.of(), List.of());
    }

    @Override
    protected boolean handleAsIdempotent(HttpRequest request) {
        return Method.GET.isSame(request.getMethod()) || Method.HEAD.isSame(request.getMethod());
    }
}
