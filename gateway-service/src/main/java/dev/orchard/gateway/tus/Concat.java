package dev.orchard.gateway.tus;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether an upload stands for itself, is a piece of another one, or is made of pieces ({@code Upload-Concat}). */
sealed interface Concat {
    /** It stands for itself. */
    record None() implements Concat {}

    /** It is a piece. */
    record Partial() implements Concat {}

    /** It is made of these, in this order. */
    record Final(List<String> uploadIds) implements Concat {}

    /** Wherever a proxy puts the gateway, an upload's address ends like this. */
    Pattern ADDRESS = Pattern.compile("(?:.*/)?project/([^/]+)/packages/([^/]+)/tus/([^/]+)/?");

    /**
     * Reads the header's value.
     *
     * @throws IllegalArgumentException if it is none of the three
     */
    static Concat of(String header, ProjectName project, PackageName packageName) {
        String value = header.strip();
        if (value.equals("partial")) {
            return new Partial();
        }
        if (!value.startsWith("final;")) {
            throw new IllegalArgumentException("neither partial nor final");
        }
        List<String> ids = new ArrayList<>();
        for (String address : value.substring("final;".length()).strip().split(" +", -1)) {
            ids.add(id(address, project, packageName));
        }
        return new Final(ids);
    }

    /** An upload of another package is as good as one that there never was. */
    private static String id(String address, ProjectName project, PackageName packageName) {
        String path = URI.create(address).getPath();
        var parts = ADDRESS.matcher(path == null ? "" : path);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the address of an upload");
        }
        boolean here = parts.group(1).equals(project.value()) && parts.group(2).equals(packageName.value());
        return here ? parts.group(3) : "elsewhere";
    }
}
