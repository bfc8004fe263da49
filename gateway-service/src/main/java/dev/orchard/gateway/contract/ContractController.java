package dev.orchard.gateway.contract;

import java.io.IOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Publishes the contract (OpenAPI 3.1), which is written by hand in {@code openapi.yaml}, and the page to try it. */
@RestController
class ContractController {
    private final byte[] contract;
    private final byte[] page;

    ContractController(JsonMapper json) throws IOException {
        try (var yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            this.contract = json.writeValueAsBytes(document);
        }
        this.page = new ClassPathResource("docs.html").getContentAsByteArray();
    }

    @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] contractDocument() {
        return contract;
    }

    @GetMapping(path = "/api/docs", produces = "text/html;charset=UTF-8")
    byte[] page() {
        return page;
    }
}
