package dev.orchard.system;

import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A few contents, packages and tags that many clients meet at; the contents are by their digests. */
record HotSet(List<String> digests, Map<String, byte[]> contents, List<Place> places) {
    private static final int CONTENTS = 12;
    private static final int PROJECTS = 3;
    private static final int PACKAGES = 3;
    private static final int TAGS = 8;
    private static final int LARGEST = 64 * 1024;

    static HotSet create(OrchardClient client, SplittableRandom random) throws IOException, InterruptedException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (int i = 0; i < CONTENTS; i++) {
            byte[] content = new byte[random.nextInt(100, LARGEST)];
            random.nextBytes(content);
            contents.put(sha256(content), content);
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            Place first = client.createPlace();
            places.add(first);
            for (int j = 1; j < PACKAGES; j++) {
                places.add(client.createPackage(first.project(), unique("package")));
            }
        }
        return new HotSet(List.copyOf(contents.keySet()), contents, places);
    }

    String digest(RandomGenerator random) {
        return digests.get(random.nextInt(digests.size()));
    }

    Place place(RandomGenerator random) {
        return places.get(random.nextInt(places.size()));
    }

    String tag(RandomGenerator random) {
        return "t" + random.nextInt(TAGS);
    }

    List<Place> placesOf(String project) {
        return places.stream().filter(place -> place.project().equals(project)).toList();
    }
}
