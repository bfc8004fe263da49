package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * That an entry is in the log, with the signed checkpoint, in one text that can be kept beside the artifact: C2SP
 * tlog-proof, version 1, without extra data.
 *
 * @param checkpoint the signed note
 */
public record LogProof(InclusionProof inclusion, String checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

    /** @throws IllegalArgumentException if it is no proof in its one spelling */
    public static LogProof parse(String text) {
        int end = text.indexOf("\n\n");
        String[] lines = end < 0 ? new String[0] : text.substring(0, end).split("\n", -1);
        if (lines.length < 2 || !lines[1].startsWith("index ")) {
            throw new IllegalArgumentException("it is no c2sp.org/tlog-proof@v1");
        }
        var path = new ArrayList<Hash>();
        for (int i = 2; i < lines.length; i++) {
            path.add(Hash.of(Base64Text.decode(lines[i])));
        }
        long index = Long.parseLong(lines[1].substring("index ".length()));
        var proof = new LogProof(new InclusionProof(index, path), text.substring(end + 2));
        if (index < 0 || !proof.text().equals(text)) {
            throw new IllegalArgumentException("it is no c2sp.org/tlog-proof@v1");
        }
        return proof;
    }

    public String text() {
        String path =
                inclusion.path().stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining());
        return HEADER + "index " + inclusion.index() + "\n" + path + "\n" + checkpoint;
    }

    /**
     * The checkpoint under which the log holds these bytes.
     *
     * @throws IllegalArgumentException if the key did not sign it, or the log does not hold them there
     */
    public Checkpoint verify(byte[] entry, VerifierKey key) {
        var signed = Checkpoint.open(checkpoint, key);
        if (!inclusion.leads(Hash.leaf(entry), signed.size(), signed.root())) {
            throw new IllegalArgumentException("the proof does not lead from these bytes to the checkpoint's root");
        }
        return signed;
    }
}
