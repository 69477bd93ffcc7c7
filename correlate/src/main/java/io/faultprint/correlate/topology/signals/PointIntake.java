package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.snapshot.PointSum;
import io.faultprint.correlate.snapshot.SeriesName;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.event.Envelope;
import io.faultprint.event.MetricEvent;
import io.faultprint.topic.Topics;
import org.apache.kafka.common.utils.Bytes;

/**
 * Adds metric points up by series and instance. Where a service sends more of them in a window than the cap, whole
 * series are kept, those with the least lots: a sum over some of a series' instances would be a wrong one.
 */
final class PointIntake {

    private final Rows rows;
    private final Crowd crowd;
    private final Cuts cuts;
    private final Losses losses;
    private final int most;

    PointIntake(Rows rows, Crowd crowd, Cuts cuts, Losses losses, int most) {
        this.rows = rows;
        this.crowd = crowd;
        this.cuts = cuts;
        this.losses = losses;
        this.most = most;
    }

    /** @param known whether the service is one that the task remembers */
    void add(MetricEvent point, long windowStart, boolean known) {
        Envelope envelope = point.getEnvelope();
        RowKey cell = WindowKeys.cell(windowStart, envelope.getEnvironment(), envelope.getService());
        String series = SeriesName.of(point);
        RowKey key =
                cell.then(WindowKeys.POINTS).then(Lot.of(series)).then(series).then(envelope.getInstance());
        PointRow row = rows.get(key, PointRow.class);
        if (row == null && !crowd.admit(cell, WindowKeys.POINTS, key, most, known, last -> evict(cell, last))) {
            drop(cell, 1);
            return;
        }
        rows.put(key, PointSum.add(row, point));
    }

    private void evict(RowKey cell, Bytes last) {
        PointRow row = rows.get(last, PointRow.class);
        drop(cell, row == null ? 0 : row.getPoints());
    }

    private void drop(RowKey cell, long points) {
        crowd.beyond(cell, WindowKeys.POINTS, points);
        cuts.count(Cut.POINTS, points);
        losses.drop(Topics.METRICS.name(), points);
    }
}
