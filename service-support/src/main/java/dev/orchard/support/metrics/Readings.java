package dev.orchard.support.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Numbers that are read together now and then rather than at each scrape, which must not wait for a database. Every
 * replica tells the same ones: whoever adds replicas up takes the greatest, not the sum.
 */
public final class Readings<T> {
    private final MeterRegistry meters;
    private final Supplier<T> source;
    private volatile @Nullable T latest;

    public Readings(MeterRegistry meters, Supplier<T> source) {
        this.meters = meters;
        this.source = source;
    }

    /** A gauge of one of the numbers; NaN before the first reading, and while it fails. */
    public Readings<T> gauge(String name, String description, ToDoubleFunction<T> number) {
        return gauge(name, description, null, number);
    }

    /** @param unit {@code seconds} or {@code bytes}, which become the end of the name */
    public Readings<T> gauge(String name, String description, @Nullable String unit, ToDoubleFunction<T> number) {
        Gauge.builder(name, () -> of(number))
                .description(description)
                .baseUnit(unit)
                .register(meters);
        return this;
    }

    /** Reads them. A failure is no news: whoever needs the database says so, and readiness tells. */
    public void read() {
        try {
            latest = source.get();
        } catch (DataAccessException | TransactionException e) {
            latest = null;
        }
    }

    private double of(ToDoubleFunction<T> number) {
        T present = latest;
        return present == null ? Double.NaN : number.applyAsDouble(present);
    }
}
