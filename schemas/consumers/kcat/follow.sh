#!/usr/bin/env bash
# Prints Orchard's events from the beginning on: key, offset, the event. Usage: follow.sh BOOTSTRAP
exec kcat -b "$1" -C -t orchard.ledger.v1 -o beginning -q -u -X isolation.level=read_committed -f '%k %o %s\n'
