// Checks a folder with a log by the packages with which Go checks its own module log: nothing in here is Orchard's.
//
// The folder holds key, checkpoint and tile/…, and, where there are any, checkpoints/SIZE (older ones),
// proofs/INDEX (tlog-proof) and consistency/SIZE (the hashes that lead from an older size to the checkpoint's).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if err := check(folder(os.Args[1])); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func check(log folder) error {
	vkey, err := log.read("key")
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return err
	}
	tree, err := log.open("checkpoint", verifier)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, log)
	hash, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if hash != tree.Hash {
		return errors.New("the tiles have another root")
	}
	if err := log.checkRecords(tree, reader); err != nil {
		return err
	}
	older, err := log.checkOlder(tree, reader, verifier)
	if err != nil {
		return err
	}
	proofs, err := log.checkProofs(verifier)
	if err != nil {
		return err
	}
	fmt.Printf("accepted: %d records, %d older checkpoints, %d proofs\n", tree.N, older, proofs)
	return nil
}

// folder is the log; it reads tiles for tlog, whose own paths name the height too.
type folder string

func (log folder) Height() int { return height }

func (log folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (log folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := log.read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", tile.Path(), len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

func (log folder) read(path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(log), path))
}

func (log folder) names(path string) []string {
	entries, _ := os.ReadDir(filepath.Join(string(log), path))
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func (log folder) open(path string, verifier note.Verifier) (tlog.Tree, error) {
	signed, err := log.read(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	return tree(signed, verifier)
}

func tree(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.UnverifiedSigs) != 0 {
		return tlog.Tree{}, errors.New("the note has a signature of somebody else")
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("no checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// checkRecords compares every record with its leaf, and proves a thousand of them besides, or all if they are fewer.
func (log folder) checkRecords(tree tlog.Tree, reader tlog.HashReader) error {
	for first := int64(0); first < tree.N; first += 1 << height {
		records, err := log.bundle(first, tree.N)
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range records {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(i)))
		}
		leaves, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, record := range records {
			if tlog.RecordHash(record) != leaves[i] {
				return fmt.Errorf("record %d is not the one in the tree", first+int64(i))
			}
			if err := prove(tree, reader, first+int64(i), leaves[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func prove(tree tlog.Tree, reader tlog.HashReader, index int64, leaf tlog.Hash) error {
	if index%(tree.N/1000+1) != 0 {
		return nil
	}
	proof, err := tlog.ProveRecord(tree.N, index, reader)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
}

func (log folder) bundle(first, size int64) ([][]byte, error) {
	width := int64(1 << height)
	if size-first < width {
		width = size - first
	}
	tile := tlog.Tile{H: height, L: 0, N: first >> height, W: int(width)}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	data, err := log.read(path)
	if err != nil {
		return nil, err
	}
	var records [][]byte
	for len(data) >= 2 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end > len(data) {
			break
		}
		records = append(records, data[2:end])
		data = data[end:]
	}
	if len(data) != 0 || len(records) != int(width) {
		return nil, fmt.Errorf("%s has %d records and %d bytes more", path, len(records), len(data))
	}
	return records, nil
}

// checkOlder leads from every older checkpoint to the newest, by Go's own proof and by the one in the folder.
func (log folder) checkOlder(newest tlog.Tree, reader tlog.HashReader, verifier note.Verifier) (int, error) {
	names := log.names("checkpoints")
	for _, name := range names {
		older, err := log.open("checkpoints/"+name, verifier)
		if err != nil {
			return 0, err
		}
		proof, err := tlog.ProveTree(newest.N, older.N, reader)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(proof, newest.N, newest.Hash, older.N, older.Hash); err != nil {
			return 0, fmt.Errorf("checkpoint %s: %w", name, err)
		}
		text, err := log.read("consistency/" + name)
		if err != nil {
			return 0, err
		}
		hashes, err := parse(strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"))
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(hashes, newest.N, newest.Hash, older.N, older.Hash); err != nil {
			return 0, fmt.Errorf("consistency from %s: %w", name, err)
		}
	}
	return len(names), nil
}

// checkProofs leads from records to the checkpoints that the proofs themselves carry.
func (log folder) checkProofs(verifier note.Verifier) (int, error) {
	names := log.names("proofs")
	for _, name := range names {
		text, err := log.read("proofs/" + name)
		if err != nil {
			return 0, err
		}
		if err := log.checkProof(string(text), verifier); err != nil {
			return 0, fmt.Errorf("proof %s: %w", name, err)
		}
	}
	return len(names), nil
}

func (log folder) checkProof(text string, verifier note.Verifier) error {
	parts := strings.SplitN(text, "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("it is no proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	hashes, err := parse(lines[2:])
	if err != nil {
		return err
	}
	signed, err := tree([]byte(parts[1]), verifier)
	if err != nil {
		return err
	}
	if index < 0 || index >= signed.N {
		return fmt.Errorf("record %d is not among the %d of the log", index, signed.N)
	}
	records, err := log.bundle(index>>height<<height, signed.N)
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash(records[index%(1<<height)])
	return tlog.CheckRecord(hashes, signed.N, signed.Hash, index, leaf)
}

func parse(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		if line == "" && len(lines) == 1 {
			break
		}
		bytes, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(bytes) != tlog.HashSize {
			return nil, fmt.Errorf("no hash: %q", line)
		}
		hashes = append(hashes, *(*tlog.Hash)(bytes))
	}
	return hashes, nil
}
