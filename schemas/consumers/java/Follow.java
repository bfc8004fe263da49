import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints each of Orchard's events once, and says when a change of a reference count is missing. */
public final class Follow {
    private static final Pattern SEQ = Pattern.compile("\"seq\"\\s*:\\s*(\\d+)");

    private final HashSet<String> seen = new HashSet<>();
    private final HashMap<String, Long> sequences = new HashMap<>();

    public static void main(String[] arguments) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", "follow-java",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "enable.auto.commit", false);
        var follower = new Follow();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new CloudEventDeserializer())) {
            consumer.subscribe(List.of("orchard.ledger.v1"));
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> follower.take(record.value()));
                consumer.commitSync();
            }
        }
    }

    private void take(CloudEvent event) {
        if (!seen.add(event.getId())) {
            return;
        }
        System.out.println(event.getId() + " " + event.getType() + " " + event.getSubject());
        if (event.getType().equals("dev.orchard.refcount.changed.v1")) {
            var seq = SEQ.matcher(new String(event.getData().toBytes()));
            if (seq.find()) {
                checkSequence(event.getSubject(), Long.parseLong(seq.group(1)));
            }
        }
    }

    private void checkSequence(String artifact, long seq) {
        Long last = sequences.put(artifact, seq);
        if (last != null && seq != last + 1) {
            System.out.println("gap: " + artifact + " went from " + last + " to " + seq);
        }
    }
}
