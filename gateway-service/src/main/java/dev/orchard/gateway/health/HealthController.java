package dev.orchard.gateway.health;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The one page that tells people and load balancers what is wrong, if anything is. */
@RestController
class HealthController {
    private final HealthService service;

    HealthController(HealthService service) {
        this.service = service;
    }

    @GetMapping({"/health", "/api/v1/health"})
    ResponseEntity<Health> health() throws InterruptedException {
        var health = service.look();
        boolean up = health.status() == Health.State.UP;
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(health);
    }
}
