package dev.orchard.metadata.database;

import dev.orchard.support.context.RequestContext;
import dev.orchard.support.tracing.Spans;
import dev.orchard.support.tracing.TraceContext;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs changes in transactions that tell the triggers who acts, from where, for which request and why.
 *
 * <p>A transaction that loses to another one (SQLSTATE 40001, 40P01) is run again as a whole, up to three times with
 * back-off, so the work must have no effect outside of the database. Isolation is READ COMMITTED.
 */
@Component
public class Transactions {
    private final JdbcClient jdbc;
    private final Spans spans;
    private final TransactionTemplate transaction;
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
            .includes(ConcurrencyFailureException.class)
            .maxRetries(3)
            .delay(Duration.ofMillis(20))
            .multiplier(2)
            .jitter(Duration.ofMillis(20))
            .build());

    Transactions(JdbcClient jdbc, PlatformTransactionManager manager, Spans spans) {
        this.jdbc = jdbc;
        this.spans = spans;
        this.transaction = new TransactionTemplate(manager);
    }

    /** Runs work that is one statement, and so a transaction, which is run again if it loses to another one. */
    public <T> T retry(Supplier<@Nullable T> statement) {
        @Nullable T result = spans.within("postgresql transaction", () -> retry.invoke(statement));
        if (result == null) {
            throw new IllegalStateException("a transaction's work must answer something");
        }
        return result;
    }

    /** Runs a change in a transaction of its own; it is committed when this returns. */
    public <T> T write(Supplier<T> work) {
        return retry(() -> transaction.execute(status -> {
            setContext();
            return work.get();
        }));
    }

    private void setContext() {
        var context = RequestContext.current();
        String reason = context.reason();
        jdbc.sql("""
                        SELECT orchard.set_context(:actor, :request_id, :client_address, :reason, '', ''),
                               set_config('orchard.traceparent', :traceparent, true)
                        """)
                .param("actor", context.actor())
                .param("request_id", context.requestId())
                .param("client_address", context.clientAddress())
                .param("reason", reason == null ? "" : reason)
                .param("traceparent", TraceContext.current())
                .query()
                .singleRow();
    }
}
