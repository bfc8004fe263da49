package dev.orchard.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.RunningGateway;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class ContractTest extends RunningGateway {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Test
    void namesExactlyTheRoutesThatThereAre() {
        var routes = new TreeSet<String>();
        mapping.getHandlerMethods()
                .keySet()
                .forEach(route -> route.getPatternValues()
                        .forEach(pattern -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + pattern.replace("{*", "{")))));
        var documented = new TreeSet<String>();
        contract()
                .path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((name, operation) -> {
                    if (METHODS.contains(name)) {
                        documented.add(name.toUpperCase() + " " + path);
                    }
                }));

        assertThat(documented).isEqualTo(routes).isNotEmpty();
    }

    @Test
    void refersOnlyToWhatItHolds() {
        var contract = contract();

        assertThat(contract.findValuesAsString("$ref"))
                .isNotEmpty()
                .allMatch(reference -> !contract.at(reference.substring(1)).isMissingNode());
    }

    @Test
    void namesEveryParameterOfAPath() {
        var contract = contract();
        contract.path("paths").forEachEntry((path, item) -> {
            var named = new TreeSet<String>();
            addPathParameters(contract, item.path("parameters"), named);
            item.forEach(operation -> addPathParameters(contract, operation.path("parameters"), named));

            assertThat(named).as(path).containsExactlyInAnyOrderElementsOf(variables(path));
        });
    }

    @Test
    void servesThePageToTryIt() {
        assertThat(get("/api/docs").body()).contains("/api/v1/openapi.json");
        assertThat(get("/api/docs").headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(get("/api/docs/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(get("/api/docs/swagger-ui.css").statusCode()).isEqualTo(200);
        assertThat(get("/api/docs/nothing.js").statusCode()).isEqualTo(404);
    }

    private JsonNode contract() {
        var answer = get("/api/v1/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return read(answer);
    }

    private static void addPathParameters(JsonNode contract, JsonNode parameters, Set<String> named) {
        for (JsonNode parameter : parameters) {
            var reference = parameter.path("$ref").asString("");
            var resolved = reference.isEmpty() ? parameter : contract.at(reference.substring(1));
            if (resolved.path("in").asString("").equals("path")) {
                named.add(resolved.path("name").asString());
            }
        }
    }

    private static Set<String> variables(String path) {
        var variables = new TreeSet<String>();
        for (String segment : path.split("/")) {
            if (segment.startsWith("{")) {
                variables.add(segment.substring(1, segment.length() - 1));
            }
        }
        return variables;
    }
}
