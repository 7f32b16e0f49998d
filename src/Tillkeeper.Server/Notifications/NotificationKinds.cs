using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Notifications;

/// <summary>Whom a notification is written for; each has templates of its own.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Audience>))]
internal enum Audience
{
    /// <summary>The shop's contact.</summary>
    Merchant,

    /// <summary>The provider's agent right above the shop.</summary>
    Agent,

    /// <summary>The provider's own people.</summary>
    Helpdesk,

    /// <summary>Somebody who signs in, about their own account.</summary>
    Person,
}

/// <summary>What a notification is about.</summary>
[JsonConverter(typeof(SnakeCaseEnum<NotificationKind>))]
internal enum NotificationKind
{
    LockBegun,
    LockEnded,
    TamperFound,
    CaseOpened,
    CaseApproved,
    CaseRefused,
    EstimateRevised,

    /// <summary>Somebody of the provider has not done in time what they owe.</summary>
    PromiseMissed,
    CrisisOpened,
    ContactChanged,

    /// <summary>Something was added that can release locks: a passkey, a phone, a bank card.</summary>
    NewDevice,
    OneTimeCode,

    /// <summary>Somebody has signed in to the account from a device that it did not know.</summary>
    NewSignIn,
    PasskeyAdded,
    PasskeyRemoved,

    /// <summary>What the flood guard held back, as one.</summary>
    Summary,
    Test,
}

/// <param name="Placeholders">What its templates may name.</param>
/// <param name="Urgent">Passes quiet hours and the flood guard.</param>
/// <param name="Owed">By law or for safety: nobody can opt out of it.</param>
internal sealed record KindOfNotification(
    NotificationKind Kind,
    ImmutableArray<Audience> Audiences,
    ImmutableArray<string> Placeholders,
    bool Urgent = false,
    bool Owed = false
);

/// <summary>The whole table of what is told, and to whom.</summary>
internal static class NotificationKinds
{
    private static readonly ImmutableArray<Audience> Merchant = [Audience.Merchant];
    private static readonly ImmutableArray<Audience> Helpdesk = [Audience.Helpdesk];
    private static readonly ImmutableArray<Audience> Everybody =
    [
        Audience.Merchant,
        Audience.Agent,
        Audience.Helpdesk,
    ];
    private static readonly ImmutableArray<Audience> Person = [Audience.Person];

    public static ImmutableArray<KindOfNotification> All { get; } =
    [
        new(
            NotificationKind.LockBegun,
            [Audience.Merchant, Audience.Agent],
            ["shop", "terminal", "title", "code", "time"]
        ),
        new(NotificationKind.LockEnded, Merchant, ["shop", "terminal", "code", "time"]),
        new(
            NotificationKind.TamperFound,
            Everybody,
            ["shop", "terminal", "title", "code", "time"],
            Urgent: true,
            Owed: true
        ),
        new(NotificationKind.CaseOpened, Helpdesk, ["shop", "terminal", "case", "time"]),
        new(NotificationKind.CaseApproved, Merchant, ["shop", "terminal", "case", "time"]),
        new(NotificationKind.CaseRefused, Merchant, ["shop", "terminal", "case", "time"]),
        new(NotificationKind.EstimateRevised, Merchant, ["shop", "terminal", "expected", "time"]),
        new(NotificationKind.PromiseMissed, Helpdesk, ["alert", "kind", "time"], Urgent: true),
        new(
            NotificationKind.CrisisOpened,
            Helpdesk,
            ["crisis", "locked", "fleet", "time"],
            Urgent: true
        ),
        new(NotificationKind.ContactChanged, Merchant, ["shop", "time"], Urgent: true, Owed: true),
        new(
            NotificationKind.NewDevice,
            Merchant,
            ["shop", "device", "time"],
            Urgent: true,
            Owed: true
        ),
        new(
            NotificationKind.OneTimeCode,
            Merchant,
            ["shop", "code", "minutes", "time"],
            Urgent: true,
            Owed: true
        ),
        new(NotificationKind.NewSignIn, Person, ["device", "time"], Urgent: true, Owed: true),
        new(NotificationKind.PasskeyAdded, Person, ["device", "time"], Urgent: true, Owed: true),
        new(NotificationKind.PasskeyRemoved, Person, ["device", "time"], Urgent: true, Owed: true),
        new(NotificationKind.Summary, Everybody, ["count", "time"]),
        new(NotificationKind.Test, Everybody, ["time"], Urgent: true, Owed: true),
    ];

    public static KindOfNotification Of(NotificationKind kind) =>
        All.First(known => known.Kind == kind);
}
