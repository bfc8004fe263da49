-- Closes the epoch of all transactions that ended since the last one, unless that was closed less than min_age ago or
-- another session is at it; returns its number, or null. A transaction that is below the snapshot's xmin has ended for
-- good, and its marker comes after all its events in commit order: no sequence and no clock can promise that.
CREATE OR REPLACE FUNCTION orchard.close_epoch(min_age interval) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    last orchard.epochs;
    next orchard.epochs;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('orchard.close_epoch')) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO STRICT last FROM orchard.epochs ORDER BY epoch DESC LIMIT 1;
    next.to_txid := pg_snapshot_xmin(pg_current_snapshot());
    IF next.to_txid <= last.to_txid OR last.epoch > 0 AND last.closed_at > clock_timestamp() - min_age THEN
        RETURN NULL;
    END IF;

    SELECT count(*), sha256(coalesce(string_agg(
            uuid_send(e.event_id) || sha256(convert_to(e.payload, 'UTF8')), NULL ORDER BY e.event_id), ''))
    INTO next.events, next.sha256
    FROM orchard.event_log e
    WHERE e.txid >= last.to_txid AND e.txid < next.to_txid;

    next.epoch := last.epoch + 1;
    next.event_id := uuidv7();
    next.from_txid := last.to_txid;
    next.total := last.total + next.events;
    next.closed_at := clock_timestamp();
    INSERT INTO orchard.epochs SELECT next.*;

    PERFORM set_config('orchard.actor', 'orchard', true);
    PERFORM orchard.log_event(next.event_id, 'dev.orchard.epoch.closed.v1', 'epoch/' || next.epoch,
        JSON_OBJECT('epoch': next.epoch, 'from_txid': next.from_txid::text, 'to_txid': next.to_txid::text,
            'events': next.events, 'sha256': orchard.hex(next.sha256), 'total': next.total, 'previous': last.event_id));
    RETURN next.epoch;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON orchard.epochs
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('epochs are only added');
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON orchard.epochs
    EXECUTE FUNCTION orchard.refuse('epochs are only added');

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA orchard FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orchard.close_epoch(interval) TO orchard_app;
GRANT SELECT ON orchard.epochs TO orchard_app, orchard_auditor;
