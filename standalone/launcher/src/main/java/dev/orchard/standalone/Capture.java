package dev.orchard.standalone;

import dev.orchard.infrastructure.connect.ConnectPart;
import dev.orchard.infrastructure.process.Probe;
import java.net.URI;
import java.time.Duration;

/** The connector that carries what happens in the database to the audit trail. */
final class Capture {
    static final String CONNECTOR = "orchard-ledger";
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final ConnectPart connect;

    Capture(ConnectPart connect) {
        this.connect = connect;
    }

    void await(Console console) throws StartException {
        long since = System.nanoTime();
        if (!probe().await(BOUND, () -> true)) {
            throw new StartException("the connector " + CONNECTOR + " does not run, see " + connect.log());
        }
        console.reached("capture", "ready", since);
    }

    /** Kafka remembers the state of a worker that was killed, so the task must be one of this worker. */
    private Probe probe() {
        URI status = connect.url().resolve("/connectors/" + CONNECTOR + "/status");
        String runningHere = "\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:" + connect.port() + "\"";
        return Probe.http(status, body -> body.contains("\"id\":0," + runningHere) && !body.contains("FAILED"));
    }
}
