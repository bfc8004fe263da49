package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Does random operations, and knows which events each must cause: its own simple idea of the tags, to hold against. */
final class Model {
    private final OrchardClient client;
    private final RandomGenerator random;
    private final String run = unique("run");
    private final Set<String> projects = new HashSet<>();
    private final Set<Place> packages = new HashSet<>();
    private final Map<Tag, String> tags = new HashMap<>();
    private final Set<String> stored = new HashSet<>();

    private record Tag(Place place, String name) {}

    Model(OrchardClient client, RandomGenerator random) {
        this.client = client;
        this.random = random;
    }

    /** Does one operation in the name of this request; answers its events as {@code type cause}. */
    List<String> operate(String requestId) throws IOException, InterruptedException {
        var place = new Place(run + "-" + random.nextInt(3), "k" + random.nextInt(3));
        if (!projects.contains(place.project())) {
            return createProject(place, requestId);
        }
        if (!packages.contains(place)) {
            return createPackage(place, requestId);
        }
        int dice = random.nextInt(100);
        var tag = new Tag(place, "t" + random.nextInt(5));
        if (dice < 55) {
            return upload(tag, random.nextInt(6), requestId);
        } else if (dice < 75) {
            return stored.isEmpty() ? upload(tag, 0, requestId) : put(tag, anyStored(), requestId);
        } else if (dice < 88) {
            return tags.containsKey(tag) ? deleteTag(tag, requestId) : upload(tag, random.nextInt(6), requestId);
        } else if (dice < 96) {
            return deletePackage(place, requestId);
        }
        return deleteProject(place.project(), requestId);
    }

    private List<String> createProject(Place place, String id) throws IOException, InterruptedException {
        expect(201, client.json("POST", "/projects", "{\"name\": \"" + place.project() + "\"}", "X-Request-Id", id));
        projects.add(place.project());
        return List.of("project.created");
    }

    private List<String> createPackage(Place place, String id) throws IOException, InterruptedException {
        String body = "{\"name\": \"" + place.name() + "\"}";
        expect(201, client.json("POST", "/project/" + place.project() + "/packages", body, "X-Request-Id", id));
        packages.add(place);
        return List.of("package.created");
    }

    private List<String> upload(Tag tag, int number, String id) throws IOException, InterruptedException {
        byte[] content = CauseAndActorIT.content(number, run);
        String digest = sha256(content);
        expect(201, client.upload(tag.place, "?tag=" + tag.name, content, "X-Request-Id", id));
        List<String> events = new ArrayList<>();
        events.add(stored.add(digest) ? "artifact.stored" : "artifact.deduplicated");
        events.addAll(point(tag, digest));
        return events;
    }

    private List<String> put(Tag tag, String digest, String id) throws IOException, InterruptedException {
        int status = tags.containsKey(tag) ? 200 : 201;
        expect(status, client.putTag(tag.place, tag.name, digest, "X-Request-Id", id));
        return point(tag, digest);
    }

    private List<String> point(Tag tag, String digest) {
        String before = tags.put(tag, digest);
        if (before == null) {
            return List.of("tag.created", "refcount.changed tag.created");
        }
        return before.equals(digest)
                ? List.of()
                : List.of("tag.moved", "refcount.changed tag.moved", "refcount.changed tag.moved");
    }

    private List<String> deleteTag(Tag tag, String id) throws IOException, InterruptedException {
        expect(204, client.delete(tag.place.path() + "/tags/" + tag.name, "X-Request-Id", id));
        tags.remove(tag);
        return List.of("tag.deleted tag.deleted", "refcount.changed tag.deleted");
    }

    private List<String> deletePackage(Place place, String id) throws IOException, InterruptedException {
        expect(200, client.delete(place.path(), "X-Request-Id", id));
        packages.remove(place);
        List<String> events = new ArrayList<>(List.of("package.deleted package.deleted"));
        events.addAll(cascade(
                tags.keySet().stream().filter(tag -> tag.place.equals(place)).toList(), "package.deleted"));
        return events;
    }

    private List<String> deleteProject(String project, String id) throws IOException, InterruptedException {
        expect(200, client.delete("/project/" + project, "X-Request-Id", id));
        projects.remove(project);
        List<String> events = new ArrayList<>(List.of("project.deleted"));
        packages.stream()
                .filter(place -> place.project().equals(project))
                .forEach(place -> events.add("package.deleted project.deleted"));
        packages.removeIf(place -> place.project().equals(project));
        events.addAll(cascade(
                tags.keySet().stream()
                        .filter(tag -> tag.place.project().equals(project))
                        .toList(),
                "project.deleted"));
        return events;
    }

    /** One event a tag, and one change of the count an artifact. */
    private List<String> cascade(List<Tag> gone, String cause) {
        List<String> events = new ArrayList<>();
        Set<String> artifacts = new HashSet<>();
        for (Tag tag : gone) {
            artifacts.add(tags.remove(tag));
            events.add("tag.deleted " + cause);
        }
        artifacts.forEach(artifact -> events.add("refcount.changed " + cause));
        return events;
    }

    private String anyStored() {
        var all = stored.stream().sorted().toList();
        return all.get(random.nextInt(all.size()));
    }
}
