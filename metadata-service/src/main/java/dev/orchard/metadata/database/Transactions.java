package dev.orchard.metadata.database;

import dev.orchard.support.context.RequestContext;
import java.time.Duration;
import java.util.function.Predicate;
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
    private static final String CONTEXT = """
            SELECT set_config('orchard.actor', :actor, true), set_config('orchard.request_id', :request_id, true),
                   set_config('orchard.client_address', :client_address, true),
                   set_config('orchard.reason', :reason, true),
                   set_config('orchard.project', :project, true), set_config('orchard.package', :package, true)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
            .includes(ConcurrencyFailureException.class)
            .maxRetries(3)
            .delay(Duration.ofMillis(20))
            .multiplier(2)
            .jitter(Duration.ofMillis(20))
            .build());

    Transactions(JdbcClient jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
    }

    /** Runs a change in a transaction of its own; it is committed when this returns. */
    public <T> T write(Supplier<T> work) {
        return write("", "", work);
    }

    /** As {@link #write(Supplier)}, for a change that belongs to a package: artifacts stored by it say where. */
    public <T> T write(String project, String packageName, Supplier<T> work) {
        return write(project, packageName, work, result -> true);
    }

    /** As {@link #write(String, String, Supplier)}; what the work did is rolled back where its result is not to be kept. */
    public <T> T write(String project, String packageName, Supplier<T> work, Predicate<? super T> keeps) {
        @Nullable
        T result = retry.invoke(() -> transaction.execute(status -> {
            setContext(project, packageName);
            T outcome = work.get();
            if (!keeps.test(outcome)) {
                status.setRollbackOnly();
            }
            return outcome;
        }));
        if (result == null) {
            throw new IllegalStateException("a transaction's work must answer something");
        }
        return result;
    }

    private void setContext(String project, String packageName) {
        var context = RequestContext.current();
        String reason = context.reason();
        jdbc.sql(CONTEXT)
                .param("actor", context.actor())
                .param("request_id", context.requestId())
                .param("client_address", context.clientAddress())
                .param("reason", reason == null ? "" : reason)
                .param("project", project)
                .param("package", packageName)
                .query()
                .singleRow();
    }
}
