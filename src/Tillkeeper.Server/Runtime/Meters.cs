using System.Diagnostics.Metrics;

namespace Tillkeeper.Server.Runtime;

/// <summary>What the server counts about itself; shown at <c>/metrics</c>.</summary>
internal static class Meters
{
    public const string Name = "Tillkeeper.Server";
    private static readonly Meter Meter = new(Name);

    public static Counter<long> Events { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_log_events_total",
            description: "Events made durable."
        );

    public static Counter<long> Batches { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_log_batches_total",
            description: "Transactions they were made durable in."
        );

    public static UpDownCounter<long> OrderStreams { get; } =
        Meter.CreateUpDownCounter<long>(
            "tillkeeper_order_streams",
            description: "Order streams that are open."
        );

    public static Counter<long> Refusals { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_refusals_total",
            description: "Requests refused, by code."
        );

    public static Counter<long> TimersFired { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_timers_fired_total",
            description: "Timers that were due and handled, by kind."
        );

    public static Counter<long> TimersFailed { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_timers_failed_total",
            description: "Timers whose handling failed and is tried again, by kind."
        );

    public static Counter<long> WebhookLetters { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_webhook_letters_total",
            description: "Attempts to deliver to webhooks, by outcome."
        );

    public static Counter<long> Notifications { get; } =
        Meter.CreateCounter<long>(
            "tillkeeper_notifications_total",
            description: "Attempts to send notifications, by outcome."
        );
}
