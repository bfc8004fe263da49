package dev.orchard.audit.log;

import dev.orchard.support.context.RequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Signs regularly until nothing is left, and bears with a store or a database that is away. */
@Component
final class SigningSchedule {
    private static final Logger log = LoggerFactory.getLogger(SigningSchedule.class);

    private final SigningService signing;
    private boolean failing;

    SigningSchedule(SigningService signing) {
        this.signing = signing;
    }

    @Scheduled(fixedDelayString = "${orchard.audit.log.interval:5s}")
    void sign() {
        RequestContext.ofOrchard("log").run(() -> {
            try {
                while (signing.sign(false) instanceof SigningOutcome.Signed signed && signed.more()) {
                    failing = false;
                }
                failing = false;
            } catch (RestClientException | DataAccessException e) {
                if (!failing) {
                    log.warn("the log cannot be signed now, and is tried again until it can: {}", e.toString());
                }
                failing = true;
            }
        });
    }
}
