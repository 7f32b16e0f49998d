using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Core.Tests.Locks.Texts;

/// <summary>Every cause in every variant that the texts tell apart.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 14, 17, 0, TimeSpan.FromHours(8));

    public static readonly ImmutableArray<CultureInfo> Languages =
    [
        CultureInfo.GetCultureInfo("en"),
        CultureInfo.GetCultureInfo("zh-Hans"),
    ];

    public static readonly ExplanationContext Context = new(Now, "400-000-0000");

    public static Lock Of(Cause cause) =>
        new()
        {
            Id = "0123456789",
            Cause = cause,
            Subject = Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = Now.AddMinutes(-12),
            WaysOut = LockTable.Of(cause).WaysOut,
        };

    public static Lock Pause(string operatorId = "op1") =>
        Of(Cause.WrongPassword) with
        {
            Subject = Subject.OfOperator(operatorId),
            Scope = [Capability.SignIn],
            ExpectedEnd = Now.AddMinutes(18),
            Evidence = new Evidence(operatorId, 5),
        };

    public static ExplanationContext Waiting(double minutes) =>
        Context with
        {
            Remaining = TimeSpan.FromMinutes(minutes),
        };

    public static IEnumerable<(string Name, Lock Lock, ExplanationContext Context)> Variants()
    {
        var named = Waiting(18) with { OperatorName = "03" };
        var resetOnly = Pause() with
        {
            ExpectedEnd = null,
            WaysOut = [WayOut.PasswordReset, WayOut.OfflineCode],
            Evidence = new Evidence("op1", 10),
        };
        yield return ("operator paused", Pause(), named);
        yield return (
            "update on its way",
            Of(Cause.Maintenance) with
            {
                Progress = 40,
                ExpectedEnd = Now.AddMinutes(3),
                WaysOut = [WayOut.MaintenanceDone],
            },
            Context
        );
        yield return ("operator paused, name hidden", Pause(), Waiting(1));
        yield return ("operator needs a reset", resetOnly, Context with { OperatorName = "03" });
        yield return (
            "unknown operator",
            Pause(DeviceState.UnknownOperator) with
            {
                WaysOut = [WayOut.Wait, WayOut.ManagerSignIn, WayOut.OfflineCode],
            },
            Waiting(150)
        );
        var terminal = Of(Cause.WrongPassword) with
        {
            WaysOut = [WayOut.Wait, WayOut.PasswordReset, WayOut.OfflineCode],
            Evidence = new Evidence(null, 20),
        };
        yield return ("terminal paused", terminal, Waiting(30));
        yield return (
            "terminal needs a reset",
            resetOnly with
            {
                Subject = Subject.Terminal,
            },
            Context
        );
        yield return ("seen from afar", terminal with { ExpectedEnd = Now.AddMinutes(3) }, Context);
        yield return ("seen from afar without an end", terminal, Context);
        yield return ("wait over", terminal, Waiting(0));

        foreach (var cause in Enum.GetValues<Cause>())
        {
            var standing = Of(cause);
            var name = Words.Of(cause);
            yield return (name, standing, Context);
            yield return (
                $"{name} pending",
                standing with
                {
                    Status = LockStatus.Pending,
                },
                Context
            );
            yield return (
                $"{name} releasing",
                standing with
                {
                    Status = LockStatus.Releasing,
                },
                Context
            );
            yield return (
                $"{name} late",
                standing with
                {
                    ExpectedEnd = Now.AddMinutes(-5),
                },
                Context
            );
            yield return (
                $"{name} with a message",
                standing with
                {
                    Message = "Call Ms Li.",
                },
                Context
            );
            yield return (
                $"{name}, codes used up",
                standing with
                {
                    Scope = [],
                },
                Context with
                {
                    CodeTriesLeft = 0,
                }
            );
            yield return (
                $"{name}, every way out",
                standing with
                {
                    WaysOut = EnumSet<WayOut>.All,
                    Scope = EnumSet<Capability>.All,
                },
                Context
            );
            foreach (var way in Enum.GetValues<WayOut>())
            {
                yield return (
                    $"{name} by {Words.Of(way)}",
                    standing with
                    {
                        WaysOut = [way],
                    },
                    Context
                );
            }
        }
    }
}
