package dev.orchard.gateway.health;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.health.Health.State;
import dev.orchard.support.http.ServiceClients;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks each service whether it is ready, all at once and not for long. */
@Service
class HealthService {
    private final Map<String, RestClient> services = new LinkedHashMap<>();
    private final Duration timeout;

    HealthService(ServiceClients clients, GatewaySettings settings) {
        services.put("metadata", clients.to(settings.metadataUrl()));
        services.put("storage", clients.to(settings.storageUrl()));
        services.put("audit", clients.to(settings.auditUrl()));
        this.timeout = settings.healthTimeout();
    }

    Health look() throws InterruptedException {
        var questions = services.values().stream()
                .map(service -> (Callable<State>) () -> ask(service))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(questions, timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .iterator();
            Map<String, State> states = new LinkedHashMap<>();
            services.keySet().forEach(name -> states.put(name, state(answers.next())));
            return Health.of(states);
        }
    }

    private static State ask(RestClient service) {
        try {
            return service.get()
                    .uri("/actuator/health/readiness")
                    .exchangeForRequiredValue(
                            (sent, answer) -> answer.getStatusCode().is2xxSuccessful() ? State.UP : State.DOWN);
        } catch (ResourceAccessException e) {
            return State.DOWN;
        }
    }

    /** Who did not answer in time was interrupted, which ends its call too. */
    private static State state(Future<State> answer) {
        return answer.state() == Future.State.SUCCESS ? answer.resultNow() : State.DOWN;
    }
}
