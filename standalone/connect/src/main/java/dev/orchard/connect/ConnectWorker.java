package dev.orchard.connect;

import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** Runs one distributed Kafka Connect worker from a properties file; SIGTERM stops it in order. */
public final class ConnectWorker {
    private ConnectWorker() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: ConnectWorker PROPERTIES-FILE");
            System.exit(2);
        }
        new ConnectDistributed()
                .startConnect(Utils.propsToStringMap(Utils.loadProps(arguments[0])))
                .awaitStop();
    }
}
