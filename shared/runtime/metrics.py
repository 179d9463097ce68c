"""The catalogue of metrics: every name there is, its kind, labels and meaning. Labels never carry an id."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

# --- message path ---
RECORDS: Final = Counter(
    "qio_records_total",
    "Records taken from Kafka by outcome: handled, repeated, ignored, refused, dead.",
    ["consumer", "outcome"],
)
BATCH_SECONDS: Final = Histogram(
    "qio_batch_seconds",
    "From a batch's arrival to its commit, retries included.",
    ["consumer"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60),
)
BATCH_RETRIES: Final = Counter(
    "qio_batch_retries_total", "Batches repeated because of a failure that may pass.", ["consumer"]
)
BATCH_FENCED: Final = Counter(
    "qio_batch_fenced_total", "Batches given up because another process had moved the partition on.", ["consumer"]
)
DEAD_LETTERS: Final = Counter("qio_dead_letters_total", "Records set aside, by reason code.", ["consumer", "reason"])
CONSUMER_STOPPED: Final = Gauge("qio_consumer_stopped", "1 while the breaker or an operator holds it.", ["consumer"])
CONSUMER_LAG: Final = Gauge(
    "qio_consumer_lag", "Records in the partitions of one lane that were not handled.", ["consumer", "lane"]
)
CONSUMER_PROGRESS: Final = Gauge(
    "qio_consumer_progress_timestamp", "Unix time of the last committed batch.", ["consumer"]
)
OUTBOX_ROWS: Final = Gauge("qio_outbox_rows", "Events written and not yet published.", ["service"])
OUTBOX_AGE: Final = Gauge("qio_outbox_oldest_seconds", "Age of the oldest unpublished event.", ["service"])
PUBLISHED: Final = Counter("qio_events_published_total", "Events the relay published.", ["service", "topic"])
RELAY_FAILURES: Final = Counter(
    "qio_relay_failures_total", "Sends whose outcome is unknown and are repeated.", ["service"]
)
RELAY_LEADER: Final = Gauge("qio_relay_leader", "1 in the process that publishes for the service.", ["service"])

# --- runtime ---
WORKER_RESTARTS: Final = Counter(
    "qio_worker_restarts_total", "Background workers that failed and were restarted.", ["worker"]
)
READY: Final = Gauge("qio_ready", "1 while the service makes progress.", ["service"])

# --- notifications ---
NOTICES: Final = Counter(
    "qio_notices_total", "Attempts to deliver notices by outcome: delivered, deferred, failed.", ["type", "outcome"]
)
NOTICES_REPEATED: Final = Counter(
    "qio_notices_repeated_total", "Delivered notices that an earlier attempt may already have delivered."
)
NOTICES_WAITING: Final = Gauge("qio_notices_waiting", "Notices queued or being sent, on any channel.")
NOTICES_OVERDUE: Final = Gauge(
    "qio_notices_overdue", "Notices past their due time that have not left, those with staff too; any is an alert."
)
NOTICES_MISSED: Final = Counter(
    "qio_notices_missed_total",
    "Notices that had not left at their due time; of category LEGAL any is an alert.",
    ["type", "category"],
)
NOTICES_OLDEST: Final = Gauge("qio_notices_oldest_seconds", "How long the oldest waiting notice has been queued.")
NOTICE_SEND_SECONDS: Final = Histogram(
    "qio_notice_send_seconds",
    "Handing one mail to the mail server.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2, 10, 30),
)

WEBHOOKS: Final = Counter(
    "qio_webhooks_total", "Attempts to send events to partners by outcome: delivered, deferred, given-up.", ["outcome"]
)
WEBHOOKS_REPEATED: Final = Counter(
    "qio_webhooks_repeated_total", "Events delivered to partners that an earlier attempt may already have delivered."
)
WEBHOOKS_WAITING: Final = Gauge("qio_webhooks_waiting", "Events queued for partners, those of paused partners too.")
WEBHOOKS_OLDEST: Final = Gauge("qio_webhooks_oldest_seconds", "How long the oldest of them has been queued.")
WEBHOOK_SECONDS: Final = Histogram(
    "qio_webhook_seconds",
    "One call of a partner's server, from looking up its name.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

# --- complaints ---------------------------------------------------------------------------------------------------
DEADLINES_FIRED: Final = Counter(
    "qio_deadlines_fired_total", "What the ticker said: soft limits, missed deadlines, lapsed windows.", ["kind"]
)
DEADLINE_LATENESS: Final = Histogram(
    "qio_deadline_lateness_seconds",
    "From the instant a clock had something to say to the commit of what it said.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600),
)
CASES_NOT_WOKEN: Final = Counter(
    "qio_cases_not_woken_total", "Tries to tell a case that its time is over that failed; any is an alert."
)
SECOND_REVIEWS: Final = Counter("qio_second_reviews_drawn_total", "Decided cases drawn for a blind second review.")
PAYMENT_REVIEWS: Final = Counter(
    "qio_payment_reviews_total",
    "Claims selected for review, their cases opened, known already or refused, and DRGs without a weight.",
    ["outcome"],
)
WORK_ITEMS: Final = Gauge("qio_work_items", "Open cases by the role whose turn it is.", ["kind"])
WORK_UNCLAIMED: Final = Gauge("qio_work_items_unclaimed", "Those of them that nobody has taken up.", ["kind"])
WORK_OVERDUE: Final = Gauge(
    "qio_work_items_overdue", "Those of them in which the QIO owes an act whose time is over.", ["kind"]
)

# --- measures -----------------------------------------------------------------------------------------------------
DELTAS_FOLDED: Final = Counter("qio_measures_deltas_folded_total", "Changes of rollups taken in by the folder.")
MEASURES_PUBLISHED: Final = Counter("qio_measures_published_total", "Results written to the outbox.")
