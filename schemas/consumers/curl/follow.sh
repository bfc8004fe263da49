#!/usr/bin/env bash
# Prints Orchard's live events. Usage: follow.sh ORCHARD TOKEN [POSITION], which is the last id that one has seen.
exec curl -sSN --fail-with-body -H "Authorization: Bearer $2" ${3:+-H "Last-Event-ID: $3"} "$1/api/v1/events"
